"""A WebSocket client of RFC 6455, as small as the tests need it, and a fold of the server's frames."""

import base64
import json
import os
import socket
import struct


class Closed(Exception):
    def __init__(self, code, reason=""):
        super().__init__(f"closed with {code} {reason}")
        self.code = code


class WebSocket:
    def __init__(self, port, headers=""):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=20)
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall((f"GET /ws HTTP/1.1\r\nHost: localhost:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                             f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n{headers}\r\n").encode())
        self.buffer = b""
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += self.take(1)
        self.status = int(head.split(b" ")[1])

    def take(self, n):
        while len(self.buffer) < n:
            chunk = self.socket.recv(65536)
            if not chunk:
                raise Closed(1006)
            self.buffer += chunk
        taken, self.buffer = self.buffer[:n], self.buffer[n:]
        return taken

    def send(self, payload, opcode=1):
        data = payload if isinstance(payload, bytes) else (payload if isinstance(payload, str) else json.dumps(payload)).encode()
        size = len(data)
        length = bytes([0x80 | size]) if size < 126 else b"\xfe" + struct.pack(">H", size) if size < 65536 else b"\xff" + struct.pack(">Q", size)
        mask = os.urandom(4)
        self.socket.sendall(bytes([0x80 | opcode]) + length + mask + bytes(b ^ mask[i % 4] for i, b in enumerate(data)))

    def receive(self, seconds=20):
        """The next text frame as JSON. Pings are answered."""
        self.socket.settimeout(seconds)
        while True:
            first, second = self.take(2)
            size = second & 127
            if size > 125:
                size = struct.unpack(">H" if size == 126 else ">Q", self.take(2 if size == 126 else 8))[0]
            data = self.take(size)
            match first & 15:
                case 1:
                    return json.loads(data)
                case 8:
                    raise Closed(struct.unpack(">H", data[:2])[0] if data else 1005, data[2:].decode())
                case 9:
                    self.send(data, 10)

    def cut(self):
        """As a network does it: no close frame."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()


class View:
    """What a dashboard knows: frames are applied only where they fit."""

    def __init__(self):
        self.seq, self.jobs, self.events, self.frames, self.resets = None, {}, [], 0, 0

    def connect(self, port, **subscription):
        self.ws = WebSocket(port)
        self.ws.send(subscription | ({} if self.seq is None else {"after": self.seq}))
        return self

    def step(self, seconds=20):
        frame = self.ws.receive(seconds)
        self.frames += 1
        if frame.get("hello"):
            assert self.seq is None and frame["prev"] == frame["seq"], frame
        elif "reset" in frame:
            self.resets += 1
        else:
            assert frame["prev"] == self.seq, (self.seq, frame["prev"])
        for job in frame.get("jobs", []):
            self.jobs[job["id"]] = job
        self.events += frame.get("events", [])
        self.seq = frame["seq"]
        return frame

    def reach(self, seq):
        while self.seq is None or self.seq < seq:
            self.step()
        return self
