"""Named retry policies: versions, and what jobs take from them."""

import unittest

from harness import ServerTest

SLOW = {"kind": "linear", "base_ms": 20, "cap_ms": 1000, "jitter": 0}


class Policies(ServerTest):
    def put(self, name, policy, status=200):
        answer = self.server.ask("PUT", f"/policies/{name}", policy)
        self.assertEqual(answer.status, status, answer.body)
        return answer.json()

    def test_a_job_keeps_the_version_it_took(self):
        self.assertEqual(self.put("gentle", SLOW)["version"], 1)
        self.assertEqual(self.put("gentle", SLOW)["version"], 1)  # nothing changed
        first = self.server.create(retry="gentle", payload={"fail_times": 1, "duration_ms": 0})
        self.assertEqual((first["retry"]["name"], first["retry"]["base_ms"]), ("gentle@1", 20))
        self.assertEqual(self.put("gentle", {**SLOW, "base_ms": 30})["version"], 2)
        second = self.server.create(retry="gentle", payload={"fail_times": 1, "duration_ms": 0})
        self.assertEqual((second["retry"]["name"], second["retry"]["base_ms"]), ("gentle@2", 30))
        for job, delay in ((first, 20), (second, 30)):
            ended = self.server.ended(job["id"])
            self.assertEqual((ended["status"], ended["retry"]), ("SUCCEEDED", job["retry"]))
            waits = [e["data"] for e in self.server.get(f"/jobs/{job['id']}/events") if e["type"] == "RetryScheduled"]
            self.assertEqual([(w["rule"], w["delay_ms"]) for w in waits], [(job["retry"]["name"], delay)])

    def test_they_survive_a_kill_and_serve_bulk_and_retry(self):
        self.put("gentle", SLOW)
        self.server.kill()
        self.server.start()
        self.assertEqual([(p["name"], p["version"]) for p in self.server.get("/policies")], [("gentle", 1)])
        self.assertEqual(self.server.get("/policies/gentle")["policy"]["kind"], "linear")
        made = self.server.ask("POST", "/jobs/bulk", [{"type": "a", "retry": "gentle", "delay_ms": 3_600_000}]).json()
        self.assertEqual(self.server.job(made["first_id"])["retry"]["name"], "gentle@1")
        failed = self.server.create(payload={"force": "fail", "duration_ms": 0}, max_attempts=1)
        self.server.ended(failed["id"])
        again = self.server.ask("POST", f"/jobs/{failed['id']}/retry", {"retry": "gentle"})
        self.assertEqual(again.json()["retry"]["name"], "gentle@1")

    def test_what_is_wrong_is_named(self):
        for name, body, status in [
            ("a%20b", SLOW, 422),
            ("a", "[]", 422),
            ("a", "{", 400),
            ("a", {"kind": "quadratic"}, 422),
            ("a", {**SLOW, "name": "b"}, 422),
            ("a", {**SLOW, "bass_ms": 1}, 422),
        ]:
            self.put(name, body, status)
        self.assertEqual(self.server.ask("GET", "/policies/none").status, 404)
        for retry in ("none", "", 7, {"name": "gentle"}):
            answer = self.server.ask("POST", "/jobs", {"type": "a", "retry": retry})
            self.assertEqual(answer.status, 422, answer.body)
            self.assertTrue(answer.json()["errors"][0]["field"].startswith("retry"), answer.body)


if __name__ == "__main__":
    unittest.main()
