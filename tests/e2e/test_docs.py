"""What the documentation shows to type is typed here.

A block marked `sh` is run by bash, the blocks of a document one after the other in one directory, with `retrylab` in the path and
`examples` beside it. A block marked `console` is a transcript: what follows each `$ command` is what the command prints, where `…` stands
for any text, alone on a line for any lines, and times of this machine may differ. What cannot be run like that is marked `bash`.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import unittest

from harness import BINARY, Server, wait_until

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "../.."))
BLOCK = re.compile(r"^```(sh|console)\n(.*?)^```$", re.M | re.S)
ADDRESS = "127.0.0.1:8000"  # of every document

# A server takes the port of this run and leaves its pid; curl waits until there is one, and a refusal is a failure.
RETRYLAB = """#!/bin/bash
[[ $1 == serve ]] || exec "$RETRYLAB_BINARY" "$@"
echo $$ > "$DOCS/server.pid"
exec "$RETRYLAB_BINARY" serve --http "127.0.0.1:$DOCS_PORT" --faktory off "${@:2}" > /dev/null 2> "$DOCS/server.log"
"""
CURL = """#!/bin/bash
exec /usr/bin/curl -sS --fail-with-body --retry 5 --retry-connrefused --max-time 60 "$@"
"""


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def blocks(document):
    with open(os.path.join(ROOT, document), encoding="utf-8") as file:
        return [match.groups() for match in BLOCK.finditer(file.read())]


def transcript(text):
    """Pairs of a command and the lines below it."""
    for part in re.split(r"^\$ ", text, flags=re.M)[1:]:
        command, *lines = part.rstrip("\n").split("\n")
        yield command, lines


def pattern(lines):
    whole = []
    for line in lines:
        if line.strip() == "…":
            whole.append(r"(?:.*\n)*?")
            continue
        escaped = re.escape(line).replace("…", ".*")
        whole.append(re.sub(r"in\\ [0-9\\.]+\\ s,", r"in [0-9.]+ s,", escaped) + r"\n")
    return re.compile("".join(whole))


class Docs(unittest.TestCase):
    def setUp(self):
        self.directory = tempfile.mkdtemp(prefix="retrylab-docs-")
        self.addCleanup(shutil.rmtree, self.directory, ignore_errors=True)
        self.addCleanup(self.stop_server)
        self.tools = os.path.join(self.directory, ".bin")
        os.mkdir(self.tools)
        for name, script in {"retrylab": RETRYLAB, "curl": CURL}.items():
            path = os.path.join(self.tools, name)
            with open(path, "w", encoding="utf-8") as file:
                file.write(script)
            os.chmod(path, 0o755)
        os.symlink(os.path.join(ROOT, "examples"), os.path.join(self.directory, "examples"))
        self.port = free_port()

    def bash(self, script):
        env = {**os.environ, "PATH": f"{self.tools}:{os.environ['PATH']}", "RETRYLAB_BINARY": os.path.abspath(BINARY), "DOCS": self.tools, "DOCS_PORT": str(self.port)}
        script = script.replace(ADDRESS, f"127.0.0.1:{self.port}")
        with tempfile.TemporaryFile("w+") as output:  # a server that stays keeps no pipe open
            code = subprocess.run(["bash", "-c", script], stdout=output, stderr=subprocess.STDOUT, cwd=self.directory, env=env, timeout=120, check=False).returncode
            output.seek(0)
            return code, output.read()

    def stop_server(self):
        pid_file = os.path.join(self.tools, "server.pid")
        if not os.path.exists(pid_file):
            return
        with open(pid_file, encoding="utf-8") as file:
            pid = int(file.read())
        os.remove(pid_file)
        try:
            os.kill(pid, signal.SIGTERM)
        except ProcessLookupError:
            return
        wait_until(lambda: not os.path.exists(f"/proc/{pid}"), 30, "the end of the server")

    def run_document(self, document):
        counts = {"sh": 0, "console": 0}
        for kind, text in blocks(document):
            counts[kind] += 1
            with self.subTest(document=document, block=text[:60]):
                if kind == "sh":
                    if "retrylab serve" in text:
                        self.stop_server()
                    code, output = self.bash(f"set -euo pipefail\n{text}")
                    self.assertEqual(code, 0, output[-3000:])
                else:
                    for command, expected in transcript(text):
                        _, output = self.bash(command)
                        self.assertRegex(output, re.compile(r"\A" + pattern(expected).pattern + r"\Z"), command)
        self.assertGreater(sum(counts.values()), 0, "nothing of it is run")

    def test_the_lab(self):
        self.run_document("docs/lab.md")

    def test_testing(self):
        self.run_document("docs/testing-with-retrylab.md")

    def test_the_tour(self):
        self.run_document("docs/tour.md")

    def test_forks(self):
        self.run_document("docs/fork.md")

    def test_replay(self):
        """On a log as the document has one in mind: of 24 November, with more than 17 jobs."""
        server = Server("--clock", "manual", "--clock-start", "2026-11-24T13:30:00Z", "--seed", "3")
        self.addCleanup(server.dispose)
        server.start()
        for n in range(40):
            server.create(delay_ms=n * 60_000, payload={"fail_times": n % 3}, max_attempts=2)
        self.assertEqual(server.ask("POST", "/clock/advance", {"until": "idle"}).status, 200)
        server.stop()
        for name in ("retrylab-data", "monday", "tuesday"):
            shutil.copytree(server.data, os.path.join(self.directory, name))
        self.bash("retrylab serve --data retrylab-data --clock manual &")
        self.run_document("docs/replay.md")
