"""Faults on purpose: what workers are told wrongly, by rules, with workers that speak the real protocol."""

import http.client
import json
import threading
import unittest
from collections import Counter

from fwp import Fwp
from harness import ServerTest, wait_until
from test_worker_command import Worker

KINDS = ("deliver_twice", "drop_ack", "delay_fetch", "expire_lease", "quiet_beat", "cut_connection")
SOON = {"kind": "fixed", "base_ms": 1, "jitter": 0}


class Client:
    """A worker that takes every fault as it comes: a new connection, with a new name, whenever one is cut."""

    def __init__(self, test, name):
        self.test, self.name, self.seen = test, name, Counter()
        self.connections, self.fwp, self.jobs = 0, None, []
        test.addCleanup(lambda: self.fwp and self.fwp.close())

    def ask(self, what, line):
        """The reply; nothing when the connection was cut instead, which is counted."""
        if not self.fwp:
            self.connections += 1
            self.fwp = Fwp(self.test.server.faktory_port, f"{self.name}-{self.connections}")
        try:
            return self.fwp.asks(line)  # a stale FAIL is refused
        except ConnectionError:
            self.seen[f"cut {what}"] += 1
            self.fwp.close()
            self.fwp = None
            return None

    def turn(self, end=lambda job: ("ACK", {})):
        """A beat, a job, its end. The answer: whether there was a job."""
        beat = self.ask("beat", "BEAT " + json.dumps({"wid": f"{self.name}-{max(self.connections, 1)}"})) if self.fwp else None
        self.seen["quiet"] += isinstance(beat, bytes) and json.loads(beat)["state"] == "quiet"
        before = self.seen["cut fetch"]
        got = self.ask("fetch", "FETCH default")
        if got is None:
            return self.seen["cut fetch"] > before
        job = json.loads(got)
        self.jobs.append(job["jid"])
        verb, more = end(job)
        self.ask("end", f"{verb} " + json.dumps({"jid": job["jid"], **more}))
        return True


class FaultTest(ServerTest):
    def rule(self, name, kind, status=200, **rule):
        answer = self.server.ask("PUT", f"/lab/faults/{name}", {"kind": kind, **rule})
        self.assertEqual(answer.status, status, answer.body)
        return answer.json()

    def create(self, count, **options):
        body = [{"type": "work", "handler": "remote", "retry": SOON, "max_attempts": 50, **options}] * count
        self.assertEqual(self.server.ask("POST", "/jobs/bulk", body).status, 201)

    def faults(self):
        return [e["data"] for e in self.server.events() if e["type"] == "FaultInjected"]


class Faults(FaultTest):
    flags = ("--lab", "--lease", "500ms")

    def test_under_all_faults_at_once_every_job_ends_exactly_once(self):
        for kind in KINDS:
            often = {"every": 3} if kind in ("delay_fetch", "quiet_beat") else {"probability": 0.25}
            delay = {"delay_ms": 5} if kind in ("delay_fetch", "expire_lease") else {}
            self.rule(kind, kind, seed=11, **often, **delay)
        self.create(80)
        over, clients = threading.Event(), [Client(self, f"w{n}") for n in range(3)]

        def work(client):
            while not over.is_set():
                client.turn(lambda job: ("FAIL", {"errtype": "E", "message": "no"}) if len(client.jobs) % 5 == 0 else ("ACK", {}))

        threads = [threading.Thread(target=work, args=(client,)) for client in clients]
        for thread in threads:
            thread.start()

        def ended():
            counts = self.server.get("/stats")["by_status"]
            return counts["SUCCEEDED"] + counts["FAILED"] == 80

        try:
            wait_until(ended, seconds=90, what="the end of all jobs")
        finally:
            over.set()
            for thread in threads:
                thread.join()
        events = self.server.events()
        ends = Counter(e["job"] for e in events if e["type"] in ("Succeeded", "DeadLettered"))
        self.assertEqual(ends, {job: 1 for job in range(1, 81)})
        injected = Counter(e["data"]["kind"] for e in events if e["type"] == "FaultInjected")
        self.assertEqual(set(injected), set(KINDS))
        self.assertEqual(injected, {r["kind"]: r["injected"] for r in self.server.get("/lab/faults")})
        # The wire and the log tell the same.
        seen = sum((client.seen for client in clients), Counter())
        self.assertEqual((seen["cut end"], seen["cut fetch"], seen["quiet"]), (injected["drop_ack"], injected["cut_connection"], injected["quiet_beat"]))
        attempts = {e["seq"]: e for e in events if e["type"] == "Attempted"}
        self.assertEqual(sum(len(c.jobs) for c in clients), len(attempts) - injected["cut_connection"] + injected["deliver_twice"])
        for fault in (e["data"] for e in events if e["type"] == "FaultInjected" and e["data"]["job"]):
            self.assertEqual(attempts[fault["fence"]]["job"], fault["job"])
        early = [e for e in events if e["type"] == "Failed" and e["data"]["error"]["message"].endswith("a fault on purpose")]
        self.assertEqual(len(early), injected["expire_lease"])
        self.server.kill()
        verified = self.server.verify()
        self.assertIn("80 jobs, 0 violations", verified.stdout)

    def run_alone(self, seed):
        self.server.stop()
        self.server.start(data=f"{self.server.directory}/{seed}-{self.runs}", flags=("--lab", "--clock", "manual", "--clock-start", "2026-01-01T00:00:00Z"))
        self.runs += 1
        for kind in ("deliver_twice", "drop_ack", "cut_connection", "delay_fetch", "quiet_beat"):
            self.rule(kind, kind, probability=0.3, seed=seed, **({"delay_ms": 1} if kind == "delay_fetch" else {}))
        self.create(100)
        client = Client(self, "alone")
        for n in range(60):
            client.turn(lambda job, n=n: ("FAIL", {}) if n % 3 == 0 else ("ACK", {}))
        return [(f["kind"], f["job"], f["worker"]) for f in self.faults()]

    def test_the_same_seed_has_the_same_faults(self):
        self.runs = 0
        first, again, other = [self.run_alone(seed) for seed in (5, 5, 6)]
        self.assertGreater(len(first), 40)
        self.assertEqual({kind for kind, _, _ in first}, set(KINDS) - {"expire_lease"})
        self.assertEqual(first, again)
        self.assertNotEqual(first, other)

    def test_only_what_the_rule_names_and_no_more_than_its_limit(self):
        self.rule("some", "drop_ack", type="fragile", queue="default", limit=2)
        self.create(5)
        self.create(5, type="fragile")
        client = Client(self, "w")
        for _ in range(10):
            client.turn()
        self.assertEqual((client.seen["cut end"], len(self.faults())), (2, 2))
        self.assertEqual({self.server.job(f["job"])["type"] for f in self.faults()}, {"fragile"})
        self.assertEqual(self.server.get("/lab/faults/some")["injected"], 2)
        # Set anew, it begins again; removed, it is over.
        self.assertEqual(self.rule("some", "drop_ack", every=2)["injected"], 0)
        self.create(4)
        for _ in range(4):
            client.turn()
        self.assertEqual(client.seen["cut end"], 4)
        self.assertEqual(self.server.ask("DELETE", "/lab/faults/some").json()["injected"], 2)
        self.assertEqual((self.server.ask("DELETE", "/lab/faults/some").status, self.server.ask("GET", "/lab/faults/some").status, self.server.get("/lab/faults")), (404, 404, []))
        self.assertEqual([e["type"] for e in self.server.events() if e["type"].startswith("FaultRule")], ["FaultRuleSet", "FaultRuleSet", "FaultRuleRemoved"])

    def test_a_job_that_is_delivered_twice_ends_once(self):
        self.rule("twice", "deliver_twice")
        self.create(1)
        one, two = [Fwp(self.server.faktory_port, name) for name in ("one", "two")]
        self.addCleanup(one.close)
        self.addCleanup(two.close)
        jobs = [fwp.fetch() for fwp in (one, two)]
        self.assertEqual(jobs[0], jobs[1])
        self.assertEqual((two.ack(jobs[1]["jid"]), self.server.job(1)["status"]), ("OK", "RUNNING"))
        self.assertEqual((one.ack(jobs[0]["jid"]), self.server.job(1)["status"]), ("OK", "SUCCEEDED"))
        refused = next(e["data"] for e in self.server.events() if e["type"] == "ResultRefused")
        self.assertEqual((refused["worker"], self.faults()[0]["worker"]), ("two", "two"))
        # Over the lease routes both have one fence.
        self.create(1, queue="rest")
        both = [self.server.ask("POST", "/leases", {"worker": w, "queues": ["rest"]}).json() for w in ("a", "b")]
        self.assertEqual(both[0]["fence"], both[1]["fence"])
        self.assertEqual([self.server.ask("POST", f"/leases/{l['fence']}/ack", {}).status for l in both], [200, 409])

    def test_a_result_that_gets_lost_is_taken_the_second_time(self):
        self.rule("lost", "drop_ack")
        self.create(1)
        client = Fwp(self.server.faktory_port)
        jid = client.fetch()["jid"]
        self.assertRaises(ConnectionError, client.ack, jid)
        client.close()
        self.assertEqual((self.server.job(1)["status"], self.faults()[0]["kind"]), ("RUNNING", "drop_ack"))
        client = Fwp(self.server.faktory_port)
        self.addCleanup(client.close)
        self.assertEqual((client.ack(jid), self.server.job(1)["status"]), ("OK", "SUCCEEDED"))

    def test_the_worker_of_retrylab_meets_them_too(self):
        self.rule("lost", "drop_ack", limit=2)
        self.rule("cut", "cut_connection", limit=2)
        self.create(6, type="echo", timeout_ms=1500)
        worker = Worker(self, "--concurrency", "2")
        for job in range(1, 7):
            self.assertEqual(self.server.ended(job, seconds=60)["status"], "SUCCEEDED")
        worker.ends()
        self.assertEqual(Counter(f["kind"] for f in self.faults()), {"drop_ack": 2, "cut_connection": 2})
        self.server.kill()
        self.assertIn("6 jobs, 0 violations", self.server.verify().stdout)

    def test_workers_of_the_lease_routes_meet_them_too(self):
        self.create(3)
        take = ("POST", "/leases", {"worker": "w"})
        self.rule("cut", "cut_connection", limit=1)
        self.assertRaises(http.client.RemoteDisconnected, self.server.ask, *take)
        lease = self.server.ask(*take).json()
        self.rule("lost", "drop_ack")
        for end in ({"error": {"message": "no"}}, {}):
            path = f"/leases/{lease['fence']}/{'fail' if end else 'ack'}"
            self.assertRaises(http.client.RemoteDisconnected, self.server.ask, "POST", path, end)
            self.assertEqual(self.server.job(lease["job"]["id"])["status"], "RUNNING")
            self.assertEqual(self.server.ask("POST", path, end).status, 200)
            lease = self.server.ask(*take).json()
        self.rule("quiet", "quiet_beat", every=2)
        beats = [self.server.ask("POST", f"/leases/{lease['fence']}/heartbeat").json()["state"] for _ in range(4)]
        self.assertEqual(beats, ["running", "quiet", "running", "quiet"])
        self.assertEqual([f["kind"] for f in self.faults()], ["cut_connection", "drop_ack", "drop_ack", "quiet_beat", "quiet_beat"])
        self.assertEqual({f["worker"] for f in self.faults()}, {"w"})

    def test_a_mistake_is_named(self):
        for rule, field in (
            ({}, "kind"),
            ({"kind": "explode"}, "kind"),
            ({"kind": "drop_ack", "probability": 1.5}, "probability"),
            ({"kind": "drop_ack", "probability": 0.5, "every": 2}, "every"),
            ({"kind": "drop_ack", "every": 0}, "every"),
            ({"kind": "drop_ack", "queue": "a b"}, "queue"),
            ({"kind": "drop_ack", "limit": 0}, "limit"),
            ({"kind": "drop_ack", "delay_ms": 5}, "delay_ms"),
            ({"kind": "delay_fetch"}, "delay_ms"),
            ({"kind": "delay_fetch", "delay_ms": 60_001}, "delay_ms"),
            ({"kind": "quiet_beat", "type": "mail"}, "type"),
            ({"kind": "drop_ack", "name": "x"}, "name"),
            ({"kind": "drop_ack", "colour": "red"}, "colour"),
        ):
            answer = self.server.ask("PUT", "/lab/faults/x", rule)
            self.assertEqual((answer.status, answer.json()["errors"][0]["field"]), (422, field), rule)
        self.assertEqual(self.server.ask("PUT", "/lab/faults/a%20b", {"kind": "drop_ack"}).status, 422)
        self.assertEqual(self.server.get("/lab/faults"), [])

    def test_rules_survive_a_restart_and_do_nothing_without_the_flag(self):
        self.rule("lost", "drop_ack", limit=3)
        self.create(2)
        client = Client(self, "w")
        client.turn()
        self.server.kill()
        self.server.start(flags=())
        for method, path in (("GET", "/lab/faults"), ("GET", "/lab/faults/lost"), ("PUT", "/lab/faults/lost"), ("DELETE", "/lab/faults/lost")):
            answer = self.server.ask(method, path, {"kind": "drop_ack"} if method == "PUT" else None)
            self.assertEqual(answer.status, 409)
            self.assertIn("--lab", answer.json()["detail"])
        client = Client(self, "x")
        client.turn()
        self.assertEqual((client.seen["cut end"], len(self.faults())), (0, 1))
        self.server.stop()
        self.server.start()
        self.assertEqual(self.server.get("/lab/faults/lost")["injected"], 1)


class Clocked(FaultTest):
    flags = ("--lab", "--clock", "manual", "--ephemeral")

    def test_a_lease_ends_early(self):
        self.rule("early", "expire_lease", delay_ms=5000)
        self.create(1, retry={**SOON, "base_ms": 60_000})
        client = Fwp(self.server.faktory_port, "w")
        self.addCleanup(client.close)
        jid = client.fetch()["jid"]

        def advance(ms):
            self.assertEqual(self.server.ask("POST", "/clock/advance", {"by_ms": ms, "patience_ms": 50}).status, 200)
            return self.server.job(1)

        self.assertEqual(advance(4999)["status"], "RUNNING")
        job = advance(1)
        self.assertEqual((job["status"], job["error"]["type"]), ("RETRYING", "LeaseExpired"))
        self.assertEqual(client.ack(jid), "OK")
        types = [e["type"] for e in self.server.events()]
        self.assertLess(types.index("Failed"), types.index("FaultInjected"))
        self.assertIn("ResultRefused", types)
        self.assertEqual(self.server.job(1)["status"], "RETRYING")


if __name__ == "__main__":
    unittest.main()
