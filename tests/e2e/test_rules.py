"""Retry rules: what operators say about failures of a certain sort."""

import unittest

from fwp import Fwp
from harness import ServerTest

FAILS = {"force": "fail", "duration_ms": 0}


class Rules(ServerTest):
    def put(self, rules, status=200):
        answer = self.server.ask("PUT", "/rules", rules)
        self.assertEqual(answer.status, status, answer.body)
        return answer.json()

    def decisions(self, job):
        """What followed each failure: the rule of a retry, or why there is none."""
        events = self.server.get(f"/jobs/{job}/events")
        return [e["data"].get("rule") or (e["data"]["reason"], e["data"]["by"]) for e in events if e["type"] in ("RetryScheduled", "DeadLettered")]

    def test_the_first_that_matches_decides_and_is_named(self):
        self.put([
            {"name": "hopeless", "type": "import.*", "message": "*Forced*", "action": "dead_letter"},
            {"name": "at-once", "error_type": "Forced*", "queue": "fast", "action": "retry_now"},
            {"name": "later", "error_type": "ForcedFailure", "action": "retry_after", "delay_ms": 20},
        ])
        jobs = {name: self.server.create(type=type, queue=queue, payload=FAILS, max_attempts=2)["id"]
                for name, type, queue in (("hopeless", "import.csv", "fast"), ("at-once", "mail", "fast"), ("later", "mail", "slow"))}
        for name, job in jobs.items():
            self.server.ended(job)
            if name == "hopeless":
                self.assertEqual(self.decisions(job), [("rule", "rule:hopeless")])
            else:
                self.assertEqual(self.decisions(job), [f"rule:{name}", ("attempts_exhausted", "server")])

    def test_a_rule_takes_a_policy_as_it_is_when_it_is_set(self):
        self.server.ask("PUT", "/policies/gentle", {"kind": "fixed", "base_ms": 15, "jitter": 0})
        rules = self.put([{"name": "soft", "message": "*", "action": "policy", "policy": "gentle"}])
        self.assertEqual(rules[0]["policy"]["name"], "gentle@1")
        job = self.server.create(payload=FAILS, max_attempts=2)["id"]
        self.server.ended(job)
        waits = [e["data"] for e in self.server.get(f"/jobs/{job}/events") if e["type"] == "RetryScheduled"]
        self.assertEqual([(w["rule"], w["delay_ms"]) for w in waits], [("rule:soft", 15)])

    def test_they_survive_a_kill_and_can_be_taken_back(self):
        rules = self.put([{"name": "never", "type": "*", "action": "dead_letter"}])
        self.server.kill()
        self.server.start()
        self.assertEqual(self.server.get("/rules"), rules)
        job = self.server.create(payload=FAILS, max_attempts=5)["id"]
        self.assertEqual(self.server.ended(job)["attempts"], 1)
        self.assertEqual(self.put([]), [])
        self.assertEqual(self.server.get("/rules"), [])

    def test_a_worker_may_say_when_and_whether(self):
        worker = Fwp(self.server.faktory_port, wid="w1")
        self.addCleanup(worker.close)
        worker.push("job-wait")
        job = worker.fetch("default")
        worker.fail(job["jid"], errtype="Busy", message="later", custom={"retry_after": 0.25})
        id = self.server.get("/jobs")[0]["id"]
        wait = next(e["data"] for e in self.server.get(f"/jobs/{id}/events") if e["type"] == "RetryScheduled")
        self.assertEqual((wait["rule"], wait["delay_ms"]), ("retry_after", 250))
        worker.push("job-dead", queue="other")
        worker.fetch("other")
        worker.fail("job-dead", errtype="Bad", message="data", custom={"retryable": False})
        self.assertEqual(self.decisions(id + 1), [("non_retryable", "server")])
        self.assertEqual(worker.asks('FAIL {"jid":"job-wait","custom":{"retry_after":"soon"}}')[:4], "-ERR")

    def test_what_is_wrong_is_named(self):
        good = {"name": "a", "type": "x", "action": "retry_now"}
        for rules, status, field in (
            ("{", 400, ""), ({}, 422, ""), ([{}], 422, "[0].name"), ([{**good, "type": ""}], 422, "[0].error_type"),
            ([{**good, "action": "explode"}], 422, "[0].action"), ([{**good, "delay_ms": 5}], 422, "[0].delay_ms"),
            ([{**good, "action": "retry_after"}], 422, "[0].delay_ms"), ([{**good, "action": "policy"}], 422, "[0].policy"),
            ([{**good, "action": "policy", "policy": "nobody"}], 422, "[0].policy"), ([good, good], 422, "[1].name"),
            ([{**good, "name": "a b"}], 422, "[0].name"), ([{**good, "more": 1}], 422, "[0].more"),
            ([{**good, "name": f"r{n}"} for n in range(101)], 422, ""), ([{**good, "message": "x" * 301}], 422, "[0].message"),
        ):
            answer = self.put(rules, status)
            if field:
                self.assertEqual(answer["errors"][0]["field"], field)
        self.assertEqual(self.server.get("/rules"), [])


if __name__ == "__main__":
    unittest.main()
