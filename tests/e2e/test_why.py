"""Why a job does not run, and why it ran twice."""

import unittest

from fwp import Fwp
from harness import ServerTest, wait_until

QUICK = {"force": "success", "duration_ms": 0}
LONG = {"force": "success", "duration_ms": 60_000}


class Why(ServerTest):
    def why(self, job):
        return self.server.get(f"/jobs/{job}/why")

    def closed(self, job):
        return {g["gate"]: g for g in self.why(job)["waiting"]["gates"] if g["closed"]}

    def event(self, seq):
        found = self.server.events(after=seq - 1)[0]
        self.assertEqual(found["seq"], seq)
        return found

    def post(self, path, body=None):
        self.assertEqual(self.server.ask("POST", path, body).status, 200)

    def remote(self, queue):
        return self.server.create(handler="remote", queue=queue)["id"]

    def test_a_time_that_has_not_come(self):
        job = self.server.create(payload=QUICK, delay_ms=3_600_000)["id"]
        closed = self.closed(job)
        self.assertEqual(list(closed), ["due"])
        self.assertEqual(self.event(closed["due"]["event"])["type"], "Created")
        self.assertIn(self.server.job(job)["run_at"], closed["due"]["sentence"])

    def test_a_retry_that_is_not_due_names_the_event_that_planned_it(self):
        policy = {"kind": "fixed", "base_ms": 3_600_000}
        job = self.server.create(payload={"force": "fail", "duration_ms": 0}, retry=policy)["id"]
        self.server.reaches(job, "RETRYING")
        self.assertEqual(self.event(self.closed(job)["due"]["event"])["type"], "RetryScheduled")

    def test_a_paused_queue_without_a_worker(self):
        self.post("/queues/imports/pause", {"reason": "bad file"})
        job = self.remote("imports")
        waiting = self.why(job)["waiting"]
        self.assertEqual(
            waiting["sentence"], "Queue imports is paused (“bad file”) and no worker listens to queue imports."
        )
        self.assertEqual(waiting["ready_in_queue"], 1)
        paused = self.closed(job)["queue"]
        event = self.event(paused["event"])
        self.assertEqual((event["type"], event["at"]), ("QueuePaused", paused["since"]))
        self.server.kill()
        self.server.start()
        self.assertEqual(self.closed(job)["queue"]["event"], paused["event"])
        self.post("/queues/imports/resume")
        self.assertEqual(list(self.closed(job)), ["worker"])

    def test_a_full_queue_names_the_attempt_that_took_the_last_place(self):
        self.assertEqual(self.server.ask("PUT", "/queues/one/limit", {"concurrency": 1}).status, 200)
        runs = self.server.create(payload=LONG, queue="one")["id"]
        self.server.reaches(runs, "RUNNING")
        waits = self.server.create(payload=QUICK, queue="one")["id"]
        gate = self.closed(waits)["concurrency"]
        self.assertEqual(gate["sentence"], "queue one runs 1 of at most 1 at a time")
        event = self.event(gate["event"])
        self.assertEqual((event["type"], event["job"]), ("Attempted", runs))
        self.assertIsNone(self.why(runs)["waiting"])

    def test_workers_that_are_quiet_or_busy(self):
        worker = Fwp(self.server.faktory_port, "w-1")
        self.addCleanup(worker.close)
        first = self.remote("mail")
        self.assertTrue(worker.fetch("mail"))
        second = self.remote("mail")
        busy = self.closed(second)
        self.assertEqual(list(busy), ["slot"])
        self.assertEqual(self.event(busy["slot"]["event"])["job"], first)
        self.post("/workers/w-1/quiet")
        wait_until(lambda: self.closed(second).get("worker", {}).get("event"))
        gate = self.closed(second)["worker"]
        self.assertEqual(gate["sentence"], "no worker listens to queue mail: w-1 was told to be quiet")
        self.assertEqual(self.event(gate["event"])["type"], "WorkerQuieted")

    def test_taken_slots(self):
        slots = 128
        ids = [self.server.create(payload=LONG)["id"] for _ in range(slots + 1)]
        wait_until(lambda: self.closed(ids[-1]).get("slot"))
        self.assertEqual(self.closed(ids[-1])["slot"]["sentence"], "128 of 128 slots of the simulate handler are taken")

    def test_every_execution_has_its_reason(self):
        policy = {"kind": "fixed", "base_ms": 0}
        job = self.server.create(payload={"fail_times": 1, "duration_ms": 0}, retry=policy)["id"]
        self.server.ended(job)
        self.post(f"/jobs/{job}/retry")
        wait_until(lambda: self.server.job(job)["generation"] == 2 and self.server.ended(job))
        executions = self.why(job)["executions"]
        runs = executions["runs"]
        self.assertEqual([r["reason"] for r in runs[:3]], ["first", "retry", "requeued"])
        self.assertEqual(executions["count"], self.server.job(job)["executions"])
        self.assertEqual([self.event(r["event"])["type"] for r in runs[:3]], ["Created", "Failed", "Requeued"])
        self.assertEqual([self.event(r["fence"])["type"] for r in runs], ["Attempted"] * len(runs))
        self.assertEqual(runs[1]["end"], "succeeded")
        self.assertEqual(self.event(runs[1]["end_event"])["at"], runs[1]["ended_at"])
        self.assertTrue(executions["sentence"].startswith("It ran "), executions["sentence"])

    def test_a_kill_in_the_middle(self):
        job = self.server.create(payload=LONG)["id"]
        self.server.reaches(job, "RUNNING")
        self.server.kill()
        self.server.start()
        wait_until(lambda: self.why(job)["executions"]["count"] == 2)
        runs = self.why(job)["executions"]
        self.assertEqual([r["reason"] for r in runs["runs"]], ["first", "interrupted"])
        self.assertEqual(runs["sentence"], "It ran twice: the server ended while it ran attempt 1.")

    def test_no_such_job(self):
        self.assertEqual(self.server.ask("GET", "/jobs/99/why").status, 404)
        self.assertEqual(self.server.ask("GET", "/jobs/x/why").status, 404)


if __name__ == "__main__":
    unittest.main()
