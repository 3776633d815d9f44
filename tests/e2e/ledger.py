"""Clients that write down what the server acknowledged. The ledger, not the server, is the oracle."""

import http.client
import json
import random
import threading


class Ledger:
    def __init__(self):
        self.acknowledged = {}  # job id -> the body that was sent
        self.errors = 0
        self.lock = threading.Lock()

    def record(self, id, body):
        with self.lock:
            self.acknowledged[id] = body

    def lost(self, server):
        """Acknowledged jobs that the server does not have, or has as something else."""
        have = {e["job"]: e["data"] for e in server.events() if e["type"] == "Created"}
        return [id for id, body in self.acknowledged.items() if id not in have or have[id]["payload"] != body["payload"]]


PAYLOADS = [{"force": "success", "duration_ms": 0}, {"force": "success", "duration_ms": 20}, {"fail_times": 1, "duration_ms": 0},
            {"force": "fail", "duration_ms": 5}, {"sequence": ["crash", "success"], "duration_ms": 3}, {"success_rate": 0.5, "duration_ms": 0}]


class Load:
    """Creates jobs on several connections until stopped. `port` may be that of something in between."""

    def __init__(self, port, ledger, clients=8, seed=1):
        self.stopping = threading.Event()
        self.threads = [threading.Thread(target=self.run, args=(port, ledger, random.Random(f"{seed}-{n}"))) for n in range(clients)]
        for t in self.threads:
            t.start()

    def run(self, port, ledger, chance):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        number = 0
        while not self.stopping.is_set():
            number += 1
            payload = {**chance.choice(PAYLOADS), "mark": chance.getrandbits(60)}
            body = {"type": "load", "payload": payload, "max_attempts": 3, "retry": {"base_ms": chance.randrange(50)}}
            try:
                connection.request("POST", "/jobs", json.dumps(body))
                answer = connection.getresponse()
                text = answer.read()
                if answer.status == 201:
                    ledger.record(json.loads(text)["id"], body)
            except (OSError, http.client.HTTPException, ValueError):
                ledger.errors += 1
                connection.close()
                if not self.stopping.wait(0.01):  # the server is gone: until somebody stops the load
                    continue
        connection.close()

    def stop(self):
        self.stopping.set()
        for t in self.threads:
            t.join()
