"""retrylab replay: what happened, once more."""

import json
import os
import shutil
import sqlite3
import subprocess
import unittest

from fwp import Fwp
from harness import BINARY, ServerTest

HOUR = 3_600_000


class Replay(ServerTest):
    flags = ("--clock", "manual", "--clock-start", "2026-01-01T00:00:00Z", "--seed", "11")

    def advance(self, **wish):
        self.assertEqual(self.server.ask("POST", "/clock/advance", wish).status, 200)

    def post(self, path, body=None, status=200):
        answer = self.server.ask("POST", path, body)
        self.assertEqual(answer.status, status, answer.body)

    def replay(self, *flags, code=0, data=None, stdin=None):
        command = [BINARY, "replay", "--data", data or self.server.data, *flags]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, input=stdin, check=False)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done.stdout.splitlines()

    def busy_day(self):
        """A log with every way in which a job can go."""
        rules = [{"name": "some", "type": "mail", "queue": "default", "message": "*2*", "action": "retry_after", "delay_ms": 5}]
        self.assertEqual(self.server.ask("PUT", "/rules", rules).status, 200)
        for n in range(60):
            self.server.create(payload={"duration_ms": 10 * (n % 7)}, delay_ms=5 * n, max_attempts=2 + n % 3)
        self.server.create(payload={"force": "fail", "retry_after_ms": 70, "duration_ms": 0}, max_attempts=2)
        timed_out = self.server.create(payload={"force": "success", "duration_ms": HOUR}, timeout_ms=100, max_attempts=1)["id"]
        stopped = self.server.create(payload={"force": "success", "duration_ms": HOUR})["id"]
        self.post("/jobs/40/cancel", {"reason": "why not"})
        self.post("/jobs/41/dead-letter")
        self.post("/jobs/41/discard")
        self.post("/jobs/42/retry")
        self.advance(by_ms=200)
        self.post(f"/jobs/{stopped}/cancel")
        self.advance(by_ms=100)
        self.post(f"/jobs/{timed_out}/retry", {"max_attempts": 4, "payload": {"force": "success", "duration_ms": 0}})
        self.work()
        self.server.stop()  # gives back what runs
        self.server.start()
        self.advance(until="idle")

    def work(self):
        worker = Fwp(self.server.faktory_port, "w-1")
        for end in ("ack", "fail"):
            worker.push("job-to-" + end, queue="far", retry=1)
            jid = worker.fetch("far")["jid"]
            getattr(worker, end)(jid)
        worker.close()
        self.post("/jobs", {"type": "mail", "handler": "remote", "queue": "near"}, 201)
        lease = self.server.ask("POST", "/leases", {"worker": "w-2", "queues": ["near"]}).json()
        self.post(f"/leases/{lease['fence']}/progress", {"percent": 30})
        self.post(f"/leases/{lease['fence']}/heartbeat", {"extend_ms": 2 * HOUR})
        self.post(f"/leases/{lease['fence']}/release")
        lease = self.server.ask("POST", "/leases", {"worker": "w-2", "queues": ["near"]}).json()
        self.post(f"/leases/{lease['fence']}/fail", {"error": {"message": "later"}, "retry_after_ms": 1234})

    def copy(self, change=None):
        """The log, with one event that says something else."""
        other = os.path.join(self.server.directory, "other")
        shutil.rmtree(other, ignore_errors=True)
        os.mkdir(other)
        with sqlite3.connect(os.path.join(self.server.data, "log.db")) as log, sqlite3.connect(os.path.join(other, "log.db")) as copy:
            log.backup(copy)
            if change:
                for (trigger,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                    copy.execute(f"DROP TRIGGER {trigger}")
                copy.execute("UPDATE events SET data = replace(data, ?, ?) WHERE seq = ?", change)
        log.close()
        copy.close()
        return other

    def test_every_decision_comes_out_the_same(self):
        self.busy_day()
        events = self.server.events()
        self.server.stop()
        kinds = {e["type"] for e in events}
        self.assertLessEqual({"Failed", "RetryScheduled", "DeadLettered", "Released", "Rescheduled", "CancelRequested", "Cancelled", "Requeued", "Discarded", "Extended", "Progressed"}, kinds)
        (line,) = self.replay("--verify")
        batches = sum(1 for e in events if e["job"]) - sum(1 for e in events if e["type"] == "Failed")
        self.assertEqual(line, f"{batches} decisions, 0 differences")

    def test_a_decision_that_would_be_another_one_is_named(self):
        self.busy_day()
        retry = next(e for e in self.server.events() if e["type"] == "RetryScheduled" and e["data"]["rule"] == "exponential")
        self.server.stop()
        other = self.copy(('"delay_ms":', '"delay_ms":1', retry["seq"]))
        lines = self.replay("--verify", data=other, code=65)
        self.assertTrue(lines[-1].endswith(" 1 differences"), lines)
        self.assertTrue(lines[0].startswith(f"event {retry['seq'] - 1} of job {retry['job']}: the log has Failed "), lines)
        difference = self.replay("--compare", other, code=65)
        self.assertEqual(difference[0], f"event {retry['seq']} differs, {retry['seq'] - 1} before it are the same")

    def test_a_log_and_its_copy_are_the_same(self):
        self.busy_day()
        self.server.stop()
        count = len(self.replay())
        self.assertEqual(self.replay("--compare", self.copy(), "--times"), [f"{count} events are the same"])

    def test_a_range_by_seq_or_time_and_what_each_event_changes(self):
        job = self.server.create(payload={"force": "success", "duration_ms": 30}, delay_ms=1000)["id"]
        self.advance(by_ms=2000)
        self.assertEqual([json.loads(x)["type"] for x in self.replay("--from", "2026-01-01T00:00:01Z", "--json")], ["Attempted", "Succeeded", "ClockAdvanced"])
        self.assertEqual([json.loads(x)["type"] for x in self.replay("--to", "2026-01-01T00:00:01.029Z", "--job", str(job), "--json")], ["Created", "Attempted"])
        first, second = (json.loads(x) for x in self.replay("--from", "3", "--to", "4", "--json", "--changes"))
        self.assertEqual(first["changes"]["status"], ["QUEUED", "RUNNING"])
        self.assertEqual(second["changes"]["status"], ["RUNNING", "SUCCEEDED"])
        self.assertIn('              status: "QUEUED" → "RUNNING"', self.replay("--changes"))

    def test_step_by_step(self):
        self.server.create(payload={"force": "success", "duration_ms": 0})
        self.advance(by_ms=1)
        self.assertEqual(len(self.replay("--step", stdin="\nq\n")), 2)

    def test_the_views_of_a_moment(self):
        for n in range(20):
            self.server.create(payload={"force": "success", "duration_ms": 0}, delay_ms=n)
        self.advance(by_ms=100)
        file = os.path.join(self.server.directory, "then.db")
        self.assertEqual(self.replay("--views", file, "--to", "11"), [f"{file}: 11 events"])
        with sqlite3.connect(file) as views:
            created = sum(1 for e in self.server.events() if e["type"] == "Created" and e["seq"] <= 11)
            self.assertEqual(views.execute("SELECT count(*) FROM jobs").fetchone(), (created,))
        views.close()
        self.replay("--views", file, code=73)

    def test_bad_flags(self):
        self.replay("--from", "yesterday", code=64)
        self.replay("--verify", "--step", code=64)
        self.replay(data=self.server.directory, code=66)


if __name__ == "__main__":
    unittest.main()
