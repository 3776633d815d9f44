"""A RetryLab of its own for each test: starts it, moves its clock, says what happened.

Python 3.8 or newer, nothing to install. Copy this file beside your tests.
"""

import json
import os
import subprocess
import urllib.error
import urllib.request
from datetime import datetime


class RetryLab:
    def __init__(self, *flags, start="2026-01-01T00:00:00Z", binary=None):
        command = [binary or os.environ.get("RETRYLAB_BINARY", "retrylab"), "serve", "--ephemeral"]
        command += ["--clock", "manual", "--clock-start", start, "--http", "127.0.0.1:0", "--faktory", "127.0.0.1:0"]
        command += ["--log-level", "error", *flags]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE)
        ready = json.loads(self.process.stdout.readline())
        self.url = "http://" + ready["http"]
        self.faktory_url = "tcp://" + ready["faktory"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()

    def ask(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{method} {path}: {error.code} {json.load(error)['detail']}") from None

    def create(self, type, payload=None, **options):
        """The id of a new job. Options are the fields of POST /jobs: max_attempts, retry, delay_ms …"""
        return self.ask("POST", "/jobs", {"type": type, "payload": payload or {}, **options})["id"]

    def advance(self, **wish):
        """by_ms=…, to="2026-…Z" or until="idle". Returns when all that is due has happened."""
        return self.ask("POST", "/clock/advance", wish)

    def job(self, id):
        return self.ask("GET", f"/jobs/{id}")

    def events(self, id):
        return self.ask("GET", f"/jobs/{id}/events")

    def types(self, id):
        return [event["type"] for event in self.events(id)]

    def seconds(self, id, type):
        """When events of this type happened, in seconds of the server's time since the job was created."""
        times = [(e["type"], datetime.fromisoformat(e["at"].rstrip("Z"))) for e in self.events(id)]
        return [(at - times[0][1]).total_seconds() for kind, at in times if kind == type]
