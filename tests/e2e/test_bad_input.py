"""Wrong input gets the right status and the name of what is wrong, and leaves nothing behind."""

import socket
import time
import unittest

from harness import Server, wait_until

LONG = "x" * 101

# body of POST /jobs, status, the field that must be named ("" where the whole body is wrong)
BODIES = [
    ("{}", 422, "type"), ('{"type":""}', 422, "type"), (f'{{"type":"{LONG}"}}', 422, "type"), ('{"type":5}', 422, "type"), ('{"type":null}', 422, "type"),
    ('{"type":"x","payload":[]}', 422, "payload"), ('{"type":"x","payload":null}', 422, "payload"), ('{"type":"x","payload":"{}"}', 422, "payload"),
    ('{"type":"x","max_attempts":0}', 422, "max_attempts"), ('{"type":"x","max_attempts":101}', 422, "max_attempts"), ('{"type":"x","max_attempts":1.5}', 422, "max_attempts"),
    ('{"type":"x","max_attempts":"3"}', 422, "max_attempts"), ('{"type":"x","max_attempts":null}', 422, "max_attempts"), ('{"type":"x","max_attempts":true}', 422, "max_attempts"),
    ('{"type":"x","max_attempts":9223372036854775808}', 422, "max_attempts"),
    ('{"type":"x","queue":"a b"}', 422, "queue"), ('{"type":"x","queue":""}', 422, "queue"), (f'{{"type":"x","queue":"{"q" * 129}"}}', 422, "queue"),
    ('{"type":"x","priority":10}', 422, "priority"), ('{"type":"x","priority":-1}', 422, "priority"),
    ('{"type":"x","delay_ms":1,"run_at":"2030-01-01T00:00:00Z"}', 422, "run_at"), ('{"type":"x","run_at":"tomorrow"}', 422, "run_at"), ('{"type":"x","delay_ms":-1}', 422, "delay_ms"),
    ('{"type":"x","timeout_ms":0}', 422, "timeout_ms"), ('{"type":"x","timeout_ms":86400001}', 422, "timeout_ms"),
    ('{"type":"x","retry":5}', 422, "retry"), ('{"type":"x","retry":{"kind":"magic"}}', 422, "retry.kind"), ('{"type":"x","retry":{"base_ms":-1}}', 422, "retry.base_ms"),
    ('{"type":"x","retry":{"factor":0.5}}', 422, "retry.factor"), ('{"type":"x","retry":{"jitter":2}}', 422, "retry.jitter"), ('{"type":"x","retry":{"colour":1}}', 422, "retry.colour"),
    ('{"type":"x","tags":"a"}', 422, "tags"), ('{"type":"x","tags":[1]}', 422, "tags"), (f'{{"type":"x","tags":["{LONG}"]}}', 422, "tags"), ('{"type":"x","handler":"exec"}', 422, "handler"),
    ('{"type":"x","colour":"red"}', 422, "colour"), ('{"type":"x","type":"y"}', 422, "type"),
    ('{"type":"x","payload":{"force":"maybe"}}', 422, "payload.force"), ('{"type":"x","payload":{"force":1}}', 422, "payload.force"),
    ('{"type":"x","payload":{"fail_times":-1}}', 422, "payload.fail_times"), ('{"type":"x","payload":{"sequence":["explode"]}}', 422, "payload.sequence"),
    ('{"type":"x","payload":{"sequence":[]}}', 422, "payload.sequence"), ('{"type":"x","payload":{"duration_ms":"5"}}', 422, "payload.duration_ms"),
    ('{"type":"x","payload":{"success_rate":1.5}}', 422, "payload.success_rate"), ('{"type":"x","payload":{"seed":"a"}}', 422, "payload.seed"),
    ("", 400, ""), ("{", 400, ""), ('{"type":"x"} x', 400, ""), ("'x'", 400, ""), (b'{"type":"\xff"}', 400, ""), ("[" * 100 + "]" * 100, 400, ""), ("[1]", 422, ""), ("null", 422, ""),
]


def request(head, body=b""):
    return head.replace("\n", "\r\n").encode() + b"\r\n\r\n" + body


POST = "POST /jobs HTTP/1.1\nHost: localhost\n"
JOB = b'{"type":"x"}'

# bytes on the wire, status
WIRE = [
    (request(POST + "Transfer-Encoding: chunked", b"c\r\n" + JOB + b"\r\n0\r\n\r\n"), 411),
    (request(POST + "Transfer-Encoding: gzip\nContent-Length: 12", JOB), 411),
    (request(POST + "Content-Length: 12\nContent-Length: 12", JOB), 400),
    (request(POST + "Content-Length: +12", JOB), 400),
    (request(POST + "Content-Length: 1048577"), 413),
    (request("GET /jobs HTTP/1.1\nX: y"), 400),
    (request("GET /jobs HTTP/1.1\nHost: localhost\nHost: localhost"), 400),
    (request("GET /jobs HTTP/1.1\nHost: evil.example"), 421),
    (request("GET /jobs HTTP/1.1\nHost: 127.0.0.1.nip.io"), 421),
    (request("GET /jobs HTTP/1.1\nHost: localhost\n folded: x"), 400),
    (b"GET /jobs HTTP/1.1\r\nHost: localhost\r\nX: a\nY: b\r\n\r\n", 400),
    (request("GET /jobs HTTP/1.1\nHost: localhost\n" + "\n".join(f"X{i}: y" for i in range(64))), 431),
    (request("GET /jobs HTTP/1.1\nHost: localhost\nX: " + "y" * 9000), 431),
    (request("GET /jobs HTTP/1.0\nHost: localhost"), 400),
    (request("GET http://localhost/jobs HTTP/1.1\nHost: localhost"), 400),
    (request("BREW /jobs HTTP/1.1\nHost: localhost"), 501),
    (request("GET /%zz HTTP/1.1\nHost: localhost"), 400),
    (request(POST + "Origin: http://evil.example\nContent-Length: 12", JOB), 403),
    (request(POST + "Origin: null\nContent-Length: 12", JOB), 403),
    (request(POST + "Sec-Fetch-Site: cross-site\nContent-Length: 12", JOB), 403),
    (request("GET /jobs?limit=0 HTTP/1.1\nHost: localhost\nConnection: close"), 400),
    (request("GET /jobs?colour=red HTTP/1.1\nHost: localhost\nConnection: close"), 400),
]


class BadInput(unittest.TestCase):
    def setUp(self):
        self.server = Server().start()
        self.addCleanup(self.server.dispose)

    def test_every_row_of_the_tables(self):
        for body, status, field in BODIES:
            with self.subTest(body=body):
                answer = self.server.ask("POST", "/jobs", body)
                self.assertEqual(answer.status, status, answer.body)
                self.assertEqual(answer.headers["Content-Type"], "application/problem+json")
                problem = answer.json()
                self.assertEqual(problem["status"], status)
                self.assertIn(field, [e["field"] for e in problem["errors"]])
        for data, status in WIRE:
            with self.subTest(data=data[:120]):
                self.assertEqual(self.server.raw(data, 3).split(b" ")[1], str(status).encode())
        large = self.server.ask("POST", "/jobs", '{"type":"x","payload":{"t":"' + "y" * 1048000 + '"},"delay_ms":60000}')
        self.assertEqual(large.status, 201, "a body just below 1 MiB")
        self.assertEqual([j["id"] for j in self.server.get("/jobs")], [large.json()["id"]], "something was stored")

    def test_a_slow_header_and_a_slow_body_are_408(self):
        for data, low, high in [(b"GET /jobs HTTP/1.1\r\nHost: loc", 4, 9), (request(POST + "Content-Length: 12", JOB[:5]), 14, 19)]:
            began = time.monotonic()
            answer = self.server.raw(data, 25)
            self.assertEqual(answer.split(b" ")[1], b"408")
            self.assertTrue(low < time.monotonic() - began < high, time.monotonic() - began)

    def test_dripping_bytes_does_not_extend_the_time(self):
        with socket.create_connection(("127.0.0.1", self.server.port)) as s:
            s.settimeout(0.2)
            began, received = time.monotonic(), b""
            while not received:
                self.assertLess(time.monotonic() - began, 10)
                s.sendall(b"G")
                try:
                    received = s.recv(1000)
                except TimeoutError:
                    pass
            self.assertEqual(received.split(b" ")[1], b"408")

    def test_pipelined_requests_are_answered_in_order(self):
        one = request("GET /jobs/1 HTTP/1.1\nHost: localhost")
        two = request(POST + "Content-Length: 12", JOB)
        three = request("GET /jobs/1 HTTP/1.1\nHost: localhost\nConnection: close")
        answers = self.server.raw(one + two + three)
        self.assertEqual([part.split(b" ")[0] for part in answers.split(b"HTTP/1.1 ")[1:]], [b"404", b"201", b"200"])

    def test_expect_100_continue(self):
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=5) as s:
            s.sendall(request(POST + "Expect: 100-continue\nContent-Length: 12"))
            self.assertTrue(s.recv(1000).startswith(b"HTTP/1.1 100 "))
            s.sendall(JOB)
            self.assertTrue(s.recv(1000).startswith(b"HTTP/1.1 201 "))


if __name__ == "__main__":
    unittest.main()
