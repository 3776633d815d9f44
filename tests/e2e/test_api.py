"""What docs/http-api.md promises, asked of the real server."""

import json
import os
import re
import subprocess
import unittest
import urllib.parse

from harness import BINARY, Server, ServerTest, wait_until

FAST = {"base_ms": 10, "jitter": 0}


class Controls(ServerTest):
    def run_job(self, payload, **options):
        return self.server.ended(self.server.create(payload=payload, retry=FAST, **options)["id"])

    def test_force_success_succeeds_with_no_failed_attempt(self):
        job = self.run_job({"force": "success", "duration_ms": 0})
        self.assertEqual((job["status"], job["attempts"], job["last_error"]), ("SUCCEEDED", 0, None))

    def test_fail_times_2_of_5_succeeds_after_2_failed_attempts(self):
        job = self.run_job({"fail_times": 2, "duration_ms": 0}, max_attempts=5)
        self.assertEqual((job["status"], job["attempts"], job["last_error"]), ("SUCCEEDED", 2, "Planned failure 2/2"))

    def test_force_fail_uses_up_2_attempts(self):
        job = self.run_job({"force": "fail", "duration_ms": 0}, max_attempts=2)
        self.assertEqual((job["status"], job["attempts"]), ("FAILED", 2))

    def test_a_sequence_is_one_outcome_an_attempt_and_the_last_repeats(self):
        job = self.run_job({"sequence": ["fail", "timeout", "crash", "success"], "duration_ms": 0}, max_attempts=5)
        self.assertEqual((job["status"], job["attempts"]), ("SUCCEEDED", 3))
        causes = [e["data"]["cause"] for e in self.server.get(f"/jobs/{job['id']}/events") if e["type"] == "Failed"]
        self.assertEqual(causes, ["error", "timeout", "worker_lost"])
        again = self.run_job({"sequence": ["success", "fail"], "duration_ms": 0})
        self.assertEqual(again["attempts"], 0)
        last = self.run_job({"sequence": ["fail"], "duration_ms": 0}, max_attempts=4)
        self.assertEqual((last["status"], last["attempts"]), ("FAILED", 4))

    def test_chance_is_the_same_on_another_server(self):
        def outcomes(server):
            ids = [server.create(payload={"success_rate": 0.5, "seed": 7, "duration_ms": 0}, max_attempts=1)["id"] for _ in range(20)]
            return [server.ended(i)["status"] for i in ids]

        other = Server()
        self.addCleanup(other.dispose)
        first = outcomes(self.server)
        self.assertEqual(outcomes(other.start()), first)
        self.assertEqual(set(first), {"SUCCEEDED", "FAILED"})

    def test_duration_is_how_long_an_attempt_takes(self):
        job = self.run_job({"force": "success", "duration_ms": 120})
        events = self.server.get(f"/jobs/{job['id']}/events")
        started, ended = (next(e["at"] for e in events if e["type"] == t) for t in ("Attempted", "Succeeded"))
        self.assertGreaterEqual(float(ended[17:26]) - float(started[17:26]) + 60 * (ended[14:16] != started[14:16]), 0.12)

    def test_a_timeout_ends_an_attempt_that_takes_longer(self):
        job = self.run_job({"force": "success", "duration_ms": 60000}, max_attempts=1, timeout_ms=50)
        self.assertEqual((job["status"], job["error"]["type"]), ("FAILED", "Timeout"))


class Jobs(ServerTest):
    def test_health(self):
        self.assertIs(self.server.get("/health")["ok"], True)
        self.assertEqual(self.server.get("/ready"), {"ready": True})
        self.assertEqual(self.server.get("/health")["seq"], 1, "ServerStarted")

    def test_a_payload_comes_back_byte_for_byte(self):
        payload = '{ "z":1.10,  "a":12345678901234567890123, "t":"Gr\\u00fc\\u00dfe ü" , "n":{"b":[ ]} }'
        answer = self.server.ask("POST", "/jobs", '{"type":"x","delay_ms":60000,"payload":' + payload + "}")
        self.assertEqual(answer.status, 201)
        for path in ("/jobs/1", "/jobs", "/jobs/1/events", "/events"):
            self.assertIn(f'"payload":{payload}'.encode(), self.server.up_to_date(path).body, path)

    def test_defaults(self):
        job = self.server.create("x", delay_ms=60000)
        expected = {"payload": {}, "max_attempts": 3, "queue": "default", "priority": 5, "attempts": 0, "generation": 1, "handler": None, "tags": [],
                    "retry": {"kind": "exponential", "base_ms": 500, "factor": 2, "cap_ms": 60000, "jitter": 0.1, "max_age_ms": None}}
        self.assertEqual({k: job[k] for k in expected}, expected)
        self.assertEqual(job["status"], "SCHEDULED")
        self.assertEqual(job, self.server.job(job["id"]))

    def test_lists_are_arrays_newest_first_and_page_while_jobs_are_added(self):
        ids = [self.server.create(delay_ms=60000, queue="a" if i % 2 else "b")["id"] for i in range(25)]
        first = self.server.up_to_date("/jobs?limit=10")
        self.assertEqual([j["id"] for j in first.json()], ids[:14:-1])
        self.assertEqual(first.headers["X-Total-Count"], "25")
        self.server.create(delay_ms=60000)
        seen, link = [j["id"] for j in first.json()], first.headers["Link"]
        while link:
            page = self.server.up_to_date(re.fullmatch(r'<(.*)>; rel="next"', link)[1])
            seen += [j["id"] for j in page.json()]
            link = page.headers["Link"]
        self.assertEqual(seen, ids[::-1])

    def test_filters(self):
        a = self.server.create("mail", {"force": "success", "duration_ms": 0}, queue="a")["id"]
        b = self.server.create("report", {"force": "fail", "duration_ms": 0}, queue="b", max_attempts=1)["id"]
        c = self.server.create("mail", delay_ms=60000, queue="b")["id"]
        self.server.ended(a), self.server.ended(b)
        for query, expected in [("status=SUCCEEDED", [a]), ("status=FAILED,SCHEDULED", [c, b]), ("type=mail", [c, a]), ("queue=b&type=mail", [c]), ("status=QUEUED", [])]:
            self.assertEqual([j["id"] for j in self.server.get(f"/jobs?{query}")], expected, query)
        stats = self.server.get("/stats")
        self.assertEqual((stats["total"], stats["by_status"]["SUCCEEDED"], stats["by_status"]["FAILED"], stats["by_status"]["SCHEDULED"]), (3, 1, 1, 1))
        self.assertEqual(stats["by_queue"]["b"]["FAILED"], 1)
        self.assertEqual(stats["by_type"]["mail"]["SCHEDULED"], 1)

    def test_lists_by_tag_text_error_and_time(self):
        a = self.server.create("mail", {"force": "success", "duration_ms": 0}, tags=["Nightly", "eu"])["id"]
        b = self.server.create("report", {"fail_times": 9, "duration_ms": 0}, max_attempts=1, tags=["eu"])["id"]
        self.server.ended(a), self.server.ended(b)
        c = self.server.create("mail.bulk", delay_ms=60000)
        at = urllib.parse.quote(c["created_at"])
        c = c["id"]
        for query, expected in [
            ("tag=eu", [b, a]), ("tag=eu&tag=Nightly", [a]), ("tag=EU", []), ("tag=eu&status=FAILED", [b]),
            ("q=MAIL", [c, a]), ("q=nightly", [a]), ("q=planned+failure", [b]), ("q=failure%201/", [b]), ("q=failure%207", []), ("q=nothing", []),
            ("error=plannedfailure", [b]), ("error=failure&status=SUCCEEDED", []), ("error=failure&type=report", [b]),
            (f"created_after={at}", [c]), (f"created_before={at}", [b, a]), ("sort=id", [a, b, c]), ("sort=id&limit=1", [a]),
            ("status=FAILED&status=SUCCEEDED,SCHEDULED", [c, b, a]),
        ]:
            answer = self.server.up_to_date(f"/jobs?{query}")
            self.assertEqual([j["id"] for j in answer.json()], expected, query)
            if "limit" not in query:
                self.assertEqual(answer.headers["X-Total-Count"], str(len(expected)), query)
        link = re.fullmatch(r'<(.*)>; rel="next"', self.server.up_to_date("/jobs?sort=id&limit=1&q=mail").headers["Link"])[1]
        self.assertEqual([j["id"] for j in self.server.get(link)], [c])
        other_order = self.server.ask("GET", link.replace("sort=id", "sort=-id"))
        self.assertEqual((other_order.status, other_order.json()["errors"][0]["field"]), (422, "cursor"))
        unsorted = self.server.ask("GET", "/jobs?sort=updated_at")
        self.assertEqual((unsorted.status, unsorted.json()["errors"][0]["field"]), (422, "sort"))

    def test_a_histogram_says_when_jobs_were_created(self):
        made = [self.server.create(type, delay_ms=60000) for type in ("mail", "report", "mail", "mail")]
        second, last = (urllib.parse.quote(job["created_at"]) for job in (made[1], made[3]))

        def bins(query):
            found = self.server.up_to_date(f"/jobs/histogram?{query}").json()
            times = [b["from"] for b in found["bins"]] + [found["until"]]
            self.assertEqual(times, sorted(times))
            self.assertFalse(any(b["estimated"] for b in found["bins"]))
            return [b["jobs"] for b in found["bins"]], found

        counts, found = bins("bins=5")
        self.assertEqual((len(counts), sum(counts), found["bins"][0]["from"]), (5, 4, made[0]["created_at"]))
        self.assertEqual(len(bins("")[0]), 60)
        self.assertEqual(bins("bins=1&type=mail")[0], [3])
        self.assertEqual(bins("bins=1&status=SCHEDULED&type=report")[0], [1])
        self.assertEqual(bins("bins=1&q=nothing")[0], [0])
        for never in ("created_after=2101-01-01T00:00:00Z", "created_before=2001-01-01T00:00:00Z"):
            self.assertEqual(bins(f"bins=3&{never}")[0], [0, 0, 0])
        within, found = bins(f"bins=3&created_after={second}&created_before={last}")
        self.assertEqual((sum(within), found["until"]), (2, made[3]["created_at"]))
        for query, field in [("bins=0", "bins"), ("bins=201", "bins"), ("limit=5", "limit"), (f"created_after={last}&created_before={second}", "created_before")]:
            refused = self.server.ask("GET", f"/jobs/histogram?{query}")
            self.assertIn(refused.status, (400, 422), query)
            self.assertEqual([error["field"] for error in refused.json()["errors"]], [field], query)

    def test_a_list_shows_what_was_acknowledged_before_it_was_asked_for(self):
        for _ in range(200):
            id = self.server.create(delay_ms=60000)["id"]
            self.assertEqual(self.server.get("/jobs?limit=1")[0]["id"], id)

    def test_an_idempotency_key_makes_one_job(self):
        def post(body):
            return self.server.ask("POST", "/jobs", body, {"Idempotency-Key": "order-7"})

        first = post({"type": "x", "delay_ms": 60000})
        self.assertEqual(first.status, 201)
        self.server.create(delay_ms=60000)
        for restart in (False, True):
            if restart:
                self.server.kill(), self.server.start()
            again = post({"type": "x", "delay_ms": 60000})
            self.assertEqual((again.status, again.json()["id"]), (200, first.json()["id"]))
            self.assertEqual(post({"type": "y"}).status, 409)
        self.assertEqual(len(self.server.get("/jobs")), 2)

    def test_the_log_is_read_in_pages_and_by_type_and_job(self):
        id = self.server.ended(self.server.create(payload={"fail_times": 1, "duration_ms": 0}, retry=FAST)["id"])["id"]
        events = self.server.events()
        self.assertEqual([e["seq"] for e in events], list(range(1, len(events) + 1)))
        self.assertEqual([e["type"] for e in events], ["ServerStarted", "Created", "Attempted", "Failed", "RetryScheduled", "Attempted", "Succeeded"])
        self.assertEqual([e["seq"] for e in self.server.get("/events?type=Attempted&limit=1&after=3")], [6])
        for types, seqs in {"Failed,Attempted": [3, 4, 6], "Attempted,Attempted,ServerStarted,": [1, 3, 6], "Failed&type=ServerStarted": [1, 4]}.items():
            self.assertEqual([e["seq"] for e in self.server.get(f"/events?type={types}")], seqs, types)
        page = self.server.ask("GET", "/events?type=Succeeded,Attempted&limit=2")
        self.assertEqual([e["seq"] for e in page.json()], [3, 6])
        page = self.server.ask("GET", f"/events?type=Succeeded,Attempted&limit=2&after={page.headers['X-Scanned-To']}")
        self.assertEqual(([e["seq"] for e in page.json()], page.headers["X-Scanned-To"]), ([7], "7"))
        self.assertEqual([e["seq"] for e in self.server.get(f"/events?job={id}&type=Succeeded,Created,ServerStarted")], [2, 7])
        for types in ("Teleported", "Failed,Teleported"):
            refused = self.server.ask("GET", f"/events?type={types}")
            self.assertEqual((refused.status, refused.json()["errors"]), (400, [{"field": "type", "message": 'has "Teleported", which is no type of an event'}]))
        self.assertEqual(self.server.get(f"/events?job={id}"), events[1:])
        self.assertEqual(self.server.get(f"/jobs/{id}/events"), events[1:])

    def test_methods(self):
        head = self.server.ask("HEAD", "/jobs")
        self.assertEqual((head.status, head.body), (200, b""))
        self.assertEqual(self.server.ask("DELETE", "/jobs").headers["Allow"], "POST, GET")
        self.assertEqual(self.server.ask("DELETE", "/jobs").status, 405)
        for path in ("/jobs/99", "/jobs/x", "/jobs/0", "/nowhere", "/jobs/99/events"):
            self.assertEqual(self.server.ask("GET", path).status, 404, path)
        self.assertEqual(self.server.ask("POST", "/jobs/99/retry").status, 404)


class Operators(ServerTest):
    def act(self, id, action, body=None):
        return self.server.ask("POST", f"/jobs/{id}/{action}", body)

    def test_a_retry_begins_generation_2_with_its_edits(self):
        id = self.server.ended(self.server.create(payload={"force": "fail", "duration_ms": 0}, max_attempts=1)["id"])["id"]
        answer = self.act(id, "retry", {"payload": {"force": "success", "duration_ms": 0}, "max_attempts": 4, "reason": "mended"})
        self.assertEqual((answer.status, answer.json()["generation"], answer.json()["attempts"]), (200, 2, 0))
        job = self.server.ended(id)
        self.assertEqual((job["status"], job["max_attempts"], job["payload"]["force"], job["executions"]), ("SUCCEEDED", 4, "success", 2))

    def test_discard_takes_a_failed_job_out_and_only_a_failed_one(self):
        id = self.server.ended(self.server.create(payload={"force": "fail", "duration_ms": 0}, max_attempts=1)["id"])["id"]
        self.assertEqual(self.act(id, "discard").json()["status"], "DISCARDED")
        refused = self.act(id, "discard")
        self.assertEqual(refused.status, 409)
        self.assertIn("DISCARDED", refused.json()["detail"])

    def test_cancel(self):
        waiting = self.server.create(delay_ms=60000)["id"]
        self.assertEqual(self.act(waiting, "cancel", {"reason": "no"}).json()["status"], "CANCELLED")
        self.assertEqual(self.act(waiting, "cancel").status, 409)
        running = self.server.create(payload={"duration_ms": 60000})["id"]
        self.server.reaches(running, "RUNNING")
        self.assertEqual(self.act(running, "cancel").status, 200)
        self.server.reaches(running, "CANCELLED")
        types = [e["type"] for e in self.server.get(f"/jobs/{running}/events")]
        self.assertEqual(types, ["Created", "Attempted", "CancelRequested", "Cancelled"])

    def test_retry_now_and_dead_letter_of_a_waiting_job(self):
        soon = self.server.create(payload={"force": "success", "duration_ms": 0}, delay_ms=60000)["id"]
        self.assertEqual(self.act(soon, "retry").json()["status"], "QUEUED")
        self.assertEqual(self.server.ended(soon)["status"], "SUCCEEDED")
        dead = self.server.create(delay_ms=60000)["id"]
        self.assertEqual(self.act(dead, "dead-letter").json()["status"], "FAILED")
        self.assertEqual(self.act(dead, "dead-letter").status, 409)


class OneSlot(ServerTest):
    flags = ("--concurrency", "1", "--clock", "manual")  # the slot is taken for as long as it takes to create the others

    def test_higher_priority_goes_first(self):
        gate = self.server.create(payload={"force": "success", "duration_ms": 300})["id"]
        self.server.reaches(gate, "RUNNING")
        low, high = (self.server.create(payload={"force": "success", "duration_ms": 0}, priority=p)["id"] for p in (1, 9))
        self.assertEqual(self.server.ask("POST", "/clock/advance", '{"by_ms":300}').status, 200)
        self.server.ended(low)
        order = [e["job"] for e in self.server.get("/events?type=Attempted")]
        self.assertEqual(order, [gate, high, low])


class NoSimulator(ServerTest):
    flags = ("--simulate", "off")

    def test_jobs_without_a_handler_wait(self):
        waits = self.server.create()["id"]
        runs = self.server.create(payload={"force": "success", "duration_ms": 0}, handler="simulate")["id"]
        self.assertEqual(self.server.ended(runs)["status"], "SUCCEEDED")
        self.assertEqual(self.server.job(waits)["status"], "QUEUED")


class Restart(ServerTest):
    def test_a_stop_gives_running_attempts_back_and_burns_none(self):
        id = self.server.create(payload={"force": "success", "duration_ms": 2500})["id"]
        self.server.reaches(id, "RUNNING")
        self.assertEqual(self.server.stop(), 0)
        self.server.start()
        job = self.server.ended(id)
        self.assertEqual((job["status"], job["attempts"], job["executions"]), ("SUCCEEDED", 0, 2))
        self.assertIn("Released", [e["type"] for e in self.server.get(f"/jobs/{id}/events")])

    def test_an_attempt_that_a_kill_interrupted_fails_and_is_retried(self):
        id = self.server.create(payload={"force": "success", "duration_ms": 2000}, retry=FAST)["id"]
        self.server.reaches(id, "RUNNING")
        self.server.kill()
        self.server.start()
        job = self.server.ended(id)
        self.assertEqual((job["status"], job["attempts"]), ("SUCCEEDED", 1))
        failed = next(e for e in self.server.get(f"/jobs/{id}/events") if e["type"] == "Failed")
        self.assertEqual(failed["data"]["cause"], "interrupted")

    def test_waiting_jobs_and_the_ready_queue_come_back(self):
        later = self.server.create(payload={"force": "success", "duration_ms": 0}, delay_ms=1500)["id"]
        retrying = self.server.create(payload={"fail_times": 1, "duration_ms": 0}, retry={"base_ms": 1500})["id"]
        self.server.reaches(retrying, "RETRYING")
        self.server.kill()
        self.server.start()
        for id in (later, retrying):
            self.assertEqual(self.server.ended(id)["status"], "SUCCEEDED")

    def counts(self):
        """Rates and latencies are of the last seconds, and change while nothing happens."""
        stats = self.server.get("/stats")
        return {k: stats[k] for k in ("total", "by_status", "by_queue", "by_type")}

    def test_deleting_the_views_only_costs_a_rebuild(self):
        ids = [self.server.create(payload={"fail_times": i % 3, "duration_ms": 0}, retry=FAST)["id"] for i in range(20)]
        for id in ids:
            self.server.ended(id)
        before = self.server.get("/jobs"), self.counts()
        self.server.stop()
        self.server.delete_views()
        self.server.start()
        self.assertEqual((self.server.get("/jobs"), self.counts()), before)
        self.server.stop()
        self.assertIn(" 0 violations", self.server.verify().stdout)

    def test_one_process_a_directory(self):
        second = subprocess.run([BINARY, "serve", "--data", self.server.data, "--http", "127.0.0.1:0", "--faktory", "off"], capture_output=True, text=True, timeout=20)
        self.assertEqual(second.returncode, 75)
        self.assertIn("in use by another", second.stderr)


class CommandLine(unittest.TestCase):
    def run_binary(self, *arguments):
        return subprocess.run([BINARY, *arguments], capture_output=True, text=True, timeout=20)

    def test_wrong_flags_are_refused_by_name(self):
        for arguments, named in [(("serve", "--faktory", "nowhere"), "--faktory"), (("serve", "--http", "0.0.0.0:1"), "loopback"),
                                 (("serve", "--simulate", "maybe"), "--simulate"), (("serve", "--bogus"), "--bogus"), (("fly",), "subcommand")]:
            done = self.run_binary(*arguments)
            self.assertEqual(done.returncode, 64, arguments)
            self.assertIn(named, done.stderr + done.stdout)

    def test_an_ephemeral_server_leaves_nothing(self):
        server = Server("--ephemeral").start()
        self.addCleanup(server.dispose)
        self.assertEqual(server.ended(server.create(payload={"force": "success", "duration_ms": 0})["id"])["status"], "SUCCEEDED")
        self.assertEqual(len(server.get("/jobs")), 1)
        self.assertFalse(os.path.exists(server.data))
        self.assertEqual(server.stop(), 0)

    def test_verify_and_version(self):
        self.assertEqual(self.run_binary("verify", "--data", "/nonexistent").returncode, 66)
        self.assertRegex(self.run_binary("version").stdout, r"^retrylab \d+\.\d+\.\d+ \(SQLite ")
        self.assertIn("serve", self.run_binary("help").stdout)


if __name__ == "__main__":
    unittest.main()
