"""The manual clock: days of retries in milliseconds, with workers that know nothing of it."""

import datetime
import threading
import unittest

from fwp import Fwp
from harness import Server, ServerTest, wait_until

START = "2026-01-01T00:00:00.000000Z"
HOUR = 3_600_000


def at(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


class ManualClock(ServerTest):
    flags = ("--clock", "manual", "--clock-start", "2026-01-01T00:00:00Z", "--ephemeral")

    def advance(self, status=200, **wish):
        answer = self.server.ask("POST", "/clock/advance", wish)
        self.assertEqual(answer.status, status, answer.body)
        return answer.json()

    def worker(self, act, queue="default"):
        """Fetches and acts until the test ends, on its own connection."""
        fwp = Fwp(self.server.faktory_port, "w-1")
        over = threading.Event()

        def work():
            try:
                while not over.is_set():
                    job = fwp.fetch(queue)
                    if job:
                        act(fwp, job)
            except (OSError, AssertionError):
                if not over.is_set():
                    raise

        thread = threading.Thread(target=work)
        thread.start()

        def end():
            over.set()
            fwp.socket.shutdown(2)
            thread.join()
            fwp.close()

        self.addCleanup(end)
        wait_until(lambda: any(w["queues"] for w in self.server.get("/workers")))
        return fwp

    def push(self, jid, **options):
        fwp = Fwp(self.server.faktory_port)
        self.addCleanup(fwp.close)
        fwp.push(jid, **options)

    def times(self, job, kind):
        return [at(e["at"]) for e in self.server.get(f"/jobs/{job}/events") if e["type"] == kind]

    def test_time_stands_still_until_it_is_moved(self):
        clock = self.server.get("/clock")
        self.assertEqual((clock["kind"], clock["now"]), ("manual", START))
        job = self.server.create(payload={"force": "success", "duration_ms": 5}, delay_ms=HOUR)["id"]
        self.advance(by_ms=HOUR - 1)
        self.assertEqual(self.server.get("/clock")["next"], "2026-01-01T01:00:00.000000Z")
        self.assertEqual(self.server.job(job)["status"], "SCHEDULED")
        report = self.advance(by_ms=1)
        self.assertEqual(report["jobs"], [{"id": job, "type": "mail", "status": "RUNNING", "attempts": 0}])
        report = self.advance(by_ms=5)
        self.assertEqual(report["jobs"][0]["status"], "SUCCEEDED")
        self.assertEqual(self.times(job, "Succeeded"), [at("2026-01-01T01:00:00.005Z")])

    def test_three_days_of_retries(self):
        retry = {"kind": "exponential", "base_ms": 1000, "factor": 2, "jitter": 0, "cap_ms": 24 * HOUR}
        job = self.server.create(payload={"force": "fail", "duration_ms": 0}, max_attempts=18, retry=retry)["id"]
        report = self.advance(until="idle")
        self.assertEqual((report["arrived"], report["from"], report["jobs"][0]["status"]), (True, START, "FAILED"))
        attempts = self.times(job, "Attempted")
        self.assertEqual([(b - a).total_seconds() for a, b in zip(attempts, attempts[1:])], [min(2**n, 86400) for n in range(17)])
        self.assertEqual(at(report["to"]), attempts[-1])
        self.assertEqual(self.server.get("/clock")["now"], report["to"])

    def test_everything_due_is_committed_when_it_returns(self):
        ids = [self.server.create(payload={"force": "success", "duration_ms": n}, delay_ms=n)["id"] for n in range(1, 101)]
        report = self.advance(by_ms=1000)
        self.assertEqual([j["id"] for j in report["jobs"]], ids)
        self.assertEqual({j["status"] for j in report["jobs"]}, {"SUCCEEDED"})
        self.assertEqual(report["events"], 2 * len(ids) + 1)
        events = self.server.events(after=report["first_seq"] - 1)
        self.assertEqual((events[0]["seq"], events[-1]["seq"]), (report["first_seq"], report["last_seq"]))
        self.assertEqual((events[-1]["type"], events[-1]["data"]["to"]), ("ClockAdvanced", report["to"]))

    def test_an_unmodified_worker_fails_a_job_25_times(self):
        self.worker(lambda fwp, job: fwp.fail(job["jid"], message="no"))
        self.push("job-25-times", retry=25)
        job = wait_until(lambda: self.server.get("/jobs?status=RETRYING,QUEUED,RUNNING,FAILED"))[0]["id"]
        report = self.advance(until="idle")
        state = self.server.job(job)
        self.assertEqual((state["status"], state["attempts"]), ("FAILED", 26))
        self.assertGreater(at(report["to"]) - at(START), datetime.timedelta(days=15))

    def test_a_worker_that_is_connected_outlives_the_jump(self):
        self.worker(lambda fwp, job: fwp.ack(job["jid"]))
        self.advance(by_ms=30 * 24 * HOUR)
        self.assertEqual([(w["name"], w["lost"]) for w in self.server.get("/workers")], [("w-1", False)])
        self.push("job-after")
        wait_until(lambda: self.server.get("/jobs?status=SUCCEEDED"))

    def lease(self, fetch="mail"):
        return self.server.ask("POST", "/leases", {"worker": "by-http", "queues": [fetch]}).json()

    def test_a_worker_between_two_requests_is_waited_for(self):
        """It asks for the next attempt only once that is due: an advance that did not wait would end before."""
        self.lease()
        retry = {"kind": "fixed", "base_ms": HOUR, "jitter": 0}
        job = self.server.create(queue="mail", handler="remote", retry=retry, max_attempts=3)["id"]

        def work():
            for _ in range(3):
                wait_until(lambda: self.server.job(job)["status"] == "QUEUED")
                self.server.ask("POST", f"/leases/{self.lease()['fence']}/fail", {"error": {"message": "no"}})

        thread = threading.Thread(target=work)
        thread.start()
        self.addCleanup(thread.join)
        report = self.advance(until="idle")
        self.assertEqual([(j["status"], j["attempts"]) for j in report["jobs"]], [("FAILED", 3)])
        self.assertEqual(at(report["to"]) - at(START), datetime.timedelta(hours=2))

    def test_a_worker_that_asks_no_more_is_not_waited_for(self):
        self.lease()
        job = self.server.create(queue="mail", handler="remote", delay_ms=HOUR)["id"]
        self.assertTrue(self.advance(until="idle", patience_ms=600_000)["arrived"])
        self.assertEqual(self.server.job(job)["status"], "QUEUED")
        self.advance(by_ms=HOUR)
        self.assertEqual(self.server.get("/workers"), [])

    def test_a_lease_ends_by_the_clock_when_its_worker_takes_too_long(self):
        held = threading.Event()
        self.worker(lambda fwp, job: held.set())
        self.push("job-held", reserve_for=60, retry=0)
        self.assertTrue(held.wait(20))
        report = self.advance(by_ms=59_000, patience_ms=20)
        self.assertEqual(report["unfinished"], 1)
        self.assertEqual(self.advance(by_ms=1000, patience_ms=0)["unfinished"], 0)
        self.assertEqual(self.server.get("/jobs")[0]["status"], "DISCARDED")

    def test_what_only_the_clock_knows(self):
        self.assertEqual(self.server.ask("POST", "/queues/mail/pause").status, 200)
        gone = self.server.create(queue="mail", expires_at="2026-01-01T00:10:00Z")["id"]
        self.advance(to="2026-01-01T00:10:00Z")
        self.assertEqual(self.server.ask("POST", "/queues/mail/resume").status, 200)
        self.assertEqual(self.server.ended(gone)["status"], "CANCELLED")

    def test_bad_wishes_name_their_field(self):
        for wish, field in (
            ({}, "by_ms"),
            ({"by_ms": -1}, "by_ms"),
            ({"by_ms": 1, "until": "idle"}, "by_ms"),
            ({"to": "yesterday"}, "to"),
            ({"to": "2025-12-31T00:00:00Z"}, "to"),
            ({"until": "later"}, "until"),
            ({"by_ms": 1, "patience_ms": 10**9}, "patience_ms"),
            ({"by_ms": 1, "speed": 2}, "speed"),
        ):
            answer = self.server.ask("POST", "/clock/advance", wish)
            self.assertEqual(answer.status, 422, (wish, answer.body))
            self.assertEqual(answer.json()["errors"][0]["field"], field, wish)

    def test_the_same_steps_give_the_same_log(self):
        def run():
            server = Server(*self.flags, "--seed", "7").start()
            try:
                for n in range(40):
                    server.create(payload={"duration_ms": 10 * n}, delay_ms=1000 * (n % 7), max_attempts=4)
                server.ask("POST", "/clock/advance", {"until": "idle"})
                return sorted((e["job"], e["at"], e["type"]) for e in server.events() if e["job"])
            finally:
                server.dispose()

        self.assertEqual(run(), run())


class Persistent(ServerTest):
    flags = ("--clock", "manual", "--clock-start", "2026-01-01T00:00:00Z")

    def test_time_goes_on_where_it_was(self):
        self.server.ask("POST", "/clock/advance", {"by_ms": HOUR})
        self.server.kill()
        self.server.start()
        self.assertEqual(self.server.get("/clock")["now"], "2026-01-01T01:00:00.000000Z")


class RealClock(ServerTest):
    def test_it_is_not_moved(self):
        self.assertEqual(self.server.get("/clock")["kind"], "real")
        answer = self.server.ask("POST", "/clock/advance", {"by_ms": 1})
        self.assertEqual(answer.status, 409)
        self.assertIn("--clock manual", answer.json()["detail"])


if __name__ == "__main__":
    unittest.main()
