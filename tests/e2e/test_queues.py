"""Queues: pause, resume, limits, and that they outlive the process."""

import unittest

from harness import ServerTest, wait_until

QUICK = {"force": "success", "duration_ms": 0}
LONG = {"force": "success", "duration_ms": 60_000}


class Queues(ServerTest):
    def queue(self, name):
        return self.server.get(f"/queues/{name}")

    def control(self, method, path, body=None, status=200):
        answer = self.server.ask(method, path, body)
        self.assertEqual(answer.status, status, answer.body)
        return answer.json()

    def test_a_paused_queue_starts_nothing_until_it_is_resumed(self):
        paused = self.control("POST", "/queues/mail/pause", {"reason": "the relay is down"})
        self.assertEqual((paused["paused"], paused["pause_reason"]), (True, "the relay is down"))
        held = self.server.create(payload=QUICK, queue="mail")["id"]
        free = self.server.create(payload=QUICK, queue="other")["id"]
        self.server.ended(free)
        self.assertEqual(self.server.job(held)["status"], "QUEUED")
        self.assertEqual((self.queue("mail")["ready"], self.queue("mail")["by_status"]["QUEUED"]), (1, 1))
        self.control("POST", "/queues/mail/resume")
        self.assertEqual(self.server.ended(held)["status"], "SUCCEEDED")

    def test_a_limit_bounds_the_attempts_of_its_queue_alone(self):
        self.control("PUT", "/queues/narrow/limit", {"concurrency": 2})
        for _ in range(5):
            self.server.create(payload=LONG, queue="narrow")
            self.server.create(payload=LONG, queue="wide")
        wait_until(lambda: self.queue("wide")["running"] == 5)
        self.assertEqual((self.queue("narrow")["running"], self.queue("narrow")["by_status"]["QUEUED"]), (2, 3))
        self.control("PUT", "/queues/narrow/limit", {"concurrency": 4})
        wait_until(lambda: self.queue("narrow")["running"] == 4)
        self.control("PUT", "/queues/narrow/limit", {"concurrency": None})
        wait_until(lambda: self.queue("narrow")["running"] == 5)

    def test_a_slot_that_frees_is_taken_by_the_next_job(self):
        self.control("PUT", "/queues/one/limit", {"concurrency": 1})
        ids = [self.server.create(payload={"force": "success", "duration_ms": 5}, queue="one")["id"] for _ in range(20)]
        jobs = [self.server.ended(i) for i in ids]
        for before, after in zip(jobs, jobs[1:]):
            self.assertLessEqual(before["finished_at"], after["started_at"])

    def test_settings_are_events_and_come_back_after_a_kill(self):
        self.control("POST", "/queues/mail/pause", {"reason": "why"})
        self.control("POST", "/queues/mail/pause", {"reason": "why"})
        self.control("PUT", "/queues/mail/limit", {"concurrency": 7})
        kinds = [e["type"] for e in self.server.events() if e["job"] == 0]
        self.assertEqual(kinds, ["ServerStarted", "QueuePaused", "QueueLimited"])
        self.server.kill()
        self.server.start()
        queue = self.queue("mail")
        self.assertEqual((queue["paused"], queue["pause_reason"], queue["concurrency"]), (True, "why", 7))
        held = self.server.create(payload=QUICK, queue="mail")["id"]
        self.assertEqual(self.queue("mail")["ready"], 1)
        self.control("POST", "/queues/mail/resume")
        self.server.ended(held)

    def test_the_list_has_every_queue(self):
        self.server.ended(self.server.create(payload=QUICK)["id"])
        self.control("PUT", "/queues/empty/limit", {"concurrency": 1})
        self.assertEqual([(q["name"], q["by_status"]["SUCCEEDED"]) for q in self.server.get("/queues")], [("default", 1), ("empty", 0)])

    def test_a_full_queue_refuses_and_takes_again_when_it_has_room(self):
        self.server.stop()
        self.server.start(flags=("--queue-max-length", "3"))
        self.control("POST", "/queues/q/pause")
        for _ in range(3):
            self.server.create(payload=QUICK, queue="q")
        job = {"type": "x", "queue": "q", "payload": QUICK}
        for path, body in [("/jobs", job), ("/jobs/bulk", [job]), ("/jobs/bulk", [{**job, "queue": "r"}] * 4)]:
            answer = self.server.ask("POST", path, body)
            self.assertEqual((answer.status, answer.headers["Retry-After"]), (429, "1"), answer.body)
        self.assertEqual(self.control("POST", "/jobs/bulk", [{**job, "queue": "r"}] * 3, 201)["count"], 3)
        self.control("POST", "/queues/q/resume")
        wait_until(lambda: self.queue("q")["by_status"]["SUCCEEDED"] == 3)
        self.server.ended(self.server.create(payload=QUICK, queue="q")["id"])

    def test_wrong_wishes_name_the_field(self):
        for method, path, body, status in [
            ("PUT", "/queues/a/limit", {}, 422),
            ("PUT", "/queues/a/limit", {"concurrency": 0}, 422),
            ("PUT", "/queues/a/limit", {"concurrency": "2"}, 422),
            ("PUT", "/queues/a/limit", {"concurrency": 1, "rate": 3}, 422),
            ("POST", "/queues/a%20b/pause", None, 422),
            ("POST", "/queues/a/pause", {"reason": 5}, 422),
        ]:
            answer = self.control(method, path, body, status)
            self.assertTrue(answer["errors"][0]["field"], path)
        self.control("GET", "/queues/nobody", None, 404)


if __name__ == "__main__":
    unittest.main()
