"""Rates, latencies, the history and the metrics: what they count is what happened, also after a kill."""

import re
import time
import unittest

from harness import ServerTest, wait_until

QUICK = {"force": "success", "duration_ms": 20}
BAD = {"force": "fail", "duration_ms": 0}
RETRY = {"kind": "fixed", "base_ms": 10, "jitter": 0}
SAMPLE = re.compile(r'([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)')
COUNTS = ("created", "attempted", "succeeded", "failed", "retried", "dead_lettered", "cancelled", "other")


def parse(text):
    """The samples by (name, labels as text), the types by family; complains about any line it does not know."""
    samples, types = {}, {}
    for line in text.splitlines():
        if line.startswith("# TYPE "):
            _, _, name, kind = line.split(" ")
            assert name not in types, line
            types[name] = kind
        elif line and not line.startswith("# HELP "):
            match = SAMPLE.fullmatch(line)
            assert match, line
            key = (match[1], match[2] or "")
            assert key not in samples, line
            samples[key] = float(match[3])
    return samples, types


class Stats(ServerTest):
    def history(self, resolution="second", query=""):
        return self.server.get(f"/stats/history?resolution={resolution}{query}")

    def sums(self, resolution):
        slots = self.history(resolution)["slots"]
        return {name: sum(slot[name] for slot in slots) for name in COUNTS}

    def of_jobs(self, slots):
        """Without what a start adds."""
        return [{**s, "other": 0} for s in slots if s["attempted"] + s["succeeded"] + s["failed"] + s["created"] + s["cancelled"]]

    def run_jobs(self):
        """5 succeed at once, 2 fail for good after two attempts, one is cancelled."""
        good = [self.server.create(payload=QUICK)["id"] for _ in range(5)]
        bad = [self.server.create(payload=BAD, max_attempts=2, retry=RETRY, queue="bad")["id"] for _ in range(2)]
        for id in good + bad:
            self.server.ended(id)
        late = self.server.create(payload=QUICK, delay_ms=600_000)["id"]
        self.assertEqual(self.server.ask("POST", f"/jobs/{late}/cancel").status, 200)

    EXPECTED = {"created": 8, "attempted": 9, "succeeded": 5, "failed": 4, "retried": 2, "dead_lettered": 2, "cancelled": 1}

    def counted(self, resolution):
        sums = self.sums(resolution)
        return {name: sums[name] for name in self.EXPECTED}

    def metrics(self):
        self.server.get("/stats")  # waits for the views, which a scrape does not
        answer = self.server.ask("GET", "/metrics")
        self.assertEqual((answer.status, answer.headers["Content-Type"]), (200, "text/plain; version=0.0.4; charset=utf-8"))
        return parse(answer.body.decode())

    def test_the_history_counts_what_happened_at_every_resolution_and_after_a_kill(self):
        self.run_jobs()
        for resolution in ("second", "minute", "hour"):
            self.assertEqual(self.counted(resolution), self.EXPECTED, resolution)
        before = {r: self.of_jobs(self.history(r)["slots"]) for r in ("second", "minute", "hour")}
        for stop in (self.server.kill, self.server.stop):
            stop()
            self.server.start()
            for resolution, slots in before.items():
                self.assertEqual(self.counted(resolution), self.EXPECTED, resolution)
                self.assertEqual(self.of_jobs(self.history(resolution)["slots"]), slots)
        self.assertEqual(sum(self.sums("hour").values()), self.server.get("/stats")["seq"])

    def test_the_history_is_the_same_when_the_views_are_folded_anew(self):
        self.run_jobs()
        before = self.of_jobs(self.history()["slots"])
        self.server.stop()
        self.server.delete_views()
        self.server.start()
        self.assertEqual(self.of_jobs(self.history()["slots"]), before)

    def test_slots_have_percentiles_in_their_order(self):
        self.run_jobs()
        slots = self.history("hour")["slots"]
        for slot in slots:
            for name in ("wait_ms", "run_ms", "total_ms"):
                p = slot[name]
                self.assertLessEqual(p["p50"], p["p90"])
                self.assertLessEqual(p["p90"], p["p99"])
        self.assertEqual(sum(s["run_ms"]["count"] for s in slots), 9)
        self.assertEqual(sum(s["total_ms"]["count"] for s in slots), 8)
        self.assertGreaterEqual(max(s["run_ms"]["p99"] for s in slots), 20)

    def test_a_range_has_the_slots_that_begin_in_it(self):
        self.server.create(payload=QUICK)
        whole = self.history()
        self.assertEqual((whole["resolution"], whole["slot_ms"]), ("second", 1000))
        starts = [s["start"] for s in whole["slots"]]
        self.assertEqual(starts, sorted(starts))
        first = starts[0]
        self.assertEqual(self.history("second", f"&to={first}")["slots"], [])
        self.assertEqual(self.history("second", f"&from={first}")["slots"][0]["start"], first)
        self.assertEqual(self.server.get("/stats/history")["slots"][0]["start"], first)

    def test_bad_parameters_are_named(self):
        cases = {
            "resolution=day": "resolution",
            "resolution=ever": "resolution",
            "from=yesterday": "from",
            "to=1": "to",
            "from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z": "from",
            "from=2999-01-01T00:00:00Z": "from",
            "until=2026-01-01T00:00:00Z": "until",
            "resolution=hour&resolution=hour": "resolution",
        }
        for query, field in cases.items():
            answer = self.server.ask("GET", f"/stats/history?{query}")
            self.assertEqual(answer.status, 400, query)
            self.assertEqual([e["field"] for e in answer.json()["errors"]], [field], query)

    def test_stats_have_rates_and_latencies(self):
        empty = self.server.get("/stats")
        self.assertEqual(empty["rates"]["last_10_s"], {"created": 0, "succeeded": 0, "failed": 0})
        self.assertEqual(empty["latency"]["wait_ms"], {"count": 0, "p50": 0, "p90": 0, "p99": 0})
        self.run_jobs()
        expected = {"created": 0.133, "succeeded": 0.083, "failed": 0.066}  # once the second in which they ran is over
        wait_until(lambda: self.server.get("/stats")["rates"]["last_60_s"] == expected)
        stats = self.server.get("/stats")
        self.assertEqual(set(stats["rates"]["last_10_s"]), set(expected))
        self.assertLessEqual(stats["rates"]["last_10_s"]["created"], 0.8)
        self.assertEqual(stats["latency"]["run_ms"]["count"], 9)
        self.assertGreater(stats["latency"]["wait_ms"]["p99"], 0)  # of the retries; the others start as they are created

    def test_metrics_agree_with_the_stats(self):
        self.run_jobs()
        self.server.ask("POST", "/queues/idle/pause")
        self.server.create(payload=QUICK, queue="idle")
        stats = self.server.get("/stats")
        samples, types = self.metrics()
        for status, jobs in stats["by_status"].items():
            self.assertEqual(samples["retrylab_jobs", f'status="{status}"'], jobs)
        self.assertEqual(samples["retrylab_log_seq", ""], stats["seq"])
        self.assertEqual(samples["retrylab_projection_lag_events", ""], 0)
        self.assertEqual(samples["retrylab_queue_ready", 'queue="idle"'], 1)
        self.assertEqual(samples["retrylab_queue_running", 'queue="idle"'], 0)
        self.assertGreaterEqual(samples["retrylab_connections", ""], 1)
        self.assertLess(abs(samples["process_start_time_seconds", ""] - time.time()), 60)
        events = self.sums("hour")
        for name, count in events.items():
            self.assertEqual(samples["retrylab_events_total", f'type="{name}"'], count)
        self.assertEqual(sum(events.values()), stats["seq"])
        self.assertEqual(types["retrylab_events_total"], "counter")
        self.assertEqual(types["retrylab_attempt_run_seconds"], "histogram")
        self.check_histogram(samples, "retrylab_attempt_run_seconds", 9)
        self.check_histogram(samples, "retrylab_job_wait_seconds", 9)
        self.check_histogram(samples, "retrylab_job_total_seconds", 8)

    def check_histogram(self, samples, name, count):
        buckets = [(labels, value) for (family, labels), value in samples.items() if family == name + "_bucket"]
        self.assertEqual([v for _, v in buckets], sorted(v for _, v in buckets))
        self.assertEqual(buckets[-1], ('le="+Inf"', count))
        self.assertEqual(samples[name + "_count", ""], count)
        self.assertGreater(samples[name + "_sum", ""], 0)

    def test_many_queues_are_summed_up(self):
        jobs = [{"type": "mail", "payload": QUICK, "queue": f"q{n:03}", "delay_ms": 0} for n in range(130)]
        self.server.ask("PUT", "/queues/q000/limit", {"concurrency": 1})
        self.assertEqual(self.server.ask("POST", "/jobs/bulk", jobs).status, 201)
        wait_until(lambda: self.server.get("/stats")["by_status"]["SUCCEEDED"] == 130)
        samples, _ = self.metrics()
        queues = [labels for family, labels in samples if family == "retrylab_queue_ready"]
        self.assertEqual(len(queues), 101)
        self.assertIn('queue="_other"', queues)

    def test_metrics_count_on_after_a_kill(self):
        self.run_jobs()
        before, _ = self.metrics()
        self.server.kill()
        self.server.start()
        after, _ = self.metrics()
        for name in ("created", "succeeded", "cancelled"):
            key = ("retrylab_events_total", f'type="{name}"')
            self.assertEqual(after[key], before[key])


if __name__ == "__main__":
    unittest.main()
