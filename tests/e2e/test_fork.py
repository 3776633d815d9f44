"""A fork: a slice of one log, redacted by rules, opened as the beginning of another one, with the clock stopped."""

import json
import os
import re
import subprocess
import unittest

from fwp import Fwp
from harness import BINARY, Server, ServerTest
from test_webhooks import Service, handler, reply

ALIVE = "SCHEDULED,QUEUED,RUNNING,RETRYING,FAILED"
SECRET = "alice@secret.example"
HOUR = 3_600_000
RULES = """
key = "sixteen bytes or more"

[[rule]]
in = ["payload"]
keys = ["Customer*"]
action = "hash"

[[rule]]
types = ["pay*"]
in = ["payload"]
at = ["/card/number"]
action = "drop"

[[rule]]
in = ["payload"]
at = ["/order"]
action = "keep"

[[rule]]
in = ["payload", "error", "result", "text"]
action = "replace"
with = "(gone)"

[[rule]]
in = ["tags", "ids", "workers"]
action = "hash"

[[rule]]
queues = ["nobody"]
action = "drop"
"""


def command(*arguments, env=None):
    return subprocess.run([BINARY, *map(str, arguments)], capture_output=True, text=True, timeout=120, env={**os.environ, **(env or {})})


class Fork(ServerTest):
    flags = ("--clock", "manual", "--clock-start", "2026-01-01T00:00:00Z", "--keep-succeeded", "60s", "--seed", "7", "--lease", "1d")

    def setUp(self):
        self.server = Server(*self.flags)
        self.addCleanup(self.server.dispose)
        self.hook = Service(self, lambda head, body: [reply(500, "no")])
        self.config = os.path.join(self.server.directory, "retrylab.toml")
        with open(self.config, "w") as config:
            config.write(handler("pay.card", self.hook.port) + handler("asked", self.hook.port) + '[handlers.shell]\nkind = "exec"\ncommand = ["/bin/touch", "%s"]\n' % self.touched())
        self.server.flags = (*self.flags, "--config", self.config)
        self.server.start()

    def touched(self):
        return os.path.join(self.server.directory, "a command ran")

    def advance(self, server=None, **wish):
        answer = (server or self.server).ask("POST", "/clock/advance", {"patience_ms": 200, **wish})
        self.assertEqual(answer.status, 200, answer.body)
        return answer.json()

    def work(self):
        """Four thousand events, of them many in the archive, and jobs in every state."""
        s = self.server
        private = {"customer": SECRET, "order": 7, "note": f"for {SECRET}"}
        quick = {"force": "success", "duration_ms": 0, **private}
        self.assertEqual(s.ask("PUT", "/policies/slow", {"kind": "fixed", "base_ms": 2 * HOUR, "cap_ms": 2 * HOUR, "jitter": 0}).status, 200)
        s.ask("PUT", "/queues/bulk/limit", {"concurrency": 5})
        s.ask("POST", "/jobs/bulk", [{"type": "mail", "payload": quick, "queue": "bulk", "tags": [SECRET]}] * 1200)
        self.advance(by_ms=1000)
        for n in range(30):
            s.create("mail", {"force": "fail", **private}, max_attempts=1)
            s.create("report", {"force": "fail", "duration_ms": 5, **private}, retry="slow", max_attempts=9)
            s.create("later", private, delay_ms=50 * HOUR, tags=[SECRET])
        s.create("pay.card", {"card": {"number": SECRET, "year": 2030}, **private}, retry="slow", max_attempts=3, unique={"key": SECRET, "for_ms": 90 * HOUR})
        self.advance(by_ms=HOUR)
        self.middle = s.events()[-1]["seq"]
        s.create("held", private, handler="remote", queue="hand")
        self.lease = s.ask("POST", "/leases", {"worker": f"w {SECRET}", "queues": ["hand"]}).json()
        s.create("long", {"duration_ms": 20 * HOUR})
        s.ask("POST", "/queues/stopped/pause", {"reason": f"{SECRET} said so"})
        s.create("mail", quick, queue="stopped")
        s.ask("POST", "/jobs/bulk", [{"type": "mail", "payload": quick, "queue": "bulk"}] * 200)
        self.advance(by_ms=60_000)
        self.newest = s.get("/state")["seq"]

    def export(self, *flags, name="slice.ndjson", env=None):
        file = os.path.join(self.server.directory, name)
        done = command("export", "--data", self.server.data, "--out", file, *flags, env=env)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.said = done.stderr
        return file

    def rules(self, text=RULES):
        file = os.path.join(self.server.directory, "rules.toml")
        with open(file, "w") as rules:
            rules.write(text)
        return file

    def fork(self, file, *flags):
        fork = Server("--fork", file, "--config", self.config, *flags)
        self.addCleanup(fork.dispose)
        return fork.start()

    def state(self, server, at, without=()):
        state = server.get(f"/state?at={at}&limit=1000&list={ALIVE}")
        return {name: value for name, value in state.items() if name not in ("newest_seq", "purged_jobs", *without)}

    def lines(self, file):
        with open(file) as exported:
            return [json.loads(line) for line in exported]

    def test_a_fork_is_what_its_source_was_at_every_moment(self):
        self.work()
        self.assertGreater(self.newest, 4000)
        self.assertIn("00000001.ndjson.zst", os.listdir(os.path.join(self.server.data, "archive")))
        moments = [self.middle, self.newest - 30, self.newest]
        there = [self.state(self.server, at) for at in moments]
        fork = self.fork(self.export(name="all.ndjson.zst"))
        self.assertEqual([self.state(fork, at) for at in moments], there)
        # Of jobs that were purged since, the source only has the counts.
        early = self.middle // 2
        self.assertEqual(*[self.state(s, early, ("jobs", "next_due")) for s in (fork, self.server)])
        self.assertEqual(fork.get("/clock")["now"], self.server.get("/clock")["now"])
        origin = next(e for e in fork.events() if e["type"] == "Forked")
        self.assertEqual({n: origin["data"][n] for n in ("from", "last", "left_out", "redacted")}, {"from": 1, "last": self.newest, "left_out": 0, "redacted": False})
        self.assertEqual(len(origin["data"]["chain"]), 64)
        # What ran in the process itself ended with it; a worker's lease stands until it is late.
        long, held = fork.get("/jobs?type=long")[0], fork.job(self.lease["job"]["id"])
        self.assertEqual((long["status"], long["error"]["type"], held["status"]), ("RETRYING", "Interrupted", "RUNNING"))
        now = fork.get("/state")
        self.assertEqual(now["by_status"]["RUNNING"], there[-1]["by_status"]["RUNNING"] - 1)
        fork.stop()
        verified = fork.verify()
        self.assertIn(", 0 violations", verified.stdout)

    def test_time_goes_on_and_nothing_reaches_outside(self):
        self.work()
        calls = self.hook.connections
        self.assertGreater(calls, 0)
        self.server.create("shell", {"force": "success"}, delay_ms=HOUR)
        self.server.create("asked", {"force": "success"}, handler="http", delay_ms=HOUR)
        file = self.export()
        fork = self.fork(file, "--lease", "30s")
        pay = fork.get("/jobs?type=pay.card")[0]["id"]
        self.assertEqual(fork.job(pay)["status"], "RETRYING")
        fork.ask("POST", "/jobs", {"type": "pay.card", "payload": {"force": "success"}})
        report = self.advance(fork, by_ms=3 * HOUR)
        self.assertIn(pay, [job["id"] for job in report["jobs"]])
        self.assertEqual(fork.job(self.lease["job"]["id"])["error"]["type"], "WorkerLost")
        attempts = [e["data"]["worker"] for e in fork.get(f"/jobs/{pay}/events") if e["type"] == "Attempted"]
        self.assertEqual((attempts[0], set(attempts[1:])), ("http", {"simulator"}))
        for kind in ("shell", "asked"):
            self.assertEqual(fork.get(f"/jobs?type={kind}")[0]["status"], "SUCCEEDED", kind)
        self.assertEqual((self.hook.connections, os.path.exists(self.touched())), (calls, False))
        # A later start knows what the log is: contained, and where time was.
        then = fork.get("/clock")["now"]
        fork.stop()
        fork.start(flags=("--config", self.config))
        clock = fork.get("/clock")
        self.assertEqual((clock["kind"], clock["now"]), ("manual", then))
        fork.create("pay.card", {"force": "success"})
        self.advance(fork, by_ms=60_000)
        self.assertEqual(self.hook.connections, calls)
        fork.stop()
        self.assertIn(", 0 violations", fork.verify().stdout)
        # Who says so lets it out.
        fork.start(flags=("--config", self.config, "--allow-outside"))
        fork.create("pay.card", max_attempts=1)
        self.advance(fork, by_ms=60_000)
        self.assertGreater(self.hook.connections, calls)

    def test_a_slice_stands_for_itself(self):
        self.work()
        whole, part = self.export(name="whole"), self.export("--from", self.middle, name="part")
        head, *events, end = self.lines(part)
        self.assertEqual((head["type"], head["seq"], head["data"]["from"]), ("Exported", 0, self.middle))
        self.assertEqual((end["type"], end["seq"], end["data"]["last"], end["data"]["events"]), ("ExportEnded", 0, self.newest, len(events)))
        self.assertLess(len(events), len(self.lines(whole)) - 2000)
        self.assertTrue(all(e["seq"] in range(1, self.newest + 1) for e in events))
        fork = self.fork(part)
        # Jobs that had ended before are not there; all others are as they were.
        for at in (self.middle, self.newest):
            here, there = self.state(fork, at), self.state(self.server, at)
            self.assertEqual((here["jobs"], here["next_due"], here["policies"], here["at"]), (there["jobs"], there["next_due"], there["policies"], there["at"]))
            self.assertEqual({n: here["by_status"][n] for n in ALIVE.split(",")}, {n: there["by_status"][n] for n in ALIVE.split(",")})
            self.assertEqual(*[[{n: q[n] for n in ("name", "paused", "pause_reason", "concurrency")} for q in s["queues"]] for s in (here, there)])
        origin = next(e for e in fork.events() if e["type"] == "Forked")["data"]
        self.assertEqual(origin["left_out"], self.newest - len(events))
        self.assertGreater(fork.create()["id"], max(e["job"] for e in events))
        self.advance(fork, by_ms=3 * HOUR)
        fork.kill()
        verified = fork.verify()
        self.assertIn(f"fork: events {self.middle} to {self.newest} of another log, {origin['left_out']} events left out\n", verified.stdout)
        self.assertIn(", 0 violations", verified.stdout)
        # And a fork of the fork.
        self.server.data = fork.data
        again = self.fork(self.export("--from", self.newest, name="again"), "--ephemeral")
        self.assertEqual(again.get("/jobs?type=pay.card")[0]["id"], fork.start(flags=()).get("/jobs?type=pay.card")[0]["id"])

    def test_a_run_of_the_lab_is_a_log_as_well(self):
        trace = self.trace("max_attempts: 2, payload: {force: fail, duration_ms: 5}, retry: {base_ms: 7000, jitter: 0}")
        head, *events, end = self.lines(trace)
        self.assertEqual((head["data"]["from"], end["data"]["last"]), (1, len(events)))
        fork = self.fork(trace)
        self.assertEqual(fork.events()[: len(events)], events)
        self.assertEqual(fork.get("/clock")["now"], events[-1]["at"])
        counts = fork.get("/state?at=2026-01-01T00:00:08.5Z")["by_status"]
        self.assertEqual((counts["FAILED"], counts["RETRYING"]), (2, 7))
        early = self.fork(trace, "--fork-at", "2026-01-01T00:00:08.5Z")
        early.ask("POST", "/clock/advance", {"until": "idle"})
        self.assertEqual(early.get("/stats")["by_status"]["FAILED"], 9)
        with open(trace, "w") as file:
            file.writelines(json.dumps(e) + "\n" for e in [*events[1:], end])
        refused = command("serve", "--fork", trace, "--data", os.path.join(self.server.directory, "refused"))
        self.assertIn("does not begin with what `retrylab export` writes first", refused.stderr)

    def test_it_opens_at_any_moment(self):
        self.work()
        file = self.export("--from", self.middle, "--to", self.newest - 10)
        at = self.middle + 5
        fork = self.fork(file, "--fork-at", str(at))
        origin = next(e for e in fork.events() if e["type"] == "Forked")
        self.assertEqual(self.state(fork, at)["jobs"], self.state(self.server, at)["jobs"])
        self.assertEqual((origin["data"]["last"], origin["at"]), (at, self.state(self.server, at)["at"]))
        moment = "2026-01-01T00:30:00.000000Z"
        fork = self.fork(self.export("--to", "2026-01-01T00:45:00Z", name="early"), "--fork-at", moment, "--ephemeral")
        self.assertEqual(fork.get("/clock")["now"], moment)
        # What the fork's own start recorded is at that time too.
        self.assertEqual(*[self.state(s, moment, ("seq",)) for s in (fork, self.server)])
        for wrong in ("9999999", "1", "2027-01-01T00:00:00Z"):
            done = command("serve", "--ephemeral", "--http", "127.0.0.1:0", "--fork", file, "--fork-at", wrong)
            self.assertEqual(done.returncode, 65)
            self.assertIn(f"--fork-at {wrong}: the export has the events {self.middle} to", done.stderr)

    def test_a_failed_attempt_and_what_follows_are_one(self):
        self.server.create("report", {"force": "fail", "duration_ms": 5}, max_attempts=2)
        self.advance(by_ms=1000)
        failed = next(e["seq"] for e in self.server.events() if e["type"] == "Failed")
        *_, last, end = self.lines(self.export("--to", failed))
        self.assertEqual(end["data"]["last"], failed + 1)
        self.assertEqual((last["seq"], last["type"]), (failed + 1, "RetryScheduled"))
        fork = self.fork(self.export(), "--fork-at", str(failed))
        self.assertEqual(fork.job(1)["status"], "RETRYING")
        fork.stop()
        self.assertIn(", 0 violations", fork.verify().stdout)

    def test_no_secret_is_left(self):
        self.work()
        self.server.ask("POST", f"/leases/{self.lease['fence']}/ack", {"result": {"sent to": SECRET}})
        file = self.export("--redact", self.rules())
        idle = RULES.split("\n").index('queues = ["nobody"]')
        self.assertIn(f"rules.toml:{idle}: this rule matched nothing", self.said)
        self.assertRegex(self.said, r"values redacted: \d{4,}\n")
        with open(file) as exported:
            text = exported.read()
        for secret in ("secret.example", "/hooks/"):  # the address of a webhook that failed
            self.assertNotIn(secret, text)
            self.assertIn(secret, open(self.export(name="bare")).read())
        packed = self.export("--redact", self.rules(), name="packed.ndjson.zst")
        self.assertEqual(subprocess.run(["zstd", "-dcq", packed], capture_output=True, check=True).stdout.decode(), text)
        self.assertNotIn(b"secret.example", open(packed, "rb").read())
        mails = [e["data"] for e in self.lines(file) if e["type"] == "Created" and e["data"]["type"] == "mail"]
        hashes = {m["payload"]["customer"] for m in mails}
        self.assertEqual(len(hashes), 1)
        self.assertEqual(mails[0]["payload"], {"force": "success", "duration_ms": 0, "customer": hashes.copy().pop(), "order": 7, "note": "(gone)"})
        self.assertEqual(mails[0]["tags"], [hashes.pop()])
        pay = next(e["data"] for e in self.lines(file) if e["type"] == "Created" and e["data"]["type"] == "pay.card")
        self.assertEqual((pay["payload"]["card"], pay["payload"]["order"]), ({"year": "(gone)"}, 7))
        # Another key, another hash; the flag's wins over the file's.
        other = self.export("--redact", self.rules(), name="other", env={"RETRYLAB_REDACT_KEY": "another key of some length"})
        self.assertNotEqual(next(e for e in self.lines(other) if e["type"] == "Created")["data"]["payload"]["customer"], mails[0]["payload"]["customer"])
        # It opens, and everything that is not redacted is as it was.
        fork = self.fork(file)
        here, there = [self.state(s, self.newest, ("jobs", "next_due", "workers", "queues")) for s in (fork, self.server)]
        self.assertEqual(here, there)
        self.assertTrue(next(e for e in fork.events() if e["type"] == "Forked")["data"]["redacted"])
        self.assertEqual(fork.job(self.lease["job"]["id"])["status"], "SUCCEEDED")
        fork.stop()
        self.assertIn(", 0 violations", fork.verify().stdout)

    def test_a_mistake_in_the_rules_is_named(self):
        for text, where in (
            ("[[rule]]\naction = 'burn'\n", "rules.toml:2: rule[0].action must be keep, drop, replace or hash"),
            ("[[rule]]\nin = ['payload']\n", "rules.toml:1: rule[0].action is required"),
            ("[[rule]]\naction = 'drop'\nin = ['body']\n", 'rules.toml:3: rule[0].in has "body"; it may name payload'),
            ("[[rule]]\naction = 'drop'\nat = ['email']\n", 'rules.toml:3: rule[0].at has "email"'),
            ("[[rule]]\naction = 'drop'\nkeys = 'email'\n", "rules.toml:3: rule[0].keys must be an array of texts"),
            ("[[rule]]\naction = 'drop'\ntype = ['x']\n", "rules.toml:3: rule[0].type is not known"),
            ("[[rule]]\naction = 'drop'\nwith = 'x'\n", "with goes with the action replace only"),
            ("[[rule]]\naction = 'hash'\n", "rules.toml:1: hash needs a key of at least 16 bytes"),
            ("key = 'short'\n[[rule]]\naction = 'hash'\n", "rules.toml:2: hash needs a key"),
            ("rules = 1\n", "rules.toml:1: rules is not known"),
            ("", "rules.toml: has no rule"),
            ("[[rule]\n", "rules.toml:1: "),
        ):
            done = command("export", "--data", self.server.data, "--redact", self.rules(text))
            self.assertEqual((done.returncode, done.stdout), (64, ""), text)
            self.assertIn(where, done.stderr)
        for nothing in (("--from", "9999"), ("--to", "2025-01-01T00:00:00Z"), ("--from", "2", "--to", "1")):
            done = command("export", "--data", self.server.data, *nothing)
            self.assertEqual((done.returncode, done.stderr), (64, "--from, --to: there is no event in this range\n"))
        missing = command("export", "--data", self.server.data, "--redact", "/nowhere.toml")
        self.assertEqual(missing.returncode, 64)
        self.assertIn("/nowhere.toml", missing.stderr)

    def test_what_cannot_be_forked_is_said(self):
        self.server.create()
        file = self.export()
        serve = ("serve", "--http", "127.0.0.1:0")
        for arguments, code, why in (
            (("--data", self.server.data, "--fork", file), 64, "has a log already"),
            (("--ephemeral", "--fork", "/nowhere"), 66, "/nowhere:0: cannot be read"),
            (("--ephemeral", "--fork", self.config), 66, "retrylab.toml:1: "),
            (("--ephemeral", "--fork", file, "--clock-start", "2026-01-01T00:00:00Z"), 64, "--clock-start: not with --fork"),
            (("--ephemeral", "--fork-at", "4"), 64, "--fork"),
            (("--ephemeral", "--fork", file, "--fork-at", "noon"), 64, "must be a seq, or a time"),
        ):
            done = command(*serve, *arguments)
            self.assertEqual(done.returncode, code, done.stderr)
            self.assertIn(why, done.stderr)
        # A file of the first format that is cut off, or whose lines are swapped: that shows while it is copied.
        lines = self.in_first_format(file)
        for broken, why in ((lines[:-1], "ends at event"), ([*lines[:1], lines[2], lines[1], *lines[3:]], "out of order"), (lines[2:], "does not begin with what")):
            with open(file, "w") as cut:
                cut.writelines(broken)
            data = os.path.join(self.server.directory, f"cut-{len(broken)}-{why[:4]}")
            done = command(*serve, "--data", data, "--fork", file)
            self.assertIn(done.returncode, (65, 66))
            self.assertIn(why, done.stderr)
            if os.path.exists(data):
                again = command(*serve, "--data", data)
                self.assertEqual(again.returncode, 65)
                self.assertIn("is half a fork", again.stderr)

    def in_first_format(self, file):
        """The lines of an export as an earlier version wrote them."""
        head, *events, end = self.lines(file)
        old = {**head, "at": end["at"], "data": {**head["data"], "format": 1, "last": end["data"]["last"]}}
        return [json.dumps(line, separators=(",", ":")) + "\n" for line in (old, *events)]

    def trace(self, jobs="payload: {duration_ms: 5}"):
        scenario = os.path.join(self.server.directory, "run.yaml")
        with open(scenario, "w") as file:
            file.write(f"jobs: [{{type: mail, rate: 1/s, to: 10s, {jobs}}}]")
        trace = os.path.join(self.server.directory, "trace.ndjson")
        self.assertEqual(command("lab", "run", scenario, "--trace", trace).returncode, 0)
        return trace

    def refusal(self, file):
        data = os.path.join(self.server.directory, "refused")
        done = command("serve", "--http", "127.0.0.1:0", "--data", data, "--fork", file, "--fork-at", "1")
        self.assertEqual(done.returncode, 66, done.stderr)
        self.assertFalse(os.path.exists(data), "it was begun")
        return done.stderr

    def test_a_file_that_is_not_whole_is_refused_wherever_it_is_opened(self):
        self.server.create()
        self.advance(by_ms=60_000)
        for file in (self.export(), self.trace()):
            with open(file) as whole:
                head, *events, end = whole.readlines()
            n = len(events)
            self.assertGreaterEqual(n, 5)
            cut = "ends without the last line that its first one promises: it was cut off"
            for broken, line, why in (
                ([head, *events], n + 1, cut),
                ([head, *events[:-1]], n, cut),
                ([head, *events, end[:-30]], n + 2, "text is not valid JSON"),
                ([head, *events[:-1], events[-1][:20]], n + 1, cut),
                ([head], 1, cut),
                ([head, *events[:3], *events[4:], end], n + 1, f"the last line promises {n} events, but {n - 1} stand before it"),
                ([head, events[1], events[0], *events[2:], end], n + 2, "the events are not those that were written: their SHA-256 is"),
                ([head, *events[:-1], events[-1].replace('"at":"20', '"at":"21', 1), end], n + 2, "the events are not those that were written"),
                ([head, *events, end, events[-1]], n + 3, "stands behind the last line"),
                ([head, *events[:2], head, *events[2:], end], 4, "is no event and not the last line"),
            ):
                with open(file, "w") as other:
                    other.writelines(broken)
                said = self.refusal(file)
                self.assertIn(f"--fork: {file}:{line}: ", said, why)
                self.assertIn(why if "JSON" not in why else f":{line}: ", said)

    def test_a_compressed_file_that_is_cut_off_is_refused(self):
        self.work()
        file = self.export(name="packed.ndjson.zst")
        os.truncate(file, os.path.getsize(file) - 40)
        self.assertRegex(self.refusal(file), rf"--fork: {re.escape(file)}:\d+: .*ends too early")
        text = subprocess.run(["zstd", "-dcq", self.export(name="packed.ndjson.zst")], capture_output=True, check=True).stdout
        subprocess.run(["zstd", "-qf", "-o", file], input=b"".join(text.splitlines(keepends=True)[:-1]), check=True)
        self.assertIn("it was cut off", self.refusal(file))

    def test_a_file_of_an_earlier_version_is_opened_with_a_warning(self):
        self.server.create()
        file, trace = self.export(), self.trace()
        with open(trace) as lines:
            old_trace = lines.readlines()[1:-1]
        cannot = "has no last line, as earlier versions wrote none: its end cannot be checked"
        for name, lines, warned in ((file, None, False), (file, self.in_first_format(file), True), (trace, None, False), (trace, old_trace, True)):
            if lines:
                with open(name, "w") as old:
                    old.writelines(lines)
            process = subprocess.Popen([BINARY, "serve", "--ephemeral", "--http", "127.0.0.1:0", "--fork", name], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            ready = process.stdout.readline()
            process.terminate()
            said = process.communicate(timeout=60)[1]
            self.assertIn('"http"', ready, said)
            self.assertEqual(f"{name} {cannot}" in said, warned, said)

    def test_workers_find_nothing_unless_they_are_asked(self):
        self.server.create("held", {"n": 1}, handler="remote")
        file = self.export()
        process = subprocess.Popen([BINARY, "serve", "--ephemeral", "--http", "127.0.0.1:0", "--fork", file], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.terminate)
        self.assertEqual(json.loads(process.stdout.readline())["faktory"], "off")
        asked = self.fork(file, "--ephemeral")  # with --faktory
        worker = Fwp(asked.faktory_port, "mine")
        self.addCleanup(worker.close)
        self.assertEqual(worker.fetch()["jobtype"], "held")


if __name__ == "__main__":
    unittest.main()
