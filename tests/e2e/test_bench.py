"""The load generator: what it says it did is what the server counted. Counts only: timings are not a test's business."""

import json
import subprocess
import unittest

from harness import BINARY, ServerTest, wait_until

EX_USAGE, EX_UNAVAILABLE, EX_PROTOCOL = 64, 69, 76


def bench(*arguments):
    return subprocess.run([BINARY, "bench", "--output", "json", *arguments], capture_output=True, text=True, timeout=120)


class Bench(ServerTest):
    def run_bench(self, *arguments, code=0):
        done = bench("--url", f"http://127.0.0.1:{self.server.port}", *arguments)
        self.assertEqual(done.returncode, code, done.stderr)
        return json.loads(done.stdout)

    def total(self):
        return self.server.get("/stats")["total"]

    def test_create_makes_exactly_the_jobs_it_counts(self):
        report = self.run_bench("--scenario", "create", "--requests", "200", "--job-type", "load", "--queue", "bulk", "--payload", '{"force":"success","duration_ms":0}')
        self.assertEqual((report["requests"], report["jobs"], report["errors"]), (200, 200, {}))
        self.assertEqual((report["broken"], report["unanswered"], report["unsent"]), (0, 0, 0))
        self.assertEqual(wait_until(lambda: (n := self.total()) >= 200 and n), 200)
        job = self.server.get("/jobs?limit=1")[0]
        self.assertEqual((job["type"], job["queue"]), ("load", "bulk"))
        latency = report["latency_ms"]
        self.assertTrue(0 < latency["p50"] <= latency["p99"] <= latency["p99.9"] <= latency["max"])

    def test_fewer_requests_than_connections(self):
        self.assertEqual(self.run_bench("--requests", "3", "--connections", "16")["jobs"], 3)
        self.assertEqual(self.total(), 3)

    def test_an_open_loop_sends_what_is_due(self):
        report = self.run_bench("--rate", "100", "--duration", "500ms", "--connections", "8")
        self.assertEqual((report["requests"], report["rate"]), (50, 100))
        self.assertEqual(self.total(), 50)

    def test_bulk_counts_the_jobs_in_its_requests(self):
        report = self.run_bench("--scenario", "bulk", "--batch", "50", "--requests", "4", "--connections", "2")
        self.assertEqual((report["requests"], report["jobs"], report["errors"]), (4, 200, {}))
        self.assertEqual(wait_until(lambda: (n := self.total()) >= 200 and n), 200)

    def test_lifecycle_waits_for_the_last_end(self):
        report = self.run_bench("--scenario", "lifecycle", "--requests", "100")
        self.assertEqual(report["lifecycle"]["ended"], 100)
        self.assertEqual(self.server.get("/stats")["by_status"]["SUCCEEDED"], 100)

    def faktory(self, *arguments):
        done = bench("--url", f"tcp://127.0.0.1:{self.server.faktory_port}", *arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def test_push_counts_the_jobs_in_its_pipelines(self):
        report = self.faktory("--scenario", "push", "--pipeline", "20", "--requests", "6", "--connections", "2")
        self.assertEqual((report["requests"], report["jobs"], report["errors"]), (6, 120, {}))
        self.assertEqual(wait_until(lambda: (n := self.total()) >= 120 and n), 120)

    def test_work_counts_what_was_acknowledged(self):
        report = self.faktory("--scenario", "work", "--requests", "90", "--connections", "3", "--queue", "w")
        by_status = self.server.get("/stats")["by_status"]
        self.assertEqual((report["jobs"], report["errors"]), (by_status["SUCCEEDED"], {}))
        self.assertGreaterEqual(by_status["SUCCEEDED"], 20)

    def test_lists_follow_pages(self):
        self.run_bench("--requests", "250", "--job-type", "a b/c")
        report = self.run_bench("--scenario", "lists", "--requests", "60", "--connections", "4")
        self.assertEqual((report["requests"], report["errors"]), (60, {}))
        self.assertEqual(self.total(), 250)

    def test_every_subscriber_receives_every_event(self):
        report = self.run_bench("--scenario", "websocket", "--rate", "100", "--requests", "50", "--subscribers", "3", "--payload", '{"force":"success","duration_ms":0}')
        feed = report["websocket"]
        self.assertEqual((feed["subscribers"], feed["resets"], feed["gaps"], feed["closed"]), (3, 0, 0, 0))
        self.assertGreaterEqual(feed["events"], 3 * 50)

    def test_refusals_are_counted_by_status(self):
        report = self.run_bench("--requests", "10", "--queue", "no such queue", code=EX_PROTOCOL)
        self.assertEqual((report["requests"], report["jobs"], report["errors"]), (10, 0, {"422": 10}))
        self.assertEqual(self.total(), 0)


class Flags(unittest.TestCase):
    def test_a_wrong_flag_is_named(self):
        for flag, value in [("--scenario", "chaos"), ("--connections", "0"), ("--duration", "5"), ("--duration", "long"), ("--requests", "0"), ("--rate", "-1"),
                            ("--batch", "x"), ("--payload", "[1]"), ("--payload", "{"), ("--output", "xml"), ("--url", "https://localhost"), ("--url", "localhost")]:
            done = bench("--requests", "1", flag, value) if flag != "--requests" else bench(flag, value)
            self.assertEqual(done.returncode, EX_USAGE, (flag, value))
            self.assertIn(flag, done.stderr)

    def test_a_server_that_is_not_there(self):
        done = bench("--url", "http://127.0.0.1:1", "--requests", "1")
        self.assertEqual(done.returncode, EX_UNAVAILABLE)
        self.assertIn("127.0.0.1:1", done.stderr)


if __name__ == "__main__":
    unittest.main()
