"""POST /jobs/bulk: many jobs in one request, all or nothing."""

import json
import threading
import unittest

from harness import ServerTest

PATH = "/jobs/bulk"


def quick(n):
    return {"type": "bulk", "payload": {"force": "success", "duration_ms": 0, "n": n}, "tags": [f"t{n % 2}"]}


class Bulk(ServerTest):
    def post(self, body, **headers):
        return self.server.ask("POST", PATH, body, headers)

    def test_an_array_makes_its_jobs_in_order_and_they_run(self):
        answer = self.post([quick(i) for i in range(250)])
        self.assertEqual(answer.status, 201, answer.body)
        first = answer.json()["first_id"]
        self.assertEqual(answer.json(), {"count": 250, "first_id": first, "last_id": first + 249})
        for n in (0, 100, 249):
            job = self.server.ended(first + n)
            self.assertEqual((job["status"], job["payload"]["n"], job["tags"]), ("SUCCEEDED", n, [f"t{n % 2}"]))

    def test_lines_are_the_same_and_empty_ones_are_none(self):
        lines = "\n".join(json.dumps(quick(i)) for i in range(3)) + "\r\n\n"
        answer = self.post(lines)
        self.assertEqual((answer.status, answer.json()["count"]), (201, 3))
        self.assertEqual(self.server.ended(answer.json()["last_id"])["payload"]["n"], 2)

    def test_one_wrong_job_and_none_is_made(self):
        before = self.server.get("/stats")["total"]
        wrong = self.post([quick(0), {"type": "x", "priority": 10}, {"payload": []}])
        self.assertEqual(wrong.status, 422)
        self.assertEqual([e["field"] for e in wrong.json()["errors"]], ["[1].priority", "[2].type", "[2].payload"])
        for body, status in [("[", 400), ("[]", 422), ("", 422), ('{"type":"a"}\n{"type"', 400), ('{"type":"a"}\n7', 422), ("[1]", 422), (json.dumps([quick(0)] * 10_001), 422)]:
            answer = self.post(body)
            self.assertEqual(answer.status, status, body[:40])
            self.assertTrue(answer.json()["detail"])
        self.assertEqual(self.server.get("/stats")["total"], before)

    def test_the_most_that_fits(self):
        answer = self.post([{"type": "many", "payload": {"force": "success", "duration_ms": 60_000}}] * 10_000)
        self.assertEqual((answer.status, answer.json()["count"]), (201, 10_000))
        at_once = self.server.ask("GET", "/stats")
        self.assertTrue(at_once.json()["total"] == 10_000 or int(at_once.headers["X-Events-Behind"]) > 0)
        many = self.server.get("/stats")["by_type"]["many"]
        self.assertEqual(many["QUEUED"] + many["RUNNING"], 10_000)

    def test_jobs_that_somebody_asks_for_before_they_are_on_disk(self):
        """Ids are given in order, so they can be guessed; asked for in the moment between id and commit, a job is not there yet."""
        body = json.dumps([{"type": "guessed", "payload": {"duration_ms": 60_000}, "delay_ms": 600_000}] * 2000)
        last, early = 0, 0
        for _ in range(15):
            sent = threading.Thread(target=lambda: self.post(body))
            sent.start()
            while sent.is_alive():
                early += self.server.ask("POST", f"/jobs/{last + 1000}/cancel").status == 404
            sent.join()
            last += 2000
            answer = self.server.ask("POST", f"/jobs/{last - 1000}/cancel")
            self.assertIn(answer.status, (200, 409), answer.body)  # 409: one of the questions came after the commit
            self.assertEqual(self.server.get(f"/jobs/{last - 1000}")["status"], "CANCELLED")
        self.assertGreater(early, 0)

    def test_an_idempotency_key_makes_the_jobs_once(self):
        key = {"Idempotency-Key": "a batch"}
        body = json.dumps([quick(i) for i in range(5)])
        first, again = self.server.ask("POST", PATH, body, key), self.server.ask("POST", PATH, body, key)
        self.assertEqual((first.status, again.status), (201, 200))
        self.assertEqual(first.json(), again.json())
        self.assertEqual(self.server.ask("POST", PATH, json.dumps([quick(9)]), key).status, 409)

    def test_all_come_back_after_a_kill(self):
        answer = self.post([{"type": "later", "delay_ms": 3_600_000, "payload": {}}] * 500).json()
        self.server.kill()
        self.server.start()
        self.assertEqual(self.server.get("/stats")["by_type"]["later"]["SCHEDULED"], 500)
        self.assertEqual(self.server.job(answer["last_id"])["status"], "SCHEDULED")


if __name__ == "__main__":
    unittest.main()
