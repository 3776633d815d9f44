"""kill -9 and power cuts under load, against a ledger of what the clients were told (goal G1).

Two controls show that the ledger finds a loss: syncs switched off under a power cut, and a reply that is sent before the
commit.
"""

import os
import random
import shutil
import socket
import threading
import time
import unittest

from harness import Server, wait_until
from ledger import Ledger, Load

ROUNDS = 40
POWER_CUTS = 5
SEED = int(os.environ.get("RETRYLAB_CRASH_SEED", "20261123"))
SHIM = os.environ.get("RETRYLAB_POWERCUT", "")

ENDS = {"Succeeded", "DeadLettered", "Cancelled"}


def ends_by_generation(events):
    counts = {}
    for e in events:
        if e["type"] in ENDS:
            counts[e["job"], e["generation"]] = counts.get((e["job"], e["generation"]), 0) + 1
    return counts


class Kill(unittest.TestCase):
    def test_40_kills_under_load_lose_no_acknowledged_job(self):
        chance, ledger, server = random.Random(SEED), Ledger(), Server()
        self.addCleanup(server.dispose)
        for _ in range(ROUNDS):
            server.start()
            load = Load(server.port, ledger, seed=chance.random())
            time.sleep(chance.uniform(0.005, 1.5))
            server.kill()
            load.stop()
        server.start()
        self.assertEqual(ledger.lost(server), [])
        unended = ("SCHEDULED", "QUEUED", "RUNNING", "RETRYING")
        wait_until(lambda: not any(server.get("/stats")["by_status"][s] for s in unended), 60, "the end of every job")
        events = server.events()
        server.stop()
        self.assertEqual([e["seq"] for e in events], list(range(1, len(events) + 1)))
        ends = ends_by_generation(events)
        jobs = {e["job"] for e in events if e["job"]}
        self.assertEqual({key for key, n in ends.items() if n != 1}, set(), "generations with more than one end")
        self.assertEqual({job for job, _ in ends}, jobs, "jobs without an end")
        verdict = server.verify()
        self.assertEqual(verdict.returncode, 0, verdict.stdout)
        print(f"\n{ROUNDS} kills (seed {SEED}): {len(ledger.acknowledged)} jobs acknowledged, 0 lost; {verdict.stdout.strip()}")


@unittest.skipUnless(SHIM, "needs RETRYLAB_POWERCUT, the preloaded shim")
class PowerCut(unittest.TestCase):
    def cut(self, chance, *flags):
        """Load, power cut, start on what was synced. The number of acknowledged jobs, and those lost."""
        server, ledger = Server(*flags), Ledger()
        self.addCleanup(server.dispose)
        mirror = os.path.join(server.directory, "mirror")
        os.mkdir(mirror)
        server.start(env={"LD_PRELOAD": SHIM, "POWERCUT_DIR": server.data, "POWERCUT_MIRROR": mirror})
        load = Load(server.port, ledger, seed=chance.random())
        time.sleep(chance.uniform(0.3, 1.2))
        server.kill()
        load.stop()
        for name in os.listdir(mirror):
            if name.startswith("views"):
                os.remove(os.path.join(mirror, name))
        self.assertGreater(len(ledger.acknowledged), 50)
        server.start(data=mirror, flags=())
        lost = ledger.lost(server)
        server.stop()
        self.assertEqual(server.verify(mirror).returncode, 0)
        return len(ledger.acknowledged), lost

    def test_what_was_acknowledged_was_synced(self):
        chance, total = random.Random(SEED), 0
        for _ in range(POWER_CUTS):
            acknowledged, lost = self.cut(chance)
            self.assertEqual(lost, [])
            total += acknowledged
        print(f"\n{POWER_CUTS} power cuts: {total} jobs acknowledged, 0 lost")

    def test_control_without_a_sync_for_each_commit_the_ledger_finds_lost_jobs(self):
        for level in ("OFF", "NORMAL"):
            chance, total, found = random.Random(SEED), 0, 0
            for _ in range(POWER_CUTS):  # one cut may fall just behind a checkpoint, which syncs at NORMAL: nothing to lose then
                acknowledged, lost = self.cut(chance, "--synchronous", level)
                total, found = total + acknowledged, found + len(lost)
                if found:
                    break
            self.assertGreater(found, 0, level)
            print(f"\ncontrol, synchronous={level}: {found} of {total} acknowledged jobs lost and found missing")


class EarlyReply:
    """Stands before the server and answers 201 before it passes the request on: the mistake that must be found."""

    def __init__(self, server):
        self.server, self.next, self.lock = server, 1, threading.Lock()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def serve(self, client):
        with client, client.makefile("rwb") as stream:
            while True:
                head = b""
                while not head.endswith(b"\r\n\r\n"):
                    line = stream.readline()
                    if not line:
                        return
                    head += line
                length = next(int(l.split(b":")[1]) for l in head.split(b"\r\n") if l.lower().startswith(b"content-length"))
                body = stream.read(length)
                with self.lock:  # in the order of the ids that the server will give
                    id, self.next = self.next, self.next + 1
                    answer = b'{"id":%d}' % id
                    stream.write(b"HTTP/1.1 201 Created\r\nContent-Length: %d\r\n\r\n" % len(answer) + answer)
                    stream.flush()
                    try:
                        self.server.ask("POST", "/jobs", body)
                    except OSError:
                        pass


class ReplyBeforeCommit(unittest.TestCase):
    def test_control_with_the_reply_before_the_commit_the_ledger_finds_lost_jobs(self):
        server, ledger = Server("--simulate", "off"), Ledger()
        self.addCleanup(server.dispose)
        server.start()
        proxy = EarlyReply(server)
        load = Load(proxy.port, ledger, clients=4, seed=SEED)
        wait_until(lambda: len(ledger.acknowledged) > 50, what="50 jobs")
        server.kill()
        known = len(ledger.acknowledged)
        wait_until(lambda: len(ledger.acknowledged) > known, what="a reply for a job that the server never got")
        load.stop()
        proxy.listener.close()
        server.start()
        lost = ledger.lost(server)
        self.assertGreater(len(lost), 0)
        print(f"\ncontrol, reply before commit: {len(lost)} of {len(ledger.acknowledged)} acknowledged jobs lost and found missing")


if __name__ == "__main__":
    unittest.main()
