"""POST /jobs/actions: one action on many jobs, in the background."""

import unittest

from harness import ServerTest, wait_until

PATH = "/jobs/actions"
FAILS = {"force": "fail", "duration_ms": 0}


class Actions(ServerTest):
    def start(self, **body):
        answer = self.server.ask("POST", PATH, body)
        self.assertEqual(answer.status, 202, answer.body)
        self.assertEqual(answer.headers["Location"], f"{PATH}/{answer.json()['id']}")
        return answer.json()["id"]

    def finished(self, id):
        return wait_until(lambda: (o := self.server.get(f"{PATH}/{id}"))["finished_at"] and o, what=f"the end of operation {id}")

    def many(self, count, **job):
        jobs = [{"type": "many", "payload": FAILS, "max_attempts": 1, **job}] * count
        answer = self.server.ask("POST", "/jobs/bulk", jobs)
        self.assertEqual(answer.status, 201, answer.body)
        return answer.json()["first_id"]

    def count(self, status):
        return self.server.get("/stats")["by_status"][status]

    def test_every_failed_job_of_a_filter_is_retried_and_no_other(self):
        self.many(1_200)
        self.many(30, type="other", tags=["red"])
        self.many(20, payload={"force": "success", "duration_ms": 0})
        wait_until(lambda: self.count("FAILED") == 1_230)
        done = self.finished(self.start(action="retry", filter={"type": "many"}, reason="the gateway is back"))
        self.assertEqual((done["state"], done["total"], done["changed"], done["refused"]), ("FINISHED", 1_200, 1_200, 0))
        requeued = self.server.get("/events?type=Requeued&limit=1000")
        self.assertEqual(len(requeued), 1_000)
        self.assertEqual(requeued[0]["data"]["reason"], "the gateway is back")
        wait_until(lambda: self.count("FAILED") == 1_230)
        done = self.finished(self.start(action="discard", filter={"tag": ["red"], "status": "FAILED"}))
        self.assertEqual((done["changed"], self.count("DISCARDED"), self.count("SUCCEEDED")), (30, 30, 20))

    def test_ids_are_asked_once_and_refusals_are_told(self):
        first = self.many(3, run_at="2031-01-01T00:00:00Z")
        done = self.finished(self.start(action="cancel", ids=[first, first, first + 1, 999]))
        self.assertEqual((done["total"], done["changed"], done["refused"]), (3, 2, 1))
        self.assertEqual(done["refusals"], [{"job": 999, "detail": "there is no job 999"}])
        again = self.finished(self.start(action="cancel", ids=[first]))
        self.assertIn("CANCELLED", again["refusals"][0]["detail"])
        self.assertEqual([o["id"] for o in self.server.get(PATH)], [again["id"], done["id"]])

    def test_a_rate_spreads_it_and_a_stop_ends_it(self):
        self.many(500, delay_ms=3_600_000)
        slow = self.start(action="cancel", filter={"type": "many"}, per_second=20)
        wait_until(lambda: self.server.get(f"{PATH}/{slow}")["changed"] >= 3)
        stopped = self.server.ask("POST", f"{PATH}/{slow}/stop")
        self.assertEqual((stopped.status, stopped.json()["state"]), (200, "STOPPED"))
        self.assertEqual(self.server.ask("POST", f"{PATH}/{slow}/stop").status, 409)
        self.assertLess(self.count("CANCELLED"), 500)
        self.assertGreater(self.count("SCHEDULED"), 0)

    def test_jobs_created_later_are_left_alone(self):
        self.many(100, delay_ms=3_600_000)
        slow = self.start(action="cancel", filter={"status": ["SCHEDULED"]}, per_second=200)
        later = self.many(5, delay_ms=3_600_000)
        self.assertEqual(self.finished(slow)["changed"], 100)
        self.assertEqual(self.server.job(later)["status"], "SCHEDULED")

    def test_only_so_many_run(self):
        self.many(50, delay_ms=3_600_000)
        for _ in range(4):
            self.start(action="cancel", filter={"type": "many"}, per_second=1)
        refused = self.server.ask("POST", PATH, {"action": "cancel", "filter": {"type": "many"}})
        self.assertEqual(refused.status, 429)
        self.assertTrue(refused.headers["Retry-After"])

    def test_what_is_wrong_is_named(self):
        ok = {"action": "retry"}
        for body, field in [
            ({"ids": [1]}, "action"),
            ({"action": "explode", "ids": [1]}, "action"),
            (ok, "filter"),
            ({**ok, "ids": [1], "filter": {"type": "a"}}, "filter"),
            ({**ok, "ids": []}, "ids"),
            ({**ok, "ids": [0]}, "ids"),
            ({**ok, "ids": "1"}, "ids"),
            ({**ok, "ids": [[1]]}, "ids"),
            ({**ok, "ids": list(range(1, 10_002))}, "ids"),
            ({**ok, "filter": {}}, "filter"),
            ({**ok, "filter": []}, "filter"),
            ({**ok, "filter": {"limit": 3}}, "filter.limit"),
            ({**ok, "filter": {"status": "DEAD"}}, "filter.status"),
            ({**ok, "filter": {"status": [1]}}, "filter.status"),
            ({**ok, "filter": {"type": 7}}, "filter.type"),
            ({**ok, "filter": {"created_after": "soon"}}, "filter.created_after"),
            ({**ok, "ids": [1], "per_second": 0}, "per_second"),
            ({**ok, "ids": [1], "extra": 0}, "extra"),
        ]:
            answer = self.server.ask("POST", PATH, body)
            self.assertEqual(answer.status, 422, (body, answer.body))
            self.assertEqual(answer.json()["errors"][0]["field"], field, body)
        self.assertEqual(self.server.ask("GET", f"{PATH}/7").status, 404)
        self.assertEqual(self.server.ask("GET", f"{PATH}/x").status, 404)


if __name__ == "__main__":
    unittest.main()
