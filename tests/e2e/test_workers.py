"""Workers as processes: killed in the middle of a job, stopped and continued too late, and cut off from the server."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import unittest

from fwp import Fwp
from harness import SLOW, ServerTest, wait_until

HERE = os.path.dirname(os.path.abspath(__file__))
ZOMBIES = int(os.environ.get("RETRYLAB_ZOMBIES", "100" if SLOW else "400"))


class Worker:
    """A process of worker_process.py; ended with the test."""

    def __init__(self, test, wid, queue="default", jobs=1):
        command = [sys.executable, os.path.join(HERE, "worker_process.py"), str(test.server.faktory_port), str(test.server.port), wid, queue, str(jobs)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.wid = wid
        test.addCleanup(self.end)

    def says(self):
        return json.loads(self.process.stdout.readline())

    def tell(self, ends):
        self.process.stdin.write((json.dumps(ends) + "\n").encode())
        self.process.stdin.flush()

    def signal(self, which):
        os.kill(self.process.pid, which)

    def end(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()


class Workers(ServerTest):
    def connect(self, *args, **options):
        client = Fwp(self.server.faktory_port, *args, **options)
        self.addCleanup(client.close)
        return client

    def push(self, queue, jids, **options):
        jobs = [{"jid": jid, "jobtype": "work", "args": [], "queue": queue, **options} for jid in jids]
        self.assertEqual(self.connect().ask("PUSHB " + json.dumps(jobs)), b"{}")

    def by_job(self):
        """The events of all jobs, by job."""
        found = {}
        for event in self.server.events():
            if event["job"]:
                found.setdefault(event["job"], []).append(event)
        return found

    def drain(self, queue, jobs, wid):
        """Another worker: takes and finishes whatever there is, until all of them have succeeded."""
        done = threading.Event()
        connections = [self.connect(wid) for _ in range(4)]

        def work(fwp):
            try:
                while True:
                    job = fwp.fetch(queue)
                    if job:
                        fwp.ack(job["jid"])
            except (OSError, AssertionError):
                if not done.is_set():
                    raise

        workers = [threading.Thread(target=work, args=(fwp,)) for fwp in connections]
        for worker in workers:
            worker.start()
        try:
            wait_until(lambda: self.server.get(f"/queues/{queue}")["by_status"]["SUCCEEDED"] == jobs, 120, f"the end of {jobs} jobs")
        finally:
            done.set()
            for fwp in connections:
                fwp.socket.shutdown(socket.SHUT_RDWR)  # none waits for a job that will not come
            for worker in workers:
                worker.join()


class Killed(Workers):
    flags = ("--lease", "500ms")

    def test_a_worker_that_is_killed_gives_its_job_back_within_the_lease(self):
        self.push("default", ["killed-001"], retry=3, custom={"retry_policy": {"kind": "fixed", "base_ms": 3_600_000}})
        victim = Worker(self, "the-victim")
        self.assertEqual(victim.says(), ["holding", 1])
        other = self.connect("the-other")
        victim.signal(signal.SIGKILL)
        # Neither the hour of its policy nor the half hour of its reservation is waited for.
        self.assertEqual(wait_until(lambda: other.fetch("default"))["jid"], "killed-001")
        self.assertEqual(other.ack("killed-001"), "OK")
        (job,) = self.server.get("/jobs")
        self.assertEqual((job["status"], job["executions"], job["attempts"]), ("SUCCEEDED", 2, 1))
        events = self.server.get(f"/jobs/{job['id']}/events")
        self.assertEqual([e["type"] for e in events], ["Created", "Attempted", "Failed", "RetryScheduled", "Attempted", "Succeeded"])
        self.assertEqual([e["data"]["worker"] for e in events if e["type"] == "Attempted"], ["the-victim", "the-other"])
        failed = events[2]["data"]
        self.assertEqual((failed["cause"], failed["fence"]), ("worker_lost", events[1]["seq"]))
        self.assertIn("the-victim", failed["error"]["message"])
        self.assertEqual(events[3]["data"]["delay_ms"], 0)
        self.assertEqual([e["data"]["worker"] for e in self.server.get("/events?type=WorkerLost")], ["the-victim"])


class Zombies(Workers):
    """Stopped workers whose jobs others have finished, and who then tell their own end of them."""

    flags = ("--lease", "1s" if SLOW else "300ms")
    late = 0

    def one_round(self, number, jobs, what, over):
        queue = f"round-{number}"
        jids = [f"zombie-{number}-{i:05}" for i in range(jobs)]
        self.push(queue, jids)
        zombie = Worker(self, f"zombie-{number}", queue, jobs)
        self.assertEqual(zombie.says(), ["holding", jobs])
        zombie.signal(signal.SIGSTOP)
        self.drain(queue, jobs, f"other-{number}")

        before = self.by_job()
        mine = [events for events in before.values() if events[0]["data"]["queue"] == queue]
        self.assertEqual(len(mine), jobs)
        fences = [e["seq"] for events in mine for e in events if e["type"] == "Attempted" and e["data"]["worker"] == zombie.wid]
        self.assertGreaterEqual(len(fences), jobs)
        zombie.tell([[what, which] for which in (jids if over == "faktory" else fences)])
        zombie.signal(signal.SIGCONT)
        refused = [409] * len(fences) if over == "rest" else ["OK" if what == "ack" else f"-ERR Job not found {jid}" for jid in jids]
        self.assertEqual(zombie.says(), refused)
        self.late += len(refused)
        self.assertEqual(self.by_job(), before, "a late result changed a job")

        for events in mine:
            workers = {e["seq"]: e["data"]["worker"] for e in events if e["type"] == "Attempted"}
            ends = [e["data"]["fence"] for e in events if e["type"] == "Succeeded"]
            self.assertEqual([workers[fence] for fence in ends], [f"other-{number}"])
            self.assertEqual({e["data"]["cause"] for e in events if e["type"] == "Failed"}, {"worker_lost"})
        zombie.end()

    def test_late_results_change_nothing(self):
        kinds = [("ack", "faktory"), ("fail", "rest"), ("fail", "faktory"), ("ack", "rest")]
        rounds = max(len(kinds), -(-ZOMBIES // 250))
        jobs = -(-ZOMBIES // rounds)
        began = time.monotonic()
        for number in range(rounds):
            self.one_round(number, jobs, *kinds[number % len(kinds)])
        recorded = lambda: [e for e in self.server.events() if e["type"] == "ResultRefused"]
        wait_until(lambda: len(recorded()) == self.late, what=f"the record of {self.late} late results")
        self.assertTrue(all(e["data"]["worker"].startswith("zombie-") for e in recorded()))
        print(f"{jobs * rounds} zombies in {time.monotonic() - began:.1f} s ", end="", file=sys.stderr)
        self.assertEqual(self.server.stop(), 0)
        self.assertEqual(self.server.verify().returncode, 0)


class Restarted(Workers):
    def test_a_worker_goes_on_with_its_attempt_when_the_server_comes_back(self):
        for how in (signal.SIGKILL, signal.SIGTERM):
            with self.subTest(how=how):
                queue = f"restart-{how.value}"
                jid = f"through-{how.value}"
                self.push(queue, [jid])
                worker = Worker(self, f"patient-{how.value}", queue)
                self.assertEqual(worker.says(), ["holding", 1])
                self.server.stop(how)
                self.server.start()
                wait_until(lambda: any(w["name"] == worker.wid and w["beats"] for w in self.server.get("/workers")), what="a beat after the restart")
                worker.tell([["ack", jid]])
                self.assertEqual(worker.says(), ["OK"])
                (job,) = self.server.get(f"/jobs?queue={queue}")
                self.assertEqual((job["status"], job["executions"], job["attempts"]), ("SUCCEEDED", 1, 0))
                self.assertEqual([e["type"] for e in self.server.get(f"/jobs/{job['id']}/events")], ["Created", "Attempted", "Succeeded"])


class Example(Workers):
    def test_the_worker_in_plain_python(self):
        script = os.path.join(HERE, "..", "..", "examples", "worker-python", "worker.py")
        worker = subprocess.Popen([sys.executable, script, f"http://127.0.0.1:{self.server.port}", "texts"])
        try:
            options = {"handler": "remote", "queue": "texts", "max_attempts": 2, "retry": {"kind": "fixed", "base_ms": 5}}
            good = self.server.create("count.words", {"text": "to be or not to be"}, **options)["id"]
            bad = self.server.create("count.words", {}, **options)["id"]
            self.assertEqual(self.server.reaches(good, "SUCCEEDED")["result"], {"words": 6})
            self.assertEqual(self.server.reaches(bad, "FAILED")["error"]["type"], "KeyError")
            self.assertEqual(self.server.job(bad)["executions"], 2)
            (known,) = self.server.get("/workers")
            self.assertTrue(known["name"].endswith(f"-{worker.pid}"), known)
            # Told to end, it does so with its next answer, which a job brings at once.
            self.server.ask("POST", f"/workers/{known['name']}/terminate")
            self.server.create("count.words", {"text": "last"}, **options)
            self.assertEqual(worker.wait(60), 0)
            self.assertEqual(self.server.get("/stats")["by_status"]["RUNNING"], 0)
        finally:
            worker.kill()
            worker.wait()


if __name__ == "__main__":
    unittest.main()
