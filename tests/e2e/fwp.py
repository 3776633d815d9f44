"""The Faktory Work Protocol, client's side, from its specification alone. Python's standard library only."""

import hashlib
import json
import socket


class FwpError(Exception):
    pass


class Fwp:
    """One connection. Replies are text for +, bytes for bulk, None for nil; errors are raised with their text."""

    def __init__(self, port, wid=None, password=None, hello=None, handshake=True):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=15)
        self.file = self.socket.makefile("rb")
        self.hi = self.file.readline().decode()
        if not handshake:
            return
        greeting = json.loads(self.hi[4:])
        said = {"v": 2, **({"wid": wid, "hostname": "here", "pid": 1, "labels": ["python"]} if wid else {})}
        if "s" in greeting and password is not None:
            said["pwdhash"] = self.hash(password, greeting["s"], greeting["i"])
        self.welcome = self.ask("HELLO " + json.dumps(said if hello is None else hello))

    @staticmethod
    def hash(password, salt, rounds):
        digest = hashlib.sha256((password + salt).encode()).digest()
        for _ in range(rounds - 1):
            digest = hashlib.sha256(digest).digest()
        return digest.hex()

    def send(self, line, end="\r\n"):
        self.socket.sendall((line + end).encode() if isinstance(line, str) else line)

    def reply(self):
        line = self.file.readline()
        if not line:
            raise ConnectionError("closed")
        assert line.endswith(b"\r\n"), line
        kind, text = line[:1], line[1:-2].decode()
        if kind == b"+":
            return text
        if kind == b"-":
            raise FwpError(text)
        assert kind == b"$", line
        if text == "-1":
            return None
        body = self.file.read(int(text) + 2)
        assert body.endswith(b"\r\n"), body
        return body[:-2]

    def ask(self, line, end="\r\n"):
        self.send(line, end)
        return self.reply()

    def asks(self, line):
        """The reply, or the error's text."""
        try:
            return self.ask(line)
        except FwpError as error:
            return f"-{error}"

    def push(self, jid, type="work", args=(), **options):
        return self.ask("PUSH " + json.dumps({"jid": jid, "jobtype": type, "args": list(args), **options}))

    def fetch(self, *queues):
        got = self.ask(" ".join(["FETCH", *queues]))
        return json.loads(got) if got else None

    def ack(self, jid):
        return self.ask("ACK " + json.dumps({"jid": jid}))

    def fail(self, jid, **error):
        return self.ask("FAIL " + json.dumps({"jid": jid, **error}))

    def info(self):
        return json.loads(self.ask("INFO"))

    def close(self):
        self.file.close()
        self.socket.close()
