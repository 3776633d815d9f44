"""Webhooks: attempts that are delivered to a service over HTTP, however it answers."""

import base64
import hashlib
import hmac
import json
import os
import socket
import ssl
import subprocess
import sys
import threading
import time
import unittest

from harness import BINARY, SLOW, ServerTest
from test_handlers import ROOT, Handlers

SECRET = "whsec_" + base64.b64encode(b"a secret of 24 or more bytes").decode()


class Service:
    """Answers every connection with the bytes that `answer(request head, body)` returns; keeps what it was sent."""

    def __init__(self, test, answer, tls=None):
        self.answer, self.tls, self.requests, self.connections = answer, tls, [], 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.threads = []
        self.accepting = threading.Thread(target=self.accept)
        self.accepting.start()
        test.addCleanup(self.close)

    def accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            thread = threading.Thread(target=self.serve, args=(connection,))
            self.threads.append(thread)
            thread.start()

    def serve(self, connection):
        try:
            with self.tls.wrap_socket(connection, server_side=True) if self.tls else connection as stream:
                file = stream.makefile("rb")
                head = b"".join(iter(file.readline, b"\r\n")).decode()
                length = next(int(line.split(":")[1]) for line in head.split("\r\n") if line.lower().startswith("content-length"))
                self.requests.append((head, file.read(length)))
                for part in self.answer(*self.requests[-1]):
                    if part is None:  # until the other end is gone
                        file.read(1)
                    else:
                        stream.sendall(part)
        except OSError:
            pass

    def close(self):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.accepting.join()
        for thread in self.threads:
            thread.join()


def reply(status, body="", *headers):
    lines = [f"HTTP/1.1 {status} Reason", f"Content-Length: {len(body)}", *headers, "", body]
    return "\r\n".join(lines).encode()


def handler(type, port, more="private_network = true", scheme="http", host="127.0.0.1"):
    return f'[handlers."{type}"]\nkind = "http"\nurl = "{scheme}://{host}:{port}/hooks/{type}?k=v"\n{more}\n'


class Webhooks(Handlers):
    def setUp(self):
        super().setUp()
        self.answers = {}
        self.service = Service(self, lambda head, body: self.answers[head.split("/hooks/")[1].split("?")[0]](head, body))

    def configure(self, type, answer, more="private_network = true"):
        self.answers[type] = answer
        return handler(type, self.service.port, more)

    def run_job(self, type, payload=None, **more):
        job = self.server.create(type=type, payload=payload if payload is not None else {}, **{"max_attempts": 1, **more})
        return self.server.ended(job["id"], 40)

    def heads(self):
        fields = []
        for head, _ in self.service.requests:
            fields.append({k.lower(): v.strip() for k, v in (line.split(":", 1) for line in head.split("\r\n")[1:] if line)})
        return fields


class Deliveries(Webhooks):
    def test_a_service_does_the_job_and_is_told_who_asks(self):
        flaky = lambda head, body: [reply(200 if "X-RetryLab-Attempt: 2" in head else 500)]
        self.server.stop()
        self.restart(self.configure("mail", flaky, f'private_network = true\nsecret = "{SECRET}"\nheaders = {{ Authorization = "Bearer t" }}'))
        job = self.run_job("mail", {"to": "a@b.c", "ü": "\u2028"}, max_attempts=3, retry={"kind": "fixed", "base_ms": 1}, queue="out")
        self.assertEqual((job["status"], job["executions"], job["result"]), ("SUCCEEDED", 2, None))
        first, second = self.heads()
        self.assertTrue(self.service.requests[0][0].startswith("POST /hooks/mail?k=v HTTP/1.1\r\n"))
        self.assertEqual(json.loads(self.service.requests[1][1]), {"to": "a@b.c", "ü": "\u2028"})
        key = f"{job['id']}-1"
        fences = [str(e["seq"]) for e in self.server.get(f"/jobs/{job['id']}/events") if e["type"] == "Attempted"]
        for head, attempt, fence in ((first, "1", fences[0]), (second, "2", fences[1])):
            told = {name: head[f"x-retrylab-{name}"] for name in ("job", "type", "queue", "attempt", "fence", "idempotency-key")}
            self.assertEqual(told, {"job": str(job["id"]), "type": "mail", "queue": "out", "attempt": attempt, "fence": fence, "idempotency-key": key})
            self.assertEqual((head["host"], head["content-type"], head["authorization"]), (f"127.0.0.1:{self.service.port}", "application/json", "Bearer t"))
            self.assertEqual(head["webhook-id"], key)
            self.assertLess(abs(int(head["webhook-timestamp"]) - time.time()), 60)
            signed = f"{key}.{head['webhook-timestamp']}.".encode() + self.service.requests[0][1]
            mac = hmac.new(base64.b64decode(SECRET.removeprefix("whsec_")), signed, hashlib.sha256).digest()
            self.assertEqual(head["webhook-signature"], "v1," + base64.b64encode(mac).decode())

    def test_the_status_decides(self):
        keep = "private_network = true\nkeep_body = true"
        self.server.stop()
        self.restart("".join((
            self.configure("json", lambda *_: [reply(201, '{"a":1}')], keep),
            self.configure("text", lambda *_: [reply(200, "done")], keep),
            self.configure("secret", lambda *_: [reply(200, "internal")]),
            self.configure("gone", lambda *_: [reply(410)]),
            self.configure("bad", lambda *_: [reply(422, "no such customer")], keep),
            self.configure("moved", lambda *_: [reply(307, "", f"Location: http://127.0.0.1:{self.service.port}/hooks/json")]),
            self.configure("down", lambda *_: [reply(503)]),
            self.configure("early", lambda *_: [b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n", reply(204)]),
            self.configure("endless", lambda *_: [b"HTTP/1.1 200 OK\r\n\r\n", *[b"x" * 65536] * 64], keep),
            self.configure("short", lambda *_: [b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly"], keep),
        )))
        for type, result in (("json", {"a": 1}), ("text", "done"), ("secret", None), ("early", None), ("endless", "x" * 65536), ("short", "only")):
            job = self.run_job(type)
            self.assertEqual((job["status"], job["result"]), ("SUCCEEDED", result), type)
        for type, error, message, reason in (
            ("gone", "Http410", "410 Gone from ", "non_retryable"),
            ("bad", "Http422", "422 Unprocessable", "non_retryable"),
            ("moved", "Http307", "307 Temporary Redirect", "attempts_exhausted"),
            ("down", "Http503", "503 Service Unavailable", "attempts_exhausted"),
        ):
            job = self.run_job(type)
            self.assertEqual((job["status"], job["error"]["type"], job["dead_letter_reason"] if "dead_letter_reason" in job else reason), ("FAILED", error, reason), type)
            self.assertTrue(job["error"]["message"].startswith(message), job["error"])
            self.assertNotIn("k=v", job["error"]["message"], "a query may hold a secret")
            reasons = [e["data"]["reason"] for e in self.server.get(f"/jobs/{job['id']}/events") if e["type"] == "DeadLettered"]
            self.assertEqual(reasons, [reason])
        self.assertEqual(self.run_job("bad")["error"]["backtrace"], ["no such customer"])

    def test_what_is_no_answer_is_a_failure(self):
        self.server.stop()
        with socket.create_server(("127.0.0.1", 0)) as closed:
            port = closed.getsockname()[1]
        self.restart("".join((
            self.configure("garbage", lambda *_: [b"\x16\x03\x01 hello\r\n\r\n"]),
            self.configure("nothing", lambda *_: []),
            self.configure("half", lambda *_: [b"HTTP/1.1 200 OK\r\nContent-"]),
            self.configure("big-head", lambda *_: [b"HTTP/1.1 200 OK\r\nX: " + b"x" * 70000 + b"\r\n\r\n"]),
            self.configure("hints", lambda *_: [b"HTTP/1.1 100 Continue\r\n\r\n"] * 100),
            handler("refused", port),
            handler("nowhere", 80, host="no-such-host.invalid"),
        )))
        for type, error in (("garbage", "Receive"), ("nothing", "Receive"), ("half", "Receive"), ("big-head", "Receive"), ("hints", "Receive"), ("refused", "Connect"), ("nowhere", "Resolve")):
            job = self.run_job(type)
            self.assertEqual((job["status"], job["error"]["type"]), ("FAILED", error), type)

    def test_retry_after_is_obeyed(self):
        self.server.stop()
        self.restart(self.configure("busy", lambda head, body: [reply(429, "", "Retry-After: 1") if "Attempt: 1" in head else reply(200)]))
        job = self.run_job("busy", max_attempts=2, retry={"kind": "fixed", "base_ms": 3_600_000})
        (plan,) = [e["data"] for e in self.server.get(f"/jobs/{job['id']}/events") if e["type"] == "RetryScheduled"]
        self.assertEqual((job["status"], plan["delay_ms"], plan["rule"]), ("SUCCEEDED", 1000, "Retry-After"))

    def test_a_service_that_hangs_is_let_go(self):
        self.server.stop()
        self.restart(self.configure("hangs", lambda *_: [None]) + self.configure("drips", lambda *_: [b"HTTP/1.1 200 OK\r\n", None]))
        for type in ("hangs", "drips"):
            job = self.run_job(type, timeout_ms=300)
            self.assertEqual((job["status"], job["error"]["type"]), ("FAILED", "Timeout"))
        job = self.server.create(type="hangs", payload={})
        self.server.reaches(job["id"], "RUNNING")
        self.server.ask("POST", f"/jobs/{job['id']}/cancel")
        self.assertEqual(self.server.ended(job["id"])["status"], "CANCELLED")
        job = self.server.create(type="hangs", payload={})
        self.server.reaches(job["id"], "RUNNING")
        self.assertEqual(self.server.stop(), 0)
        self.restart('[handlers.hangs]\nkind = "remote"\n')
        self.assertEqual([e["type"] for e in self.server.get(f"/jobs/{job['id']}/events")], ["Created", "Attempted", "Released"])

    def test_many_at_once(self):
        self.server.stop()
        self.restart(self.configure("many", lambda *_: [reply(200)]))
        count = 100 if SLOW else 500
        ids = [self.server.create(type="many", payload={"n": n})["id"] for n in range(count)]
        for id in ids:
            self.assertEqual(self.server.ended(id, 60)["status"], "SUCCEEDED")
        self.assertEqual(sorted(json.loads(body)["n"] for _, body in self.service.requests), list(range(count)))


class PrivateAddresses(Webhooks):
    def test_are_never_connected_to_unless_it_is_configured(self):
        port = self.service.port
        self.answers["x"] = lambda *_: [reply(200)]
        hosts = ["127.0.0.1", "localhost", "0.0.0.0", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "10.0.0.1", "169.254.169.254", "[fe80::1]", "[::]"]
        self.server.stop()
        self.restart("".join(handler(f"to-{i}", port, "", host=host) for i, host in enumerate(hosts)))
        for i, host in enumerate(hosts):
            job = self.run_job(f"to-{i}")
            self.assertEqual((job["status"], job["error"]["type"]), ("FAILED", "AddressRefused"), (host, job["error"]))
        self.assertEqual(self.service.connections, 0)


class Tls(Webhooks):
    def certificate(self, name, host):
        key, pem = (os.path.join(self.server.directory, f"{name}.{end}") for end in ("key", "pem"))
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", f"/CN={host}",
                        "-addext", f"subjectAltName={host}", "-keyout", key, "-out", pem], check=True, capture_output=True)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pem, key)
        return pem, Service(self, lambda *_: [reply(200, '"over tls"')], context)

    def test_certificates_are_verified(self):
        pem, good = self.certificate("good", "DNS:localhost")
        other, _ = self.certificate("other", "DNS:localhost")
        named, wrong = self.certificate("wrong", "DNS:example.org")
        by_address, numbered = self.certificate("ip", "IP:127.0.0.1")
        more = "private_network = true\nkeep_body = true\nca_file = "
        https = lambda type, service, ca, host="localhost": handler(type, service.port, more + json.dumps(ca), "https", host)
        self.server.stop()
        self.restart("".join((
            https("good", good, pem),
            https("address", numbered, by_address, "127.0.0.1"),
            https("stranger", good, other),
            https("wrong-name", wrong, named),
            handler("system", good.port, "private_network = true", "https", "localhost"),
        )))
        for type in ("good", "address"):
            self.assertEqual(self.run_job(type)["result"], "over tls")
        for type in ("stranger", "wrong-name", "system"):
            job = self.run_job(type)
            self.assertEqual((job["status"], job["error"]["type"]), ("FAILED", "Tls"), (type, job["error"]))


class Example(Handlers):
    def test_the_receiver(self):
        folder = os.path.join(ROOT, "examples/webhook-receiver")
        receiver = subprocess.Popen([sys.executable, os.path.join(folder, "receiver.py"), "0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.addCleanup(receiver.wait)
        self.addCleanup(receiver.stdout.close)
        self.addCleanup(receiver.kill)
        url = receiver.stdout.readline().split()[-1]
        with open(os.path.join(folder, "retrylab.toml"), encoding="utf-8") as file:
            config = file.read().replace("http://127.0.0.1:9000/invoices", url)
        self.assertIn(url, config)
        self.server.stop()
        self.restart(config)
        good = self.server.create("invoice.send", {"to": "ada@example.org"})["id"]
        bad = self.server.create("invoice.send", {"for": "nobody"})["id"]
        self.assertEqual(self.server.ended(good)["result"]["sent_to"], "ada@example.org")
        job = self.server.ended(bad)
        self.assertEqual((job["status"], job["executions"], job["error"]["type"]), ("FAILED", 1, "Http422"))


class BadFiles(ServerTest):
    def test_each_mistake_is_named_with_its_line(self):
        file = os.path.join(self.server.directory, "bad.toml")
        for lines, told in (
            ("", "bad.toml:1: handlers.a.url is required"),
            ("url = 'ftp://x/'\n", "bad.toml:3: handlers.a.url must begin with http:// or https://"),
            ("url = 7\n", "bad.toml:3: handlers.a.url must be a text"),
            ("url = 'http://x/'\nsecret = 'short'\n", "bad.toml:4: handlers.a.secret must be"),
            ("url = 'http://x/'\nheaders = { Host = 'y' }\n", "bad.toml:4: handlers.a.headers.Host is not a header that may be set"),
            ("url = 'http://x/'\nprivate_network = 'yes'\n", "bad.toml:4: handlers.a.private_network must be true or false"),
            ("url = 'http://x/'\nca_file = '/none'\n", "bad.toml:4: handlers.a.ca_file cannot be read"),
            ("url = 'http://x/'\ncommand = ['x']\n", "bad.toml:4: handlers.a.command is not known"),
        ):
            with open(file, "w", encoding="utf-8") as out:
                out.write("[handlers.a]\nkind = 'http'\n" + lines)
            done = subprocess.run([BINARY, "serve", "--config", file, "--data", file + ".d"], capture_output=True, text=True, timeout=30)
            self.assertEqual(done.returncode, 64, (lines, done.stderr))
            self.assertIn(told, done.stderr)


if __name__ == "__main__":
    unittest.main()
