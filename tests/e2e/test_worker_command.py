"""`retrylab worker`: jobs of the server, run in a process of their own."""

import json
import os
import signal
import socket
import subprocess
import threading
import unittest

from fwp import Fwp
from harness import BINARY, ServerTest, wait_until
from test_webhooks import Service, reply

SCRIPT = """
case "$RETRYLAB_TYPE" in
  echo) cat ;;
  who) echo "$RETRYLAB_JOB $RETRYLAB_QUEUE $RETRYLAB_ATTEMPT $RETRYLAB_FENCE $RETRYLAB_IDEMPOTENCY_KEY $COLOUR" ;;
  flaky) test "$RETRYLAB_ATTEMPT" -gt 1 || exit 75 ;;
  bad) echo bad row 7 >&2; exit 65 ;;
  slow) sleep 1; echo done ;;
  endless) sleep 600 ;;
esac
"""


class Worker:
    """A process of `retrylab worker`; what it logs is at hand."""

    def __init__(self, test, *flags, execute=("/bin/sh", "-c", SCRIPT), port=None, env=None):
        self.file = os.path.join(test.server.directory, f"worker-{len(os.listdir(test.server.directory))}")
        command = [BINARY, "worker", "--server", f"tcp://127.0.0.1:{port or test.server.faktory_port}", "--log-level", "debug", *flags]
        with open(self.file, "wb") as log:
            self.process = subprocess.Popen([*command, *(("--exec", *execute) if execute else ())], stdout=log, stderr=log, env={**os.environ, **(env or {})})
        test.addCleanup(self.kill)

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def log(self):
        with open(self.file, encoding="utf-8") as file:
            return file.read()

    def ends(self, how=signal.SIGTERM, seconds=20):
        if how:
            self.process.send_signal(how)
        return self.process.wait(seconds)


class WorkerTest(ServerTest):
    flags = ("--simulate", "off", "--lease", "2s")

    def run_job(self, type, payload=None, status="SUCCEEDED", **more):
        job = self.server.create(type=type, payload=payload if payload is not None else {}, **{"max_attempts": 1, **more})
        ended = self.server.ended(job["id"])
        self.assertEqual(ended["status"], status, ended)
        return ended

    def workers(self):
        return {w["name"]: w for w in self.server.get("/workers")}

    def events(self, job, type):
        return [e for e in self.server.get(f"/jobs/{job['id']}/events") if e["type"] == type]


class Commands(WorkerTest):
    def test_payload_in_and_result_out(self):
        Worker(self, "--concurrency", "2", env={"COLOUR": "blue"})
        payload = {"a": [1, 2.50, "Grüße\n"], "big": 12345678901234567890123}
        self.assertEqual(self.run_job("echo", payload)["result"], payload)
        job = self.run_job("who")
        fence = self.events(job, "Attempted")[0]["seq"]
        self.assertEqual(job["result"], f"{job['id']} default 1 {fence} {job['id']}-1 blue")
        self.assertEqual(self.run_job("flaky", max_attempts=3, retry={"kind": "fixed", "base_ms": 1})["executions"], 2)
        failed = self.run_job("bad", status="FAILED", max_attempts=5)
        self.assertEqual((failed["attempts"], failed["error"]["message"]), (1, "exit code 65: bad row 7"))

    def test_jobs_that_were_pushed(self):
        Worker(self, "--queues", "first,second")
        client = Fwp(self.server.faktory_port)
        self.addCleanup(client.close)
        client.ask('PUSH {"jid":"pushed-00001","jobtype":"echo","queue":"second","args":[1,{"a":"b"}],"custom":{"who":"me"}}')
        job = self.server.ended(wait_until(lambda: self.server.get("/jobs"))[0]["id"])
        self.assertEqual((job["status"], job["result"]), ("SUCCEEDED", {"args": [1, {"a": "b"}], "custom": {"who": "me"}}))

    def test_a_timeout_ends_the_program(self):
        worker = Worker(self)
        job = self.run_job("endless", status="FAILED", timeout_ms=300)
        self.assertEqual(self.events(job, "Failed")[0]["data"]["cause"], "timeout")
        self.assertEqual(worker.ends(), 0)

    def test_handlers_of_a_file(self):
        file = os.path.join(self.server.directory, "worker.toml")
        with open(file, "w", encoding="utf-8") as out:
            out.write('queues = "default,other"\nconcurrency = 3\n[handlers.upper]\nkind = "exec"\ncommand = ["/usr/bin/tr", "a-z", "A-Z"]\n')
        worker = Worker(self, "--config", file, execute=None)
        self.assertEqual(self.run_job("upper", {"a": 1}, queue="other")["result"], {"A": 1})
        failed = self.run_job("unknown", status="FAILED")
        self.assertEqual(failed["error"], {"type": "NotStarted", "message": "no command is configured for unknown", "backtrace": []})
        self.assertIn("3 slots", worker.log())


class Webhooks(WorkerTest):
    def test_http(self):
        answers = iter((reply(503, "", "Retry-After: 0"), reply(200, '{"sent": true}')))
        service = Service(self, lambda head, body: [next(answers)])
        Worker(self, "--http", f"http://127.0.0.1:{service.port}/hook", "--private-network", execute=None)
        job = self.run_job("mail", {"to": "a"}, max_attempts=3)
        self.assertEqual((job["executions"], job["result"]), (2, {"sent": True}))
        head, body = service.requests[1]
        self.assertIn(f"X-RetryLab-Job: {job['id']}\r\n", head)
        self.assertEqual(json.loads(body), {"to": "a"})

    def test_loopback_only_when_told(self):
        service = Service(self, lambda head, body: [reply(200)])
        Worker(self, "--http", f"http://127.0.0.1:{service.port}/hook", execute=None)
        self.assertEqual(self.run_job("mail", status="FAILED")["error"]["type"], "AddressRefused")
        self.assertEqual(service.connections, 0)


class Ends(WorkerTest):
    def test_what_runs_may_end(self):
        worker = Worker(self, "--concurrency", "1")
        running, waiting = self.server.create(type="slow"), self.server.create(type="echo")
        self.server.reaches(running["id"], "RUNNING")
        self.assertEqual(worker.ends(), 0)
        self.assertEqual(self.server.job(running["id"])["result"], "done")
        self.assertEqual(self.server.job(waiting["id"])["status"], "QUEUED")
        self.assertEqual(worker.log().count("begins"), 1)

    def test_what_takes_too_long_is_tried_again(self):
        worker = Worker(self, "--grace", "100ms")
        job = self.server.create(type="endless", max_attempts=3)
        self.server.reaches(job["id"], "RUNNING")
        self.assertEqual(worker.ends(), 0)
        failure = self.events(job, "Failed")[0]["data"]
        self.assertEqual((failure["cause"], failure["error"]["type"]), ("error", "WorkerStopped"))
        self.assertIn(self.server.job(job["id"])["status"], ("RETRYING", "QUEUED"))

    def test_an_idle_one_ends_soon(self):
        worker = Worker(self)
        wait_until(self.workers)
        self.assertEqual(worker.ends(), 0)

    def test_a_killed_one_is_missed(self):
        worker = Worker(self, "--name", "first", "--beat", "500ms")
        job = self.server.create(type="slow", max_attempts=3)
        self.server.reaches(job["id"], "RUNNING")
        worker.kill()
        Worker(self, "--name", "second", "--beat", "500ms")
        self.assertEqual(self.server.ended(job["id"])["status"], "SUCCEEDED")
        self.assertEqual(self.events(job, "Failed")[0]["data"]["cause"], "worker_lost")
        self.assertEqual([e["data"]["worker"] for e in self.events(job, "Attempted")], ["first", "second"])

    def test_the_server_tells_it_to(self):
        worker = Worker(self, "--name", "w", "--beat", "100ms")
        wait_until(lambda: "w" in self.workers())
        self.server.ask("POST", "/workers/w/quiet")
        wait_until(lambda: "quiet: no further jobs" in worker.log())
        job = self.server.create(type="echo")
        self.server.ask("POST", "/workers/w/terminate")
        self.assertEqual(worker.ends(how=None), 0)
        self.assertEqual(self.server.job(job["id"])["status"], "QUEUED")

    def test_a_signal_makes_it_quiet(self):
        worker = Worker(self, "--name", "w", "--beat", "100ms")
        wait_until(lambda: "w" in self.workers())
        worker.process.send_signal(signal.SIGTSTP)
        wait_until(lambda: self.workers()["w"]["state"] == "quiet")
        job = self.server.create(type="echo")
        self.assertEqual(worker.ends(), 0)
        self.assertEqual(self.server.job(job["id"])["status"], "QUEUED")


class Connections(WorkerTest):
    def test_a_result_outlives_a_restart_of_the_server(self):
        worker = Worker(self)
        job = self.server.create(type="slow")
        self.server.reaches(job["id"], "RUNNING")
        self.server.kill()
        wait_until(lambda: "trying again" in worker.log())
        self.server.start()
        ended = self.server.ended(job["id"])
        self.assertEqual((ended["status"], ended["executions"], ended["result"]), ("SUCCEEDED", 1, "done"))
        self.assertEqual(self.run_job("echo", {"again": True})["result"], {"again": True})

    def test_it_may_come_before_its_server(self):
        self.server.stop()
        worker = Worker(self)
        wait_until(lambda: "Connection refused; trying again" in worker.log())
        self.server.start()
        self.assertEqual(self.run_job("echo")["result"], {})

    def test_only_a_server_of_ours(self):
        def imitate(listener):
            connection, _ = listener.accept()
            with connection, connection.makefile("rb") as lines:
                info = b'{"server":{"description":"Other"}}'
                for answer in (b'+HI {"v":2}\r\n', b"+OK\r\n", b"$%d\r\n%b\r\n" % (len(info), info)):
                    connection.sendall(answer)
                    lines.readline()  # HELLO, INFO, END

        with socket.create_server(("127.0.0.1", 0)) as listener:
            thread = threading.Thread(target=imitate, args=(listener,))
            thread.start()
            worker = Worker(self, port=listener.getsockname()[1])
            self.assertEqual(worker.ends(how=None), 76)
            self.assertIn("is not a RetryLab server", worker.log())
            thread.join()


class Password(WorkerTest):
    flags = ("--simulate", "off", "--faktory-password", "secret 1")

    def test_in_the_environment(self):
        wrong = Worker(self, env={"RETRYLAB_FAKTORY_PASSWORD": "wrong"})
        wait_until(lambda: "Invalid password; trying again" in wrong.log())
        Worker(self, env={"RETRYLAB_FAKTORY_PASSWORD": "secret 1"})
        self.assertEqual(self.run_job("echo", {"a": 1})["result"], {"a": 1})


class Misuse(unittest.TestCase):
    def test_each_mistake_is_named(self):
        for flags, said in (
            ((), "nothing to run: give --exec COMMAND, --http URL, or handlers in a file"),
            (("--exec",), "nothing to run"),
            (("--server", "redis://x", "--exec", "cat"), "--server must begin with tcp://"),
            (("--http", "ftp://x"), "--http"),
            (("--http", "http://x/", "--exec", "cat"), "--exec and --http exclude each other"),
            (("--concurrency", "0", "--exec", "cat"), "--concurrency"),
            (("--grace", "soon", "--exec", "cat"), "--grace: must be a time"),
            (("--name", "", "--frobnicate"), "--frobnicate"),
        ):
            done = subprocess.run([BINARY, "worker", *flags], capture_output=True, text=True, timeout=20, check=False)
            self.assertEqual(done.returncode, 64, (flags, done.stderr))
            self.assertIn(said, done.stderr, flags)
