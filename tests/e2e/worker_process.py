"""A worker as a process of its own, to be stopped, continued and killed.

    worker_process.py FAKTORY HTTP WID QUEUE JOBS

Takes so many jobs over four connections and says "holding" with their number. Beats all the while, and connects
again when the server is gone. Each line on standard input is then a list in JSON, [["ack", jid], ["fail", fence]…]:
the ends of jobs, by jid on the connection that took it, by fence over REST; the answers are a line on standard output.
"""

import http.client
import json
import sys
import threading
import time

from fwp import Fwp

FAKTORY, HTTP, WID, QUEUE, JOBS = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4], int(sys.argv[5])
LATE = {"errtype": "Late", "message": "too late"}
CONNECTIONS = 4


def connected():
    while True:
        try:
            return Fwp(FAKTORY, WID)
        except (OSError, ValueError, AssertionError):  # nobody listens, or it ends just now
            time.sleep(0.02)


class Connection:
    """One that is made again when it breaks; what was not answered is said again."""

    def __init__(self):
        self.fwp = connected()

    def asks(self, line):
        while True:
            try:
                return self.fwp.asks(line)
            except (OSError, AssertionError):
                self.fwp.close()
                self.fwp = connected()


def beat():
    connection = Connection()
    while True:
        connection.asks("BEAT " + json.dumps({"wid": WID}))
        time.sleep(0.03)


def tell(text):
    print(json.dumps(text), flush=True)


def over_rest(what, fence):
    """The status of the answer."""
    connection = http.client.HTTPConnection("127.0.0.1", HTTP, timeout=30)
    connection.request("POST", f"/leases/{fence}/{what}", json.dumps({"error": {"message": "too late"}}) if what == "fail" else None)
    status = connection.getresponse().status
    connection.close()
    return status


def end(what, which):
    if isinstance(which, int):
        return over_rest(what, which)
    return taken[which].asks(f"{what.upper()} {json.dumps({'jid': which, **(LATE if what == 'fail' else {})})}")


threading.Thread(target=beat, daemon=True).start()
connections = [Connection() for _ in range(CONNECTIONS)]
taken = {}  # by jid
while len(taken) < JOBS:
    connection = connections[len(taken) % CONNECTIONS]
    job = connection.asks(f"FETCH {QUEUE}")
    if job:
        taken[json.loads(job)["jid"]] = connection
tell(["holding", len(taken)])
for line in sys.stdin:
    tell([end(what, which) for what, which in json.loads(line)])
