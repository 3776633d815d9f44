"""A reply is sent only after the sync that makes its job durable: the order of the system calls shows it."""

import http.client
import os
import re
import shutil
import subprocess
import threading
import unittest

from harness import Server

STRACE = shutil.which("strace")
CALLS = "recvfrom,recvmsg,read,readv,sendto,sendmsg,write,writev,fdatasync,fsync"
RECEIVING = {"recvfrom", "recvmsg", "read", "readv"}
SENDING = {"sendto", "sendmsg", "write", "writev"}
SYNCING = {"fdatasync", "fsync"}
LINE = re.compile(r"^(\d+) +(.*)$")
CALL = re.compile(r"^(\w+)\((\d+<.*?>)[,)]? ?(.*)$")
RESUMED = re.compile(r"^<\.\.\. (\w+) resumed>(.*)$")
CONNECTIONS, REQUESTS = 5, 60
BODY = b'{"type":"ordered","payload":{"force":"success","duration_ms":0}}'


def why_no_strace():
    if not STRACE:
        return "strace is not installed"
    done = subprocess.run([STRACE, "-o", "/dev/null", "true"], capture_output=True, text=True)
    return f"strace cannot trace here: {done.stderr.strip()}" if done.returncode else None


class Call:
    def __init__(self, name, file, text, start):
        self.name, self.file, self.text, self.start = name, file, text, start
        self.end = start  # line numbers: strace writes them in the order of time


def read_trace(path):
    """The calls of all threads; one that strace shows in two lines begins at the first and ends at the second."""
    calls, unfinished = [], {}
    with open(path, errors="replace") as trace:
        for number, line in enumerate(trace):
            found = LINE.match(line)
            if not found:
                continue
            thread, text = found.groups()
            resumed = RESUMED.match(text)
            if resumed:
                call = unfinished.pop(thread, None)
                if call:
                    call.text += resumed.group(2)
                    call.end = number
                continue
            begun = CALL.match(text)
            if not begun:
                continue
            call = Call(*begun.groups(), number)
            calls.append(call)
            if text.endswith("<unfinished ...>"):
                unfinished[thread] = call
    return calls


def replies_before_their_sync(calls):
    """(replies, syncs of the log, replies that no sync came before)."""
    syncs = [c for c in calls if c.name in SYNCING and "/log.db-wal>" in c.file and c.text.rstrip().endswith("= 0")]
    asked, replies, early = {}, 0, []
    for call in sorted(calls, key=lambda c: c.end if c.name in RECEIVING else c.start):
        if call.name in RECEIVING and '"POST /jobs' in call.text:
            asked[call.file] = call
        elif call.name in SENDING and '"HTTP/1.1 201' in call.text:
            replies += 1
            request = asked.pop(call.file)
            if not any(request.end < s.start and s.end < call.start for s in syncs):
                early.append(call)
    return replies, len(syncs), early


class ReplyAfterSync(unittest.TestCase):
    def setUp(self):
        reason = why_no_strace()
        if reason:
            print(f"\nskipped: {reason}")
            self.skipTest(reason)

    def trace(self, *flags):
        wrapper = [STRACE, "-f", "-yy", "-s", "20", "-e", f"trace={CALLS}", "-o"]
        server = Server(*flags)
        self.addCleanup(server.dispose)
        path = os.path.join(server.directory, "trace")
        server.wrapper = [*wrapper, path]
        server.start()
        statuses = []

        def client():
            connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
            for _ in range(REQUESTS):
                connection.request("POST", "/jobs", BODY)
                answer = connection.getresponse()
                answer.read()
                statuses.append(answer.status)
            connection.close()

        threads = [threading.Thread(target=client) for _ in range(CONNECTIONS)]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
        self.assertEqual(statuses, [201] * CONNECTIONS * REQUESTS)
        self.assertEqual(server.stop(), 0)
        return replies_before_their_sync(read_trace(path))

    def test_every_acknowledgement_comes_after_the_sync_of_its_job(self):
        replies, syncs, early = self.trace()
        print(f"\n{replies} acknowledgements, {syncs} syncs of the log, {len(early)} acknowledgements without a sync before")
        self.assertEqual(replies, CONNECTIONS * REQUESTS)
        self.assertEqual([c.text for c in early], [])

    def test_the_control_without_syncs_is_found(self):
        replies, syncs, early = self.trace("--synchronous", "OFF")
        print(f"\ncontrol, --synchronous OFF: {len(early)} of {replies} acknowledgements without a sync before, and found")
        self.assertEqual((syncs, len(early)), (0, CONNECTIONS * REQUESTS))


if __name__ == "__main__":
    unittest.main()
