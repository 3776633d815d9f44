"""The OpenAPI document: every operation of it is asked once, and every answer is held against it (as in all other tests)."""

import contract
from harness import ServerTest, wait_until

NOOP = {"type": "mail", "payload": {"force": "success", "duration_ms": 0}}


class Walk(ServerTest):
    flags = ("--clock", "manual", "--ephemeral", "--lab")

    def ok(self, method, path, body=None, status=200):
        answer = self.server.ask(method, path, body)
        self.assertEqual(answer.status, status, (method, path, answer.body))
        return answer

    def jobs(self):
        first = self.ok("POST", "/jobs", NOOP, 201).json()["id"]
        self.ok("POST", "/jobs/bulk", [NOOP, *[{**NOOP, "delay_ms": 600_000}] * 9], 201)
        failed = self.ok("POST", "/jobs", {"type": "mail", "payload": {"force": "fail", "duration_ms": 0}, "max_attempts": 1, "tags": ["t"]}, 201).json()["id"]
        self.server.reaches(failed, "FAILED")
        for path in ("", "?status=FAILED,QUEUED&type=mail&queue=default&tag=t&q=m&error=F&sort=id&limit=2", f"/{first}", f"/{first}/events", f"/{first}/why", "/histogram?status=FAILED&tag=t&bins=3"):
            self.ok("GET", "/jobs" + path)
        self.ok("POST", f"/jobs/{failed}/discard")
        self.ok("POST", f"/jobs/{failed}/retry", {"reason": "again", "payload": {"force": "success"}})
        for what in ("dead-letter", "cancel"):
            waits = self.ok("POST", "/jobs", {**NOOP, "delay_ms": 60_000}, 201).json()["id"]
            self.ok("POST", f"/jobs/{waits}/{what}", {"reason": "test"})
        operation = self.ok("POST", "/jobs/actions", {"action": "cancel", "filter": {"status": "SCHEDULED"}, "per_second": 1}, 202).json()["id"]
        self.ok("GET", "/jobs/actions")
        self.ok("GET", f"/jobs/actions/{operation}")
        self.ok("POST", f"/jobs/actions/{operation}/stop")

    def operators(self):
        self.ok("POST", "/queues/q/pause", {"reason": "look"})
        self.ok("PUT", "/queues/q/limit", {"concurrency": 3})
        self.ok("POST", "/queues/q/resume")
        for path in ("/queues", "/queues/q", "/policies", "/rules"):
            self.ok("GET", path)
        self.ok("PUT", "/policies/gentle", {"kind": "linear", "base_ms": 1000})
        self.ok("GET", "/policies/gentle")
        self.ok("PUT", "/rules", [{"name": "gone", "message": "*gone*", "action": "dead_letter"}])
        batch = self.ok("POST", "/batches", {"description": "d", "success": NOOP}, 201).json()["id"]
        self.ok("POST", "/jobs", {**NOOP, "batch": batch, "unique": {"for_ms": 1000}, "expires_in_ms": 60_000, "retry": "gentle"}, 201)
        self.ok("POST", f"/batches/{batch}/commit")
        self.ok("GET", f"/batches/{batch}")
        self.ok("GET", "/batches")

    def workers(self):
        def lease():
            self.ok("POST", "/jobs", {"type": "work", "handler": "remote", "queue": "r"}, 201)
            return self.ok("POST", "/leases", {"worker": "w", "queues": ["r"]}).json()["fence"]

        for what, body in (("ack", {"result": [1]}), ("fail", {"error": {"message": "no"}, "retryable": False}), ("release", {"reason": "deploy"})):
            fence = lease()
            self.ok("POST", f"/leases/{fence}/progress", {"percent": 40, "text": "half"})
            self.ok("POST", f"/leases/{fence}/heartbeat", {"extend_ms": 4_000_000})
            self.ok("POST", f"/leases/{fence}/{what}", body)
        lease()
        self.ok("GET", "/workers")
        self.ok("PUT", "/lab/faults/lost", {"kind": "drop_ack", "queue": "r", "type": "work", "probability": 0.25, "seed": 7, "limit": 3})
        for path in ("", "/lost"):
            self.ok("GET", "/lab/faults" + path)
        self.ok("DELETE", "/lab/faults/lost")
        self.ok("POST", "/workers/w/quiet")
        self.ok("POST", "/workers/w/terminate")

    def lab(self):
        run = self.ok("POST", "/lab/runs", {"scenario": {"jobs": [{"type": "mail", "count": 3}]}, "b": {"kind": "fixed"}}, 202).json()["id"]
        wait_until(lambda: self.ok("GET", f"/lab/runs/{run}").json()["status"] == "finished", what="the end of the run")
        self.ok("GET", f"/lab/runs/{run}/jobs/2")
        self.ok("GET", "/lab/runs")
        endless = {"duration": "366d", "jobs": [{"type": "mail", "rate": "10/h", "max_attempts": 50, "payload": {"force": "fail"}}]}
        run = self.ok("POST", "/lab/runs", {"scenario": endless}, 202).json()["id"]
        self.ok("DELETE", f"/lab/runs/{run}", status=202)

    def log(self):
        self.ok("POST", "/clock/advance", {"by_ms": 120_000, "patience_ms": 0})
        for path in ("/clock", "/events?after=0&limit=1000", "/events?type=Failed&job=4", "/events?type=Failed,Created", "/state?at=20&list=RUNNING,QUEUED&limit=3", "/jobs/1?at=20", "/stats", "/stats/history?resolution=minute", "/health", "/ready", "/metrics"):
            self.ok("GET", path)

    def test_every_operation_answers_as_the_document_says(self):
        for part in (self.jobs, self.operators, self.workers, self.lab, self.log):
            part()
        wait_until(lambda: self.server.get("/stats")["by_status"]["RUNNING"] <= 1, what="the end of the jobs")
        whole = contract.of(self.server)
        documented = {operation["operationId"] for methods in whole.document["paths"].values() for operation in methods.values()}
        self.assertEqual(documented - whole.seen, set(), "operations that this test does not ask")

    def test_errors_are_problems_that_the_document_names(self):
        for method, path, body, status in (
            ("GET", "/jobs?limit=x", None, 400),
            ("GET", "/events?type=Failed,Moved", None, 400),
            ("GET", "/jobs/77", None, 404),
            ("POST", "/jobs", {"type": ""}, 422),
            ("POST", "/jobs", "{", 400),
            ("POST", "/jobs/77/cancel", None, 404),
            ("POST", "/leases/77/ack", None, 404),
            ("PUT", "/queues/q/limit", {}, 422),
            ("GET", "/nowhere", None, 404),
        ):
            answer = self.server.ask(method, path, body)
            self.assertEqual((answer.status, answer.headers["Content-Type"]), (status, "application/problem+json"), path)

    def test_the_checker_sees_what_is_not_in_the_document(self):
        whole = contract.of(self.server)
        job = self.server.create()
        answer = self.server.ask_unchecked("GET", f"/jobs/{job['id']}")
        for spoilt in (answer.body.replace(b'"seq":', b'"sequence":'), answer.body.replace(b'"QUEUED"', b'"LATE"').replace(b'"RUNNING"', b'"LATE"')):
            self.assertNotEqual(spoilt, answer.body)
            fake = type(answer)(200, answer.headers, spoilt)
            self.assertRaises(AssertionError, whole.check, "GET", f"/jobs/{job['id']}", fake)
        self.assertRaises(AssertionError, whole.check, "GET", f"/jobs/{job['id']}", type(answer)(418, answer.headers, answer.body))
        self.assertRaises(AssertionError, whole.check, "GET", "/new-route", answer)
        self.assertRaises(AssertionError, whole.check, "GET", "/jobs?colour=red", type(answer)(200, answer.headers, b"[]"))
