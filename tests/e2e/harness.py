"""The real binary over real sockets: start, ask, kill, start again."""

import http.client
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import unittest

import contract

BINARY = os.environ.get("RETRYLAB_BINARY", "build/dev/retrylab")
SLOW = os.environ.get("RETRYLAB_SLOW_BUILD") == "1"  # a sanitizer build


def wait_until(condition, seconds=20, what="the condition"):
    """Looks every 10 ms until it holds; its value is the answer."""
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"{what} did not come true in {seconds} s")
        time.sleep(0.01)


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def json(self):
        return json.loads(self.body)


class Server:
    """One data directory; the process on it comes and goes."""

    def __init__(self, *flags, env=None, wrapper=()):
        self.directory = tempfile.mkdtemp(prefix="retrylab-e2e-")
        self.data = os.path.join(self.directory, "data")
        self.flags, self.env, self.wrapper = flags, env, wrapper
        self.port = self.faktory_port = 0
        self.process = None

    def start(self, data=None, flags=None, env=None, cwd=None):
        command = [*self.wrapper, BINARY, "serve", "--data", data or self.data, "--http", f"127.0.0.1:{self.port}", "--faktory", f"127.0.0.1:{self.faktory_port}", *(flags if flags is not None else self.flags)]
        self.log = open(os.path.join(self.directory, "stderr"), "ab")
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=self.log, cwd=cwd, env={**os.environ, **(env or self.env or {})})
        ready, _, _ = select.select([self.process.stdout], [], [], 60)
        line = self.process.stdout.readline() if ready else b""
        if not line:
            raise AssertionError(f"not ready: {open(self.log.name).read()[-2000:]}")
        self.ready = json.loads(line)
        self.port = int(self.ready["http"].rsplit(":", 1)[1])
        if self.ready["faktory"] != "off":
            self.faktory_port = int(self.ready["faktory"].rsplit(":", 1)[1])
        return self

    def stop(self, how=signal.SIGTERM):
        os.kill(self.ready["pid"], how)  # of the server itself, whatever wraps it
        code = self.process.wait(30)
        self.process.stdout.close()
        self.log.close()
        return code

    def kill(self):
        return self.stop(signal.SIGKILL)

    def delete_views(self):
        """Of a stopped server; the next start folds them anew."""
        for end in ("", "-wal", "-shm"):
            path = os.path.join(self.data, "views.db" + end)
            if os.path.exists(path):
                os.remove(path)

    def dispose(self):
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.kill()
        shutil.rmtree(self.directory, ignore_errors=True)

    def ask(self, method, path, body=None, headers=None):
        """Every answer is held against the interface's document."""
        answer = self.ask_unchecked(method, path, body, headers)
        contract.of(self).check(method, path, answer)
        return answer

    def ask_unchecked(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            raw = body if body is None or isinstance(body, (bytes, str)) else json.dumps(body)
            connection.request(method, path, raw.encode() if isinstance(raw, str) else raw, headers or {})
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    def up_to_date(self, path):
        """An answer that reflects every write before it: one that says it is late is asked for again."""

        def ask():
            answer = self.ask("GET", path)
            return None if "X-Events-Behind" in answer.headers else answer

        return wait_until(ask, what=f"an answer that is up to date, of {path}")

    def get(self, path):
        answer = self.up_to_date(path)
        assert answer.status == 200, (path, answer.status, answer.body)
        return answer.json()

    def create(self, type="mail", payload=None, **options):
        answer = self.ask("POST", "/jobs", {"type": type, "payload": payload or {}, **options})
        assert answer.status == 201, answer.body
        return answer.json()

    def job(self, id):
        return self.get(f"/jobs/{id}")

    def ended(self, id, seconds=20):
        return wait_until(lambda: (j := self.job(id))["finished_at"] and j, seconds, f"the end of job {id}")

    def reaches(self, id, status, seconds=20):
        return wait_until(lambda: (j := self.job(id))["status"] == status and j, seconds, f"job {id} as {status}")

    def events(self, after=0):
        """Every event of the log above `after`."""
        found = []
        while True:
            page = self.get(f"/events?after={after}&limit=1000")
            if not page:
                return found
            found += page
            after = page[-1]["seq"]

    def raw(self, data, seconds=12, half_close=False):
        """Sends bytes as they are; returns all that comes until the server closes or is silent for a while."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=seconds) as s:
            s.sendall(data)
            if half_close:
                s.shutdown(socket.SHUT_WR)
            received = b""
            while True:
                try:
                    chunk = s.recv(65536)
                except (TimeoutError, ConnectionResetError):
                    return received
                if not chunk:
                    return received
                received += chunk

    def verify(self, data=None):
        return subprocess.run([BINARY, "verify", "--data", data or self.data], capture_output=True, text=True, timeout=120)


class ServerTest(unittest.TestCase):
    """A fresh server for each test."""

    flags = ()

    def setUp(self):
        self.server = Server(*self.flags)
        self.addCleanup(self.server.dispose)
        self.server.start()
