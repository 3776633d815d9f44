"""Workers over REST: lease, report, be lost, come back too late."""

import threading
import time
import unittest

from harness import ServerTest, wait_until


class Leases(ServerTest):
    flags = ("--lease", "400ms")

    def lease(self, worker="w1", **body):
        answer = self.server.ask("POST", "/leases", {"worker": worker, **body})
        self.assertEqual(answer.status, 200, answer.body)
        return answer.json()

    def say(self, fence, what, body=None, status=200):
        answer = self.server.ask("POST", f"/leases/{fence}/{what}", body)
        self.assertEqual(answer.status, status, answer.body)
        return answer.json()

    def remote(self, **options):
        return self.server.create("work", {"n": 1, "duration_ms": "mine"}, handler="remote", **options)["id"]

    def types(self, job):
        return [e["type"] for e in self.server.get(f"/jobs/{job}/events")]

    def test_a_job_is_leased_worked_on_and_done(self):
        self.assertEqual((self.lease()["job"], self.lease(wait_ms=20)["job"]), (None, None))
        job = self.remote()
        self.assertEqual(self.server.job(job)["status"], "QUEUED")
        got = self.lease()
        self.assertEqual((got["job"]["id"], got["job"]["status"], got["job"]["worker"]), (job, "RUNNING", "w1"))
        self.assertEqual(self.say(got["fence"], "progress", {"percent": 40, "text": "page 4"})["progress"]["percent"], 40)
        self.assertEqual(self.say(got["fence"], "heartbeat"), {"job": job, "state": "running"})
        done = self.say(got["fence"], "ack", {"result": {"sum": 12345678901234567890}})
        self.assertEqual((done["status"], done["result"]), ("SUCCEEDED", {"sum": 12345678901234567890}))
        self.say(got["fence"], "ack", status=409)
        refused = wait_until(lambda: self.server.get("/events?type=ResultRefused"))
        self.assertEqual([(e["data"]["job"], e["data"]["answer"]) for e in refused], [(job, "ack")])

    def test_who_waits_gets_the_next_job_and_queues_are_in_order(self):
        self.remote(queue="b")
        self.remote(queue="a")
        self.assertEqual(self.lease(queues=["a", "b"])["job"]["queue"], "a")
        self.assertEqual(self.lease(queues=["a", "b"])["job"]["queue"], "b")
        import threading

        got = []
        waiting = threading.Thread(target=lambda: got.append(self.lease(wait_ms=10_000, queues=["c"])))
        waiting.start()
        wait_until(lambda: "w1" in [w["name"] for w in self.server.get("/workers")])
        job = self.remote(queue="c")
        waiting.join()
        self.assertEqual(got[0]["job"]["id"], job)

    def test_a_failure_is_retried_when_the_worker_says(self):
        job = self.remote(max_attempts=2)
        failed = self.say(self.lease()["fence"], "fail", {"error": {"type": "Teapot", "message": "short and stout"}, "retry_after_ms": 30})
        self.assertEqual((failed["status"], failed["attempts"], failed["error"]["type"]), ("RETRYING", 1, "Teapot"))
        again = wait_until(lambda: (got := self.lease(wait_ms=1000))["job"] and got)
        dead = self.say(again["fence"], "fail", {"error": {"message": "no"}, "retryable": False})
        self.assertEqual(dead["status"], "FAILED")
        self.assertEqual(self.types(job), ["Created", "Attempted", "Failed", "RetryScheduled", "Attempted", "Failed", "DeadLettered"])

    def test_a_released_job_burns_no_attempt(self):
        self.remote(max_attempts=1)
        self.assertEqual(self.say(self.lease()["fence"], "release", {"reason": "shutting down"})["status"], "QUEUED")
        self.assertEqual(self.lease()["job"]["attempts"], 0)

    def test_a_silent_worker_loses_its_job_and_its_late_result_changes_nothing(self):
        job = self.remote()
        first = self.lease("zombie")
        second = wait_until(lambda: (got := self.lease("other", wait_ms=2000))["job"] and got)
        self.assertEqual((second["job"]["id"], second["job"]["attempts"]), (job, 1))
        for what, body in (("ack", None), ("fail", {"error": {"message": "late"}}), ("heartbeat", None), ("release", None)):
            self.say(first["fence"], what, body, status=409)
        self.assertEqual(self.say(second["fence"], "ack")["status"], "SUCCEEDED")
        self.say(first["fence"], "ack", status=409)
        failed = [e["data"] for e in self.server.get(f"/jobs/{job}/events") if e["type"] == "Failed"]
        self.assertEqual(failed[0]["cause"], "worker_lost")
        self.assertIn("zombie", failed[0]["error"]["message"])
        self.assertEqual([e["data"]["worker"] for e in self.server.get("/events?type=WorkerLost")], ["zombie"])
        self.assertEqual(self.server.verify().returncode if self.server.stop() == 0 else None, 0)

    def test_heartbeats_keep_a_lease(self):
        self.remote()
        got = self.lease()
        until = time.monotonic() + 1.2
        while time.monotonic() < until:
            self.say(got["fence"], "heartbeat")
            time.sleep(0.05)
        self.assertEqual(self.say(got["fence"], "ack")["status"], "SUCCEEDED")

    def test_a_job_that_three_workers_did_not_survive_is_poison(self):
        job = self.remote(max_attempts=9)
        for n in range(3):
            wait_until(lambda: self.lease(f"victim-{n}", wait_ms=1000)["job"])
        dead = self.server.reaches(job, "FAILED")
        self.assertEqual((dead["attempts"], self.server.get(f"/jobs/{job}/events")[-1]["data"]["reason"]), (3, "poison"))

    def test_an_attempt_survives_a_kill_of_the_server(self):
        job = self.remote()
        got = self.lease()
        self.server.kill()
        self.server.start()
        self.assertEqual(self.server.job(job)["status"], "RUNNING")
        self.assertEqual([w["protocol"] for w in self.server.get("/workers")], [""])
        self.lease()
        self.assertEqual([w["protocol"] for w in self.server.get("/workers")], ["http"])
        self.assertEqual(self.say(got["fence"], "ack")["status"], "SUCCEEDED")

    def test_a_pause_and_a_limit_hold_for_workers(self):
        self.remote(queue="q")
        self.remote(queue="q")
        self.server.ask("POST", "/queues/q/pause")
        self.assertIsNone(self.lease(queues=["q"])["job"])
        self.server.ask("PUT", "/queues/q/limit", {"concurrency": 1})
        self.server.ask("POST", "/queues/q/resume")
        got = self.lease(queues=["q"])
        self.assertIsNone(self.lease(queues=["q"])["job"])
        self.say(got["fence"], "ack")
        self.assertTrue(self.lease(queues=["q"])["job"])

    def test_a_quiet_worker_gets_no_job(self):
        self.lease()
        self.assertEqual(self.server.ask("POST", "/workers/w1/quiet").json()["state"], "quiet")
        self.remote()
        self.assertEqual(self.lease()["state"], "quiet")
        self.assertIsNone(self.lease()["job"])
        self.assertTrue(self.lease("w2")["job"])
        self.assertEqual(self.server.ask("POST", "/workers/nobody/quiet").status, 404)

    def test_a_worker_made_quiet_while_it_waits_gets_no_job(self):
        got = []
        waiting = threading.Thread(target=lambda: got.append(self.lease("waits", wait_ms=20_000)))
        waiting.start()
        wait_until(lambda: any(w["name"] == "waits" for w in self.server.get("/workers")))
        self.server.ask("POST", "/workers/waits/quiet")
        waiting.join(10)
        self.remote()
        self.assertEqual((got[0]["state"], got[0]["job"]), ("quiet", None))

    def test_a_key_keeps_a_second_job_away(self):
        one = self.remote(unique={"key": "k", "for_ms": 60_000})
        taken = self.server.ask("POST", "/jobs", {"type": "work", "handler": "remote", "unique": {"key": "k", "for_ms": 1}})
        self.assertEqual((taken.status, taken.json()["detail"]), (409, f"job {one} holds the unique key"))
        self.server.kill()
        self.server.start()
        self.assertEqual(self.server.ask("POST", "/jobs", {"type": "a", "unique": {"key": "k", "for_ms": 1}}).status, 409)
        self.say(self.lease()["fence"], "ack")
        self.assertTrue(self.remote(unique={"key": "k", "for_ms": 60_000}))

    def test_an_expired_job_is_not_handed_out(self):
        job = self.remote(expires_in_ms=1)
        time.sleep(0.01)
        self.assertIsNone(self.lease(wait_ms=50)["job"])
        self.assertEqual(self.server.reaches(job, "CANCELLED")["status"], "CANCELLED")

    def test_what_is_wrong_is_named(self):
        for body, field in [({}, "worker"), ({"worker": ""}, "worker"), ({"worker": "w", "queues": []}, "queues"), ({"worker": "w", "queues": ["a b"]}, "queues"), ({"worker": "w", "wait_ms": -1}, "wait_ms"), ({"worker": "w", "x": 1}, "x")]:
            answer = self.server.ask("POST", "/leases", body)
            self.assertEqual((answer.status, answer.json()["errors"][0]["field"]), (422, field), body)
        for what, body, field in [("fail", {}, "error"), ("fail", {"error": {}}, "error.message"), ("progress", {}, "percent"), ("progress", {"percent": 101}, "percent"), ("heartbeat", {"extend_ms": 0}, "extend_ms")]:
            answer = self.server.ask("POST", f"/leases/1/{what}", body)
            self.assertEqual((answer.status, answer.json()["errors"][0]["field"]), (422, field), body)
        self.say("x", "ack", status=404)
        self.say(99999, "ack", status=404)
        for handler in ("nobody", "http", "exec"):
            self.assertEqual(self.server.ask("POST", "/jobs", {"type": "a", "handler": handler}).status, 422)


class Reconfigured(ServerTest):
    flags = ("--simulate", "off", "--clock", "manual")

    def test_an_attempt_ends_though_its_type_is_run_by_another_one_after_a_restart(self):
        held = self.server.create("work", {"force": "success"}, retry={"kind": "fixed", "base_ms": 0, "jitter": 0})["id"]
        self.assertEqual(self.server.ask("POST", "/leases", {"worker": "w"}).json()["job"]["id"], held)
        self.server.kill()
        self.server.start(flags=("--clock", "manual"))  # the simulator runs it now
        self.assertEqual(self.server.job(held)["status"], "RUNNING")
        began = time.monotonic()
        self.server.ask("POST", "/clock/advance", {"until": "idle", "patience_ms": 60_000})
        self.assertLess(time.monotonic() - began, 20)  # nobody waits for a worker that did not come back
        self.assertEqual(self.server.job(held)["status"], "SUCCEEDED")
        ends = [e["data"].get("cause", e["type"]) for e in self.server.get(f"/jobs/{held}/events") if e["type"] in ("Failed", "Succeeded")]
        self.assertEqual(ends, ["worker_lost", "Succeeded"])
        self.server.create("slow", {"force": "success", "duration_ms": 600_000})
        slow = self.server.reaches(held + 1, "RUNNING")["id"]
        self.server.kill()
        self.server.start(flags=("--clock", "manual", "--simulate", "off"))
        self.server.ask("POST", "/clock/advance", {"by_ms": 120_000, "patience_ms": 0})
        self.assertEqual(self.server.job(slow)["status"], "QUEUED")  # for a worker


if __name__ == "__main__":
    unittest.main()
