"""A worker in plain Python: worker.py [URL QUEUE]. Takes jobs over HTTP and says how they ended."""

import json
import os
import sys
import threading
from contextlib import suppress
from urllib.error import HTTPError
from urllib.request import urlopen

URL, QUEUE = sys.argv[1:] or ("http://127.0.0.1:8000", "default")


def post(path, body):
    return json.load(urlopen(URL + path, json.dumps(body).encode()))


def beat(fence, done):
    while not done.wait(10):  # --lease is 30 s: a sign of life well within it
        post(f"/leases/{fence}/heartbeat", {})


def work(payload):
    return {"words": len(payload["text"].split())}  # what it raises is the job's failure


state = "running"
while state == "running":  # until an operator says otherwise
    lease = post("/leases", {"worker": f"python-{os.getpid()}", "queues": [QUEUE], "wait_ms": 20_000})
    job, fence, state, done = lease["job"], lease["fence"], lease["state"], threading.Event()
    if job:
        threading.Thread(target=beat, args=(fence, done), daemon=True).start()
        try:
            end, report = "ack", {"result": work(job["payload"])}
        except Exception as error:
            end, report = "fail", {"error": {"type": type(error).__name__, "message": repr(error)}}
        done.set()
        with suppress(HTTPError):  # 409: the lease was over, another worker has the job
            post(f"/leases/{fence}/{end}", report)
