import json
import threading
import urllib.request

import pytest
from retrylab import RetryLab


@pytest.fixture
def lab():
    with RetryLab() as server:
        yield server


def test_the_policy_gives_up_after_half_an_hour_and_not_before(lab):
    policy = {"kind": "exponential", "base_ms": 60_000, "factor": 2, "jitter": 0, "cap_ms": 86_400_000}
    job = lab.create("invoice.send", {"force": "fail", "duration_ms": 0}, max_attempts=6, retry=policy)
    lab.advance(until="idle")
    assert lab.job(job)["status"] == "FAILED"
    assert lab.seconds(job, "Attempted") == [0, 60, 180, 420, 900, 1860]


def test_a_reminder_is_sent_tomorrow(lab):
    job = lab.create("reminder", {"force": "success", "duration_ms": 0}, delay_ms=86_400_000)
    lab.advance(by_ms=86_399_999)
    assert lab.job(job)["status"] == "SCHEDULED"
    lab.advance(by_ms=1)
    assert lab.types(job) == ["Created", "Attempted", "Succeeded"]


class FlakyMailer:
    """The code under test: a worker that takes jobs from the server and fails twice."""

    def __init__(self, url):
        self.url, self.calls, self.over = url, 0, threading.Event()
        self.ask("/leases", {"worker": "mailer", "queues": ["mail"]})  # known before the first job comes
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def ask(self, path, body):
        request = urllib.request.Request(self.url + path, json.dumps(body).encode(), method="POST")
        return json.load(urllib.request.urlopen(request, timeout=60))

    def run(self):
        while not self.over.is_set():
            lease = self.ask("/leases", {"worker": "mailer", "queues": ["mail"], "wait_ms": 200})
            if lease["job"]:
                self.calls += 1
                end = ("/fail", {"error": {"message": "451 try later"}}) if self.calls <= 2 else ("/ack", {})
                self.ask(f"/leases/{lease['fence']}{end[0]}", end[1])

    def stop(self):
        self.over.set()
        self.thread.join()


def test_our_mailer_survives_two_refusals(lab):
    mailer = FlakyMailer(lab.url)
    try:
        retry = {"kind": "fixed", "base_ms": 3_600_000, "jitter": 0}
        job = lab.create("mail", queue="mail", handler="remote", retry=retry)
        lab.advance(until="idle")
    finally:
        mailer.stop()
    assert lab.job(job)["status"] == "SUCCEEDED"
    assert mailer.calls == 3
    assert lab.job(job)["attempts"] == 2


class Shop:
    """The code under test: it must not charge twice for one job, however often the job comes."""

    def __init__(self):
        self.charged = set()

    def run(self, lab, worker):
        lease = lab.ask("POST", "/leases", {"worker": worker, "queues": ["shop"]})
        self.charged.add(lease["job"]["id"])
        return lease


def test_an_order_that_is_delivered_twice_is_charged_once():
    with RetryLab("--lab") as lab:
        lab.ask("PUT", "/lab/faults/twice", {"kind": "deliver_twice", "queue": "shop"})
        job = lab.create("order", queue="shop", handler="remote")
        shop = Shop()
        first, second = shop.run(lab, "one"), shop.run(lab, "two")
        assert first["job"]["id"] == second["job"]["id"] == job
        assert shop.charged == {job}
        lab.ask("POST", f"/leases/{first['fence']}/ack", {})
        with pytest.raises(AssertionError, match="409 stale fence"):
            lab.ask("POST", f"/leases/{second['fence']}/ack", {})
        assert lab.types(job) == ["Created", "Attempted", "Succeeded"]
