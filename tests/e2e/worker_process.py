"""A worker as a process of its own, to be stopped, continued and killed.

    worker_process.py PORT WID QUEUE JOBS

Takes so many jobs over four connections and says "holding" with their number. Beats all the while, and connects
again when the server is gone. Each line on standard input is then a list in JSON, [["ack", jid], ["fail", jid]…]:
the ends of jobs, each told on the connection that took it; the answers are a line on standard output.
"""

import json
import sys
import threading
import time

from fwp import Fwp

PORT, WID, QUEUE, JOBS = int(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])
CONNECTIONS = 4


def connected():
    while True:
        try:
            return Fwp(PORT, WID)
        except OSError:
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
    answers = []
    for what, jid in json.loads(line):
        body = {"jid": jid} if what == "ack" else {"jid": jid, "errtype": "Late", "message": "too late"}
        answers.append(taken[jid].asks(f"{what.upper()} {json.dumps(body)}"))
    tell(answers)
