"""Servers under measurement: started on a free port with a data directory of their own, watched through /proc, stopped by pid."""

import http.client
import json
import os
import select
import shutil
import signal
import subprocess
import tempfile
import time

TICKS = os.sysconf("SC_CLK_TCK")
READY_SECONDS = 600  # a first start on a large log builds its views


class Server:
    """`command` gets --data DIR appended; it prints one JSON line with "http" when it is ready."""

    def __init__(self, command, data=None, env=None):
        self.own = None if data else tempfile.mkdtemp(prefix="retrylab-bench-")
        self.data = data or self.own
        self.log = tempfile.TemporaryFile()
        began = time.monotonic()
        self.process = subprocess.Popen([*command, "--data", self.data], stdout=subprocess.PIPE, stderr=self.log, env={**os.environ, **(env or {})})
        ready, _, _ = select.select([self.process.stdout], [], [], READY_SECONDS)
        line = self.process.stdout.readline() if ready else b""
        self.seconds_to_ready = time.monotonic() - began
        if not line:
            self.log.seek(0)
            message = self.log.read()[-2000:].decode(errors="replace")
            self.stop()
            raise RuntimeError(f"{' '.join(command)} is not ready: {message}")
        ready = json.loads(line)
        self.port = int(ready["http"].rsplit(":", 1)[1])
        self.faktory_url = f"tcp://{ready.get('faktory')}"
        self.connection = None
        self.url = f"http://127.0.0.1:{self.port}"

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.stop()

    def cpu_seconds(self):
        """User and system time so far, of all threads."""
        with open(f"/proc/{self.process.pid}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def ask(self, method, path, body=None):
        """The JSON of a 2xx answer, over one kept connection."""
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        self.connection.request(method, path, body)
        answer = self.connection.getresponse()
        text = answer.read()
        if answer.status >= 300:
            raise RuntimeError(f"{method} {path}: {answer.status} {text[:500]!r}")
        return json.loads(text)

    def resident_mb(self):
        with open(f"/proc/{self.process.pid}/status") as file:
            return next(int(line.split()[1]) for line in file if line.startswith("VmRSS")) / 1024

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.process.stdout.close()
        self.log.close()
        if self.own:
            shutil.rmtree(self.own, ignore_errors=True)


class Programs:
    """Where a build put them."""

    def __init__(self, build):
        self.retrylab, self.ceiling = os.path.join(build, "retrylab"), os.path.join(build, "ceiling")
        self.append_floor, self.make_log = os.path.join(build, "append_floor"), os.path.join(build, "make_log")
        self.slow_sync = os.path.join(build, "bench", "libslow_sync.so")

    def product(self, *flags, faktory="off", **options):
        return Server([self.retrylab, "serve", "--http", "127.0.0.1:0", "--faktory", faktory, "--log-level", "warn", *flags], **options)

    def floor(self, events_per_job=1, **options):
        return Server([self.ceiling, "--port", "0", "--events-per-job", str(events_per_job)], **options)

    def slow_disk(self, milliseconds):
        """The environment of a server whose every sync takes so much longer."""
        return {"LD_PRELOAD": os.path.abspath(self.slow_sync), "RETRYLAB_SLOW_SYNC_US": str(int(milliseconds * 1000))}

    def bench(self, server, *flags, url=None):
        """The report of `retrylab bench`; anything but answers with 2xx is an error."""
        command = [self.retrylab, "bench", "--output", "json", "--quiet", "--url", url or server.url, *flags]
        done = subprocess.run(command, capture_output=True, text=True, timeout=600)
        if done.returncode != 0:
            raise RuntimeError(f"{' '.join(command)}: exit {done.returncode}\n{done.stdout}{done.stderr}")
        return json.loads(done.stdout)
