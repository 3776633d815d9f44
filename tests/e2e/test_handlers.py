"""Handlers that are configured: commands."""

import json
import os
import subprocess
import unittest

from harness import BINARY, ServerTest, wait_until

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "../.."))


class Handlers(ServerTest):
    config = ""

    def setUp(self):
        super().setUp()
        self.server.stop()
        self.restart()

    def restart(self, config=None):
        file = os.path.join(self.server.directory, "retrylab.toml")
        with open(file, "w", encoding="utf-8") as out:
            out.write(config if config is not None else self.config)
        self.server.start(flags=("--config", file, *self.flags))

    def failures(self, job):
        return [e["data"] for e in self.server.get(f"/jobs/{job['id']}/events") if e["type"] == "Failed"]


def shell(type, script, more=""):
    """A handler whose command is a small script; the script is configuration, no part of a job."""
    return f'[handlers."{type}"]\nkind = "exec"\ncommand = ["/bin/sh", "-c", {json.dumps(script)}]\n{more}\n'


class Commands(Handlers):
    flags = ("--exec-concurrency", "4")
    config = "\n".join((
        shell("echo", "cat"),
        shell("words", "echo 'a  b'; echo c"),
        shell("silent", ":"),
        shell("who", "env | sort | grep RETRYLAB -A0 | tr '\\n' ';'; echo \"COLOUR=$COLOUR;\"; pwd", 'directory = "/"\nenvironment = { COLOUR = "blue" }'),
        shell("dataerr", "echo first >&2; echo bad row 7 >&2; exit 65"),
        shell("tempfail", 'test "$RETRYLAB_ATTEMPT" -gt 1 || exit 75'),
        shell("crash", "kill -SEGV $$"),
        shell("endless", "yes"),
        shell("loud", "yes | head -c 300000 >&2; exit 1"),
        shell("deaf", "trap '' TERM; sleep 600"),
        shell("tree", 'sleep 600 & echo $! > "$HOME/sleeper"; wait', 'environment = { HOME = "@DATA@" }'),
        shell("orphan", 'sleep 600 & echo $! > "$HOME/orphan"', 'environment = { HOME = "@DATA@" }'),
        shell("busy", 'ls "$HOME" > /dev/null; echo x >> "$HOME/started"; sleep 0.2; wc -l < "$HOME/started"', 'environment = { HOME = "@DATA@" }'),
        '[handlers.missing]\nkind = "exec"\ncommand = ["/no/such/program"]\n',
    ))

    def restart(self, config=None):
        super().restart((config or self.config).replace("@DATA@", self.server.directory))

    def run_job(self, type, payload=None, status="SUCCEEDED", **more):
        job = self.server.create(type=type, payload=payload if payload is not None else {}, **{"max_attempts": 1, **more})
        ended = self.server.ended(job["id"])
        self.assertEqual(ended["status"], status, ended)
        return ended

    def test_payload_in_and_result_out(self):
        payload = {"a": [1, 2.50, "Grüße \\u0000"], "big": 12345678901234567890123}
        self.assertEqual(self.run_job("echo", payload)["result"], payload)
        self.assertEqual(self.run_job("words")["result"], "a  b c")
        self.assertIsNone(self.run_job("silent")["result"])
        large = {"text": "x" * 60_000}
        self.assertEqual(self.run_job("echo", large)["result"], large)

    def test_what_a_command_sees(self):
        job = self.run_job("who")
        seen = dict(part.strip().split("=", 1) for part in job["result"].split(";") if "=" in part)
        id, fence = str(job["id"]), [e["seq"] for e in self.server.get(f"/jobs/{job['id']}/events") if e["type"] == "Attempted"]
        expected = {"COLOUR": "blue", "RETRYLAB_JOB": id, "RETRYLAB_TYPE": "who", "RETRYLAB_QUEUE": "default", "RETRYLAB_ATTEMPT": "1",
                    "RETRYLAB_FENCE": str(fence[0]), "RETRYLAB_IDEMPOTENCY_KEY": f"{id}-1"}
        self.assertEqual(seen, expected)
        self.assertTrue(job["result"].endswith("/"))

    def test_exit_codes(self):
        job = self.run_job("dataerr", status="FAILED", max_attempts=5)
        failure = self.failures(job)[0]["error"]
        self.assertEqual((job["attempts"], failure["type"], failure["message"]), (1, "ExitCode", "exit code 65: bad row 7"))
        self.assertEqual(failure["backtrace"], ["first", "bad row 7"])
        job = self.run_job("tempfail", max_attempts=3, retry={"kind": "fixed", "base_ms": 1})
        self.assertEqual((job["executions"], self.failures(job)[0]["error"]["message"]), (2, "exit code 75"))
        failure = self.failures(self.run_job("crash", status="FAILED"))[0]["error"]
        self.assertEqual((failure["type"], failure["message"]), ("Signal", "killed by signal 11 (Segmentation fault)"))
        failure = self.failures(self.run_job("missing", status="FAILED"))[0]["error"]
        self.assertEqual((failure["type"], failure["message"]), ("NotStarted", "cannot start /no/such/program: No such file or directory"))

    def test_output_has_a_cap(self):
        failure = self.failures(self.run_job("loud", status="FAILED"))[0]["error"]
        self.assertEqual(len(failure["backtrace"]), 50)
        job = self.run_job("endless", status="FAILED", timeout_ms=300)
        self.assertEqual([f["cause"] for f in self.failures(job)], ["timeout"])

    def test_a_timeout_ends_the_whole_group(self):
        self.run_job("tree", status="FAILED", timeout_ms=400)
        with open(os.path.join(self.server.directory, "sleeper"), encoding="utf-8") as file:
            sleeper = int(file.read())
        wait_until(lambda: not alive(sleeper))
        self.run_job("orphan")
        with open(os.path.join(self.server.directory, "orphan"), encoding="utf-8") as file:
            orphan = int(file.read())
        wait_until(lambda: not alive(orphan))

    def test_a_cancel_stops_even_who_ignores_it(self):
        job = self.server.create(type="deaf", payload={})
        self.server.reaches(job["id"], "RUNNING")
        self.assertEqual(self.server.ask("POST", f"/jobs/{job['id']}/cancel").status, 200)
        self.assertEqual(self.server.ended(job["id"])["status"], "CANCELLED")

    def test_no_more_run_than_may(self):
        ids = [self.server.create(type="busy", payload={})["id"] for _ in range(12)]
        most = [self.server.ended(id) for id in ids]
        times = [(j["started_at"], j["finished_at"]) for j in most]
        for start, _ in times:
            self.assertLessEqual(sum(a <= start < b for a, b in times), 4)

    def test_a_kill_of_the_server_runs_it_again(self):
        job = self.server.create(type="tempfail", payload={}, max_attempts=5, retry={"kind": "fixed", "base_ms": 1})
        self.server.ended(job["id"])
        job = self.server.create(type="busy", payload={}, max_attempts=5, retry={"kind": "fixed", "base_ms": 1})
        self.server.reaches(job["id"], "RUNNING")
        self.server.kill()
        self.restart()
        ended = self.server.ended(job["id"])
        self.assertEqual(ended["status"], "SUCCEEDED")
        self.assertIn("interrupted", [f["cause"] for f in self.failures(job)])

    def test_a_stop_gives_attempts_back(self):
        job = self.server.create(type="deaf", payload={})
        self.server.reaches(job["id"], "RUNNING")
        self.server.stop()
        self.restart('[handlers.deaf]\nkind = "remote"\n')
        kinds = [e["type"] for e in self.server.get(f"/jobs/{job['id']}/events")]
        self.assertEqual(kinds, ["Created", "Attempted", "Released"])
        self.assertEqual(self.server.job(job["id"])["status"], "QUEUED")

    def test_only_configured_types_may_ask_for_it(self):
        answer = self.server.ask("POST", "/jobs", {"type": "other", "handler": "exec"})
        self.assertEqual((answer.status, answer.json()["errors"][0]["field"]), (422, "handler"))


def alive(pid):
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


class Example(Handlers):
    def setUp(self):
        super().setUp()
        self.server.stop()
        self.server.start(flags=("--config", os.path.join(ROOT, "examples/command/retrylab.toml")), cwd=ROOT)

    def test_the_command(self):
        job = self.server.create(type="image.resize", payload={"width": 3, "height": 4, "flaky": True}, retry={"kind": "fixed", "base_ms": 1})
        ended = self.server.ended(job["id"])
        self.assertEqual((ended["status"], ended["executions"], ended["result"]), ("SUCCEEDED", 2, {"pixels": 12, "key": f"{job['id']}-1"}))
        job = self.server.create(type="image.resize", payload={"width": "wide"})
        self.assertEqual(self.server.ended(job["id"])["status"], "FAILED")


class BadFiles(ServerTest):
    def test_each_mistake_is_named_with_its_line(self):
        file = os.path.join(self.server.directory, "bad.toml")
        for text, told in (
            ("[handlers.a]\nkind = 'exec'\n", "bad.toml:1: handlers.a.command must be an array"),
            ("\n[handlers.a]\ncommand = ['x']\n", "bad.toml:2: handlers.a.kind is required"),
            ("[handlers.a]\nkind = 'magic'\n", "bad.toml:2: handlers.a.kind must be"),
            ("[handlers.a]\nkind = 'exec'\ncommand = 'sh -c x'\n", "bad.toml:3: handlers.a.command must be an array"),
            ("[handlers.a]\nkind = 'exec'\ncommand = ['x', 7]\n", "bad.toml:3: handlers.a.command must be a text"),
            ("[handlers.a]\nkind = 'remote'\ncommand = ['x']\n", "bad.toml:3: handlers.a.command is not known"),
            ("handlers = 3\n", "bad.toml:1: handlers must be a table"),
            ("seed = 1\nseed = 2\n", "bad.toml:2: "),
            ("nonsense = 1\n", "nonsense"),
            ("concurrency = 'many'\n", "concurrency"),
            ("[handlers.a\n", "bad.toml:1: "),
        ):
            with open(file, "w", encoding="utf-8") as out:
                out.write(text)
            done = subprocess.run([BINARY, "serve", "--config", file, "--data", file + ".d"], capture_output=True, text=True, timeout=30)
            self.assertEqual(done.returncode, 64, (text, done.stderr))
            self.assertIn(told, done.stderr)
        done = subprocess.run([BINARY, "serve", "--config", file + ".none"], capture_output=True, text=True, timeout=30)
        self.assertEqual(done.returncode, 64)


if __name__ == "__main__":
    unittest.main()
