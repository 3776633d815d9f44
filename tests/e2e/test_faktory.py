"""The Faktory Work Protocol: every command, reply text and trap that existing clients depend on."""

import json
import threading
import time
import unittest
from datetime import datetime, timedelta, timezone

from fwp import Fwp, FwpError
from harness import ServerTest, wait_until

LATER = "2031-01-01T00:00:00Z"


class Faktory(ServerTest):
    def setUp(self):
        super().setUp()
        self.client = self.connect()

    def connect(self, *args, **options):
        client = Fwp(self.server.faktory_port, *args, **options)
        self.addCleanup(client.close)
        return client

    def sets(self):
        return self.client.info()["faktory"]["sets"]

    def jobs(self, query=""):
        return self.server.get(f"/jobs?{query}")


class Handshake(Faktory):
    def test_hi_has_no_space_in_its_json(self):
        self.assertEqual(self.client.hi, '+HI {"v":2}\r\n')
        self.assertEqual(self.client.welcome, "OK")

    def test_null_and_empty_mean_absent_and_unknown_fields_are_ignored(self):
        for hello in ({"v": 2, "wid": None, "pwdhash": None}, {"v": 2, "wid": "", "username": None, "labels": [], "salt": "x"}, {}):
            self.assertEqual(self.connect(hello=hello).welcome, "OK")

    def test_anything_but_hello_is_closed_without_a_word(self):
        for line in ("PUSH {}", "HELLO", "hello {}", ""):
            client = self.connect(handshake=False)
            client.send(line)
            self.assertRaises(ConnectionError, client.reply)

    def test_a_connection_that_says_nothing_is_closed_in_two_seconds(self):
        client = self.connect(handshake=False)
        began = time.monotonic()
        self.assertRaises((ConnectionError, OSError), client.reply)
        self.assertLess(time.monotonic() - began, 8)

    def test_a_bare_newline_ends_a_line_and_lines_may_come_in_pieces(self):
        self.assertEqual(self.client.ask("ACK {\"jid\":\"12345678\"}", end="\n"), "OK")
        for byte in b'ACK {"jid":"12345678"}\r\n':
            self.client.send(bytes([byte]))
        self.assertEqual(self.client.reply(), "OK")


class Password(Faktory):
    flags = ("--faktory-password", "s3cret")

    def setUp(self):
        ServerTest.setUp(self)

    def test_who_knows_it_comes_in(self):
        self.assertEqual(self.connect(password="s3cret").welcome, "OK")
        greeting = json.loads(self.connect(handshake=False).hi[4:])
        self.assertTrue(4000 <= greeting["i"] <= 8095)

    def test_an_old_client_hashes_once(self):
        client = self.connect(handshake=False)
        greeting = json.loads(client.hi[4:])
        self.assertEqual(client.ask("HELLO " + json.dumps({"pwdhash": Fwp.hash("s3cret", greeting["s"], 1)})), "OK")

    def test_who_does_not_is_told_and_closed(self):
        for password in ("wrong", None):
            client = self.connect(handshake=False)
            greeting = json.loads(client.hi[4:])
            said = {"v": 2, **({"pwdhash": Fwp.hash(password, greeting["s"], greeting["i"])} if password else {})}
            with self.assertRaisesRegex(FwpError, "^ERR Invalid password$"):
                client.ask("HELLO " + json.dumps(said))
            self.assertRaises(ConnectionError, client.reply)

    def test_salts_differ(self):
        salts = {json.loads(self.connect(handshake=False).hi[4:])["s"] for _ in range(10)}
        self.assertEqual(len(salts), 10)


class Push(Faktory):
    def test_what_is_pushed_is_fetched_as_it_was(self):
        self.client.ask('PUSH {"jid":"abcdefgh","jobtype":"mail","args":[1, {"z": 12345678901234567890123, "a": "\\u00fc<&>"}], "custom":{"x": [1.50]},"priority":5,"reserve_for":90,"backtrace":7}')
        raw = self.client.ask("FETCH default").decode()
        got = json.loads(raw)
        self.assertEqual(list(got)[:4], ["retry", "custom", "jid", "queue"])
        self.assertIn('"args":[1,{"z":12345678901234567890123,"a":"\\u00fc<&>"}]', raw)
        self.assertIn('"custom":{"x":[1.50]}', raw)
        self.assertEqual((got["retry"], got["jid"], got["queue"], got["jobtype"], got["reserve_for"], got["backtrace"], got["priority"]), (25, "abcdefgh", "default", "mail", 90, 7, 5))
        self.assertRegex(got["enqueued_at"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$")
        self.assertNotIn("failure", got)

    def test_refusals_have_the_texts_of_faktory_in_its_order(self):
        table = [
            ({"jobtype": "t", "args": []}, "ERR jobs must have a reasonable jid parameter"),
            ({"jid": "1234567", "jobtype": "t", "args": []}, "ERR jobs must have a reasonable jid parameter"),
            ({"jid": "12345678", "args": []}, "ERR jobs must have a jobtype parameter"),
            ({"jid": "12345678", "jobtype": "t"}, "ERR jobs must have an args parameter"),
            ({"jid": "12345678", "jobtype": "t", "args": [], "reserve_for": 86401}, "ERR jobs cannot be reserved for more than one day"),
        ]
        for job, text in table:
            self.assertEqual(self.client.asks("PUSH " + json.dumps(job)), f"-{text}")
        self.assertRegex(self.client.asks('PUSH {"jid":"12345678","jobtype":"t","args":[],"at":"soon"}'), "^-ERR invalid timestamp for 'at': \"soon\"")
        self.assertRegex(self.client.asks('PUSH {"jid":"12345678","jobtype":"t","args":[],"queue":"a b"}'), '^-ERR cannot get "a b" queue: queue names must match')
        for line in ("PUSH", "PUSH {", "PUSH []", 'PUSH {"jid":7,"jobtype":"t","args":[]}', "PUSHB", "PUSHB {}", "ACK", "ACK {", 'ACK {"jid":1}', "FAIL", "FAIL {}", "BEAT", "BEAT {}", "TRACK", "MUTATE", "BATCH", "QUEUE"):
            self.assertRegex(self.client.asks(line), "^-ERR ", line)
        self.assertEqual(self.client.asks("CMD foo"), "-ERR unknown command CMD")
        self.assertEqual(self.client.asks(""), "-ERR unknown command ")
        self.assertEqual(self.client.asks("push {}"), "-ERR unknown command push")
        self.assertEqual(self.sets(), {"scheduled": 0, "retries": 0, "dead": 0, "working": 0})

    def test_pushb_takes_what_is_right_and_names_the_rest(self):
        jobs = [{"jid": f"job-{i:05}", "jobtype": "t", "args": [i]} for i in range(50)] + [{"jid": "no-type-x", "args": []}]
        self.assertEqual(json.loads(self.client.ask("PUSHB " + json.dumps(jobs))), {"no-type-x": "jobs must have a jobtype parameter"})
        self.assertEqual(self.client.ask("PUSHB []"), b"{}")
        self.assertEqual(self.client.info()["faktory"]["queues"], {"default": 50})
        self.assertEqual([self.client.fetch()["args"] for _ in range(3)], [[0], [1], [2]])

    def test_pipelined_pushes_are_answered_in_order(self):
        lines = [f'PUSH {{"jid":"pipe{i:05}","jobtype":"t","args":[]}}' if i % 7 else "PUSH {}" for i in range(300)]
        self.client.send("\r\n".join(lines + ["INFO"]))
        for i in range(300):
            if i % 7:
                self.assertEqual(self.client.reply(), "OK")
            else:
                self.assertRaises(FwpError, self.client.reply)
        info = json.loads(self.client.reply())
        self.assertEqual(info["faktory"]["total_enqueued"], len([i for i in range(300) if i % 7]))

    def test_a_jid_is_not_unique(self):
        for _ in range(2):
            self.client.push("same-jid-1")
        self.assertEqual(self.client.fetch()["jid"], self.client.fetch()["jid"])
        self.client.ack("same-jid-1")
        self.assertEqual(self.sets()["working"], 1)
        self.client.ack("same-jid-1")
        self.assertEqual(self.sets()["working"], 0)

    def test_at_in_the_future_schedules(self):
        self.client.push("later-00001", at=LATER)
        self.client.push("past-000001", at="2001-01-01T00:00:00+02:00")
        self.assertEqual((self.sets()["scheduled"], self.client.fetch()["jid"]), (1, "past-000001"))

    def test_unique_jobs(self):
        self.client.push("first-0001", custom={"unique_for": 60})
        self.assertEqual(self.client.asks('PUSH {"jid":"second-001","jobtype":"work","args":[],"custom":{"unique_for":60}}'), "-NOTUNIQUE Job not unique")
        self.assertEqual(self.client.push("other-0001", args=[1], custom={"unique_for": 60}), "OK")
        self.assertEqual(self.client.push("without-01"), "OK")
        self.client.fetch()
        self.client.ack("first-0001")
        self.assertEqual(self.client.push("third-0001", custom={"unique_for": 60, "unique_until": "start"}), "OK")
        bulk = [{"jid": f"bulk-{i:05}", "jobtype": "u", "args": [], "custom": {"unique_for": 60}} for i in range(2)]
        self.assertEqual(json.loads(self.client.ask("PUSHB " + json.dumps(bulk))), {"bulk-00001": "NOTUNIQUE Job not unique"})

    def test_an_expired_job_is_passed_over(self):
        self.client.push("expired-01", custom={"expires_at": "2001-01-01T00:00:00Z"})
        self.client.push("fresh-0001", custom={"expires_in": 60})
        self.assertEqual(self.client.fetch()["jid"], "fresh-0001")


class Work(Faktory):
    def test_queues_are_taken_in_the_given_order_and_nil_comes_after_two_seconds(self):
        self.client.push("low-000001", queue="low")
        self.client.push("high-00001", queue="high")
        self.assertEqual([self.client.fetch("high", "low", "high")["jid"] for _ in range(2)], ["high-00001", "low-000001"])
        began = time.monotonic()
        self.assertIsNone(self.client.fetch("high", "nobody.knows"))
        self.assertTrue(1.8 <= time.monotonic() - began < 4.5)

    def test_one_who_waits_is_woken(self):
        got = []
        worker = self.connect("waiting-worker")
        waiting = threading.Thread(target=lambda: got.append(worker.fetch("a", "b")))
        waiting.start()
        wait_until(lambda: self.client.push("woken-0001", queue="b"))
        waiting.join()
        self.assertEqual(got[0]["jid"], "woken-0001")

    def test_ack_of_an_unknown_jid_is_ok_and_fail_is_not(self):
        self.assertEqual(self.client.ack("unknown-01"), "OK")
        self.assertEqual(self.client.asks('FAIL {"jid":"unknown-01"}'), "-ERR Job not found unknown-01")

    def test_a_failed_job_waits_with_its_failure(self):
        self.client.push("fails-0001", retry=2)
        self.client.fetch()
        self.client.fail("fails-0001", errtype="Boom", message="it broke", backtrace=["a", "b"])
        self.assertEqual(self.sets(), {"scheduled": 0, "retries": 1, "dead": 0, "working": 0})
        (job,) = self.jobs("status=RETRYING")
        wait = [e["data"] for e in self.server.get(f"/jobs/{job['id']}/events") if e["type"] == "RetryScheduled"][0]
        self.assertEqual(wait["rule"], "faktory")
        self.assertTrue(15_000 <= wait["delay_ms"] <= 44_000)
        self.client.ask('MUTATE {"cmd":"requeue","target":"retries","filter":{"jids":["fails-0001"]}}')
        failure = self.client.fetch()["failure"]
        self.assertEqual((failure["retry_count"], failure["remaining"], failure["message"], failure["errtype"], failure["backtrace"]), (0, 2, "it broke", "Boom", ["a", "b"]))

    def test_retry_zero_vanishes_and_negative_is_dead_at_once(self):
        for jid, retry in (("zero-00001", 0), ("minus-0001", -1)):
            self.client.push(jid, retry=retry)
            self.assertEqual(self.client.fetch()["retry"], retry)
            self.client.fail(jid)
        self.assertEqual((self.sets()["dead"], self.sets()["retries"]), (1, 0))
        self.assertEqual(self.jobs("status=FAILED")[0]["error"]["type"], "unknown")

    def test_a_policy_of_its_own(self):
        self.client.push("policy-001", custom={"retry_policy": {"kind": "fixed", "base_ms": 10, "jitter": 0}})
        self.client.fetch()
        self.client.fail("policy-001", message="once")
        self.assertEqual(wait_until(self.client.fetch)["failure"]["message"], "once")

    def test_a_worker_does_not_answer_for_another(self):
        one, two = self.connect("worker-one"), self.connect("worker-two")
        self.client.push("owned-0001")
        self.assertEqual(one.fetch()["jid"], "owned-0001")
        self.assertEqual((two.ack("owned-0001"), self.sets()["working"]), ("OK", 1))
        self.assertEqual(two.asks('FAIL {"jid":"owned-0001"}'), "-ERR Job not found owned-0001")
        self.assertEqual(len(wait_until(lambda: (e := self.server.get("/events?type=ResultRefused")) and len(e) == 2 and e)), 2)
        one.ack("owned-0001")
        self.assertEqual(self.sets()["working"], 0)

    def test_beats(self):
        worker = self.connect("beating-one")
        self.assertEqual(worker.ask('BEAT {"wid":"beating-one","rss_kb":54176}'), "OK")
        self.assertEqual(self.client.asks('BEAT {"wid":"nobody"}'), "-ERR unknown worker nobody")
        (known,) = self.server.get("/workers")
        self.assertEqual((known["name"], known["rss_kb"], known["labels"], known["beats"]), ("beating-one", 54176, ["python"], 1))
        self.server.ask("POST", "/workers/beating-one/quiet")
        self.assertEqual(worker.ask('BEAT {"wid":"beating-one"}'), b'{"state":"quiet"}')
        self.client.push("nobody-gets-it")
        self.assertIsNone(worker.fetch())
        self.assertEqual(worker.ask('BEAT {"wid":"beating-one","current_state":"terminate"}'), b'{"state":"terminate"}')
        self.assertEqual(worker.ask('BEAT {"wid":"beating-one","current_state":"quiet"}'), b'{"state":"terminate"}')
        worker.close()
        wait_until(lambda: not self.server.get("/workers"))

    def test_a_job_from_http_is_fetched_too(self):
        job = self.server.create("web.hook", {"url": "x"}, handler="remote", queue="web")
        got = self.client.fetch("web")
        self.assertEqual((got["jobtype"], got["args"], got["jid"]), ("web.hook", [{"url": "x"}], f"job-{job['id']:08}"))
        self.client.ack(got["jid"])
        self.assertEqual(self.server.job(job["id"])["status"], "SUCCEEDED")

    def test_an_attempt_survives_a_kill_of_the_server(self):
        worker = self.connect("long-lived")
        self.client.push("survives-1")
        worker.fetch()
        self.server.kill()
        self.server.start()
        worker = self.connect("long-lived")
        self.assertEqual(worker.ack("survives-1"), "OK")
        self.assertEqual(self.jobs()[0]["status"], "SUCCEEDED")


class Lost(Faktory):
    flags = ("--lease", "300ms")

    def test_an_attempt_of_a_connection_without_a_name_survives_a_kill_of_the_server(self):
        self.client.push("nameless-1")
        self.client.fetch()
        self.server.kill()
        self.server.start()
        other = self.connect("here")
        self.assertIsNone(other.fetch(), "nobody can tell that it is lost")
        self.assertEqual(self.connect().ack("nameless-1"), "OK")
        job = self.jobs()[0]
        self.assertEqual((job["status"], job["executions"]), ("SUCCEEDED", 1))

    def test_a_worker_that_came_back_may_be_lost_again(self):
        gone, here = self.connect("comes-and-goes"), self.connect("worker-here")
        for jid in ("first-0001", "second-001"):
            gone.ask('BEAT {"wid":"comes-and-goes"}')
            self.client.push(jid)
            self.assertEqual(gone.fetch()["jid"], jid)
            self.assertEqual(wait_until(here.fetch, what=f"the loss of {jid}")["jid"], jid)
            here.ack(jid)

    def test_a_worker_that_is_gone_gives_its_job_back(self):
        gone, here = self.connect("worker-gone"), self.connect("worker-here")
        self.client.push("given-back", custom={"retry_policy": {"kind": "fixed", "base_ms": 60_000}})
        gone.fetch()
        gone.close()
        again = wait_until(here.fetch)
        self.assertEqual((again["jid"], again["failure"]["errtype"]), ("given-back", "WorkerLost"))
        self.assertIn("worker-gone", again["failure"]["message"])
        self.assertEqual(here.ack("given-back"), "OK")
        late = self.connect("worker-gone")
        self.assertEqual(late.ack("given-back"), "OK")
        job = self.jobs()[0]
        self.assertEqual((job["status"], job["executions"]), ("SUCCEEDED", 2))


class Admin(Faktory):
    def fill(self):
        for i in range(3):
            self.client.push(f"dead-00{i:03}", "red" if i else "blue", args=["fizz", i], retry=-1)
            self.client.fetch()
            self.client.fail(f"dead-00{i:03}")
        for i in range(3):
            self.client.push(f"retry-0{i:03}", "green", args=["fizz"])
            self.client.fetch()
            self.client.fail(f"retry-0{i:03}")
        self.client.push("scheduled1", at=LATER)
        self.assertEqual(self.sets(), {"scheduled": 1, "retries": 3, "dead": 3, "working": 0})

    def mutate(self, cmd, target, **filter):
        self.assertEqual(self.client.ask("MUTATE " + json.dumps({"cmd": cmd, "target": target, **filter})), "OK")

    def test_mutate(self):
        self.fill()
        self.mutate("discard", "dead", filter={"jobtype": "red", "regexp": '*\\"args\\":\\[\\"fizz\\",1\\]*'})
        self.assertEqual(self.sets()["dead"], 2)
        self.mutate("kill", "retries", filter={"jids": ["retry-0000"], "jobtype": "nothing"})
        self.assertEqual((self.sets()["dead"], self.sets()["retries"]), (3, 2))
        self.mutate("requeue", "dead", filter={"jobtype": "blue"})
        self.assertEqual(self.client.fetch()["jid"], "dead-00000")
        self.mutate("requeue", "scheduled", filter={})
        self.assertEqual(self.client.fetch()["jid"], "scheduled1")
        self.mutate("clear", "retries")
        self.mutate("discard", "dead")
        self.assertEqual(self.sets(), {"scheduled": 0, "retries": 0, "dead": 0, "working": 2})
        for body, text in (('{"cmd":"eat","target":"dead"}', "unknown mutate operation"), ('{"cmd":"kill","target":"all"}', "invalid target for mutation command"), ("{", "invalid format")):
            self.assertEqual(self.client.asks(f"MUTATE {body}"), f"-ERR {text}")

    def test_mutations_leave_a_job_alone_that_has_come_due(self):
        self.client.push("was-failed", "red")
        self.client.fetch()
        self.client.fail("was-failed")
        self.mutate("requeue", "retries")
        soon = datetime.now(timezone.utc) + timedelta(milliseconds=300)
        self.client.push("was-early1", "red", at=soon.isoformat())
        self.assertEqual(self.sets()["scheduled"], 1)
        wait_until(lambda: self.sets()["scheduled"] == 0)
        for target in ("retries", "scheduled"):
            for what in ("clear", "kill", "discard"):
                self.mutate(what, target)
        self.assertEqual({self.client.fetch()["jid"], self.client.fetch()["jid"]}, {"was-failed", "was-early1"})

    def test_flush_leaves_nothing(self):
        self.fill()
        self.client.push("waiting-001")
        self.client.push("working-001")
        self.client.fetch()
        self.assertEqual(self.client.ask("FLUSH"), "OK")
        info = self.client.info()["faktory"]
        self.assertEqual((info["queues"], info["total_enqueued"], info["sets"]), ({}, 0, {"scheduled": 0, "retries": 0, "dead": 0, "working": 0}))
        self.client.push("after-00001")
        self.assertEqual(self.client.info()["faktory"]["queues"], {"default": 1})

    def test_queues_pause_resume_remove_and_latency(self):
        self.client.push("paused-001", queue="p")
        self.assertEqual(self.client.ask("QUEUE PAUSE p nobody"), "OK")
        self.assertIsNone(self.client.fetch("p"))
        self.server.kill()
        self.server.start()
        self.client = self.connect()
        self.assertIsNone(self.client.fetch("p"))
        self.assertEqual(self.client.ask("QUEUE resume *"), "OK")
        self.assertGreater(json.loads(self.client.ask("QUEUE LATENCY p q"))["p"], 0)
        self.assertEqual(json.loads(self.client.ask("QUEUE LATENCY q")), {"q": 0})
        self.assertRegex(self.client.asks("QUEUE LATENCY *"), "^-ERR QUEUE LATENCY does not support wildcards")
        self.assertEqual(self.client.asks("QUEUE unpause p"), "-ERR no such QUEUE subcommand: UNPAUSE")
        self.assertEqual(self.client.ask("QUEUE REMOVE p"), "OK")
        self.assertNotIn("p", self.client.info()["faktory"]["queues"])
        self.assertIsNone(self.client.fetch("p"))

    def test_info_has_the_shape_that_clients_parse(self):
        info = self.client.info()
        self.assertEqual(list(info), ["now", "server_utc_time", "faktory", "server"])
        self.assertEqual(set(info["faktory"]), {"queues", "sets", "tasks", "total_failures", "total_processed", "total_enqueued", "total_queues"})
        self.assertEqual(set(info["faktory"]["tasks"]), {"Scheduled", "Retries", "Dead", "Busy", "Workers"})
        self.assertRegex(info["server"]["faktory_version"], r"^1\.(\d+)\.\d+$")
        self.assertTrue(all(isinstance(info["server"][name], int) and info["server"][name] >= 1 for name in ("uptime", "connections", "command_count", "used_memory_mb")))

    def test_tracked_jobs_tell_how_far_they_are(self):
        track = lambda: json.loads(self.client.ask("TRACK GET tracked-01"))
        self.assertEqual(track(), {"jid": "tracked-01", "state": "unknown", "updated_at": ""})
        self.client.push("tracked-01", custom={"track": 1})
        self.assertEqual(track()["state"], "enqueued")
        self.assertEqual(self.client.ask('TRACK SET {"jid":"tracked-01","percent":2,"desc":"not yet"}'), "OK")
        self.assertEqual((track()["percent"], track()["desc"]), (2, "not yet"))
        self.client.fetch()
        self.assertEqual(track()["state"], "working")
        self.assertEqual(self.client.ask('TRACK SET {"jid":"tracked-01","percent":40,"desc":"page 4"}'), "OK")
        self.assertEqual((track()["percent"], track()["desc"]), (40, "page 4"))
        self.assertEqual(self.client.ask('TRACK SET {"jid":"tracked-01","desc":null,"reserve_until":"2026-12-31T00:00:00Z"}'), "OK")
        self.client.ack("tracked-01")
        self.assertEqual((track()["state"], track()["percent"]), ("success", 40))

    def test_end_closes(self):
        self.client.send("END")
        self.assertRaises(ConnectionError, self.client.reply)


if __name__ == "__main__":
    unittest.main()
