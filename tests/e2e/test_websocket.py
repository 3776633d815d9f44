"""The live feed: what a client that applies every frame knows is what the server has."""

import threading
import time
import unittest

from harness import SLOW, ServerTest, wait_until
from websocket import Closed, View, WebSocket

JOBS = 60 if SLOW else 300


class Feed(ServerTest):
    def load(self, count=JOBS):
        ids = []
        for i in range(count):
            payload = [{"force": "success", "duration_ms": 0}, {"fail_times": 1, "duration_ms": 1}, {"force": "fail", "duration_ms": 0}][i % 3]
            ids.append(self.server.create(payload=payload, max_attempts=2, retry={"base_ms": 5}, queue="odd" if i % 2 else "even")["id"])
        return ids

    def rest(self, ids):
        for id in ids:
            self.server.ended(id)
        return self.server.get("/stats")["seq"]

    def assert_equal_to_server(self, view, first_seq=1):
        self.assertEqual(view.jobs, {j["id"]: j for j in self.server.get("/jobs?limit=1000")})
        self.assertEqual(view.events, self.server.events(after=first_seq - 1))

    def test_a_client_that_was_there_from_the_start_knows_everything_once(self):
        view = View().connect(self.server.port, subscribe=["jobs", "events", "stats"])
        hello = view.step()
        self.assertEqual(hello["stats"]["total"], 0)
        began = time.monotonic()
        end = self.rest(self.load())
        view.reach(end)
        self.assertEqual(view.resets, 0)
        self.assert_equal_to_server(view, hello["seq"] + 1)
        self.assertLessEqual(view.frames, 10 * (time.monotonic() - began) + 5, "more than ten frames a second")

    def test_stats_are_those_of_the_rest_interface(self):
        view = View().connect(self.server.port, subscribe=["stats"])
        view.step()
        end = self.rest(self.load(30))
        last = None
        while view.seq < end:
            last = view.step()
            self.assertNotIn("jobs", last)
            self.assertNotIn("events", last)
        self.assertEqual(last["stats"]["by_status"], self.server.get("/stats")["by_status"])

    def test_resuming_after_a_cut_a_kill_and_a_stop_leaves_neither_gap_nor_double(self):
        view = View().connect(self.server.port)
        first = view.step()["seq"] + 1
        for interruption in ("cut", "kill", "stop", "cut"):
            ids = self.load(20)
            view.step()
            if interruption == "cut":
                view.ws.cut()
            else:
                getattr(self.server, interruption)()
                self.server.start()
            more = self.load(20)
            view.connect(self.server.port)
            view.reach(self.rest(ids + more))
        self.assertEqual(view.resets, 0)
        self.assert_equal_to_server(view, first)

    def test_a_cursor_that_is_too_old_or_from_another_log_is_reset(self):
        self.rest(self.load())
        self.server.stop()
        self.server.start()
        seq = self.server.get("/health")["projected_seq"]
        for after in (1, seq + 1000):
            ws = WebSocket(self.server.port)
            ws.send({"after": after})
            frame = ws.receive()
            if after == 1 and JOBS < 300:
                continue
            self.assertIn("jobs", frame["reset"], after)
            self.assertGreaterEqual(frame["seq"], seq)

    def test_the_end_of_a_burst_that_fills_many_frames_is_told_without_another_event(self):
        view = View().connect(self.server.port, subscribe=["events"])
        view.step()
        answer = self.server.ask("POST", "/jobs/bulk", [{"type": "x", "delay_ms": 3_600_000}] * 5000)
        self.assertEqual(answer.status, 201)
        view.reach(self.server.get("/stats")["seq"])
        self.assertEqual(len({e["job"] for e in view.events} - {0}), 5000)

    def test_filters(self):
        one = View().connect(self.server.port, filter={"job": 2})
        odd = View().connect(self.server.port, subscribe=["jobs"], filter={"queue": "odd", "status": ["FAILED"], "jobs": [1]})
        one.step(), odd.step()
        end = self.rest(self.load(30))
        one.reach(end), odd.reach(end)
        self.assertEqual(set(one.jobs), {2})
        self.assertEqual(one.events, self.server.get("/jobs/2/events"))
        self.assertEqual(odd.jobs.pop(1), self.server.job(1))
        failed = {j["id"] for j in self.server.get("/jobs?status=FAILED&queue=odd")}
        self.assertEqual({i for i, j in odd.jobs.items() if j["status"] == "FAILED"}, failed)
        self.assertTrue(all(j["queue"] == "odd" for j in odd.jobs.values()))

    def test_a_new_subscription_replaces_the_one_before(self):
        view = View().connect(self.server.port, subscribe=["stats"])
        view.step()
        view.ws.send({"subscribe": ["jobs"], "after": view.seq})
        view.step()
        view.reach(self.rest(self.load(3)))
        self.assertEqual(len(view.jobs), 3)

    def test_malformed_messages_close_the_connection_with_the_right_code(self):
        for message, opcode, code in [("{", 1, 1008), ('{"subscribe":["all"]}', 1, 1008), (b"\x00\x01", 2, 1008), ("[]", 1, 1008), ('{"x":"' + "y" * 70000 + '"}', 1, 1009)]:
            ws = WebSocket(self.server.port)
            self.assertEqual(ws.status, 101)
            ws.send(message, opcode)
            with self.assertRaises(Closed) as closed:
                ws.receive()
            self.assertEqual(closed.exception.code, code, str(message)[:40])

    def test_pages_of_another_origin_and_other_hosts_are_refused(self):
        self.assertEqual(WebSocket(self.server.port, "Origin: http://evil.example\r\n").status, 403)
        self.assertEqual(WebSocket(self.server.port, "Origin: null\r\n").status, 403)
        self.assertEqual(WebSocket(self.server.port, f"Origin: http://localhost:{self.server.port}\r\n").status, 101)

    def test_a_stop_says_going_away(self):
        ws = WebSocket(self.server.port)
        ws.send({})
        ws.receive()
        threading.Thread(target=self.server.stop).start()
        with self.assertRaises(Closed) as closed:
            while True:
                ws.receive()
        self.assertEqual(closed.exception.code, 1001)

    @unittest.skipIf(SLOW, "a matter of rates")
    def test_a_client_that_does_not_read_is_dropped_and_holds_nobody_back(self):
        lazy = WebSocket(self.server.port)
        lazy.send({})
        view = View().connect(self.server.port, subscribe=["stats"])
        view.step()
        payload = {"force": "success", "duration_ms": 0, "fill": "x" * 20000}
        dropped = threading.Event()

        def feed():
            while not dropped.is_set():
                self.server.create(payload=payload)

        threads = [threading.Thread(target=feed) for _ in range(4)]
        for t in threads:
            t.start()
        try:
            def is_dropped():
                began = time.monotonic()
                view.step()
                self.assertLess(time.monotonic() - began, 5, "the reader was held back")
                with open(self.server.log.name) as log:
                    return "lagged" in log.read()

            wait_until(is_dropped, 40, "the end of the client that does not read")
        finally:
            dropped.set()
            for t in threads:
                t.join()


if __name__ == "__main__":
    unittest.main()
