"""The past: the whole system, and a job, after any event or at any time."""

from harness import ServerTest


def fold(events):
    """Statuses by job after these events, as docs/job_lifecycle.md says; nothing is scheduled here."""
    after = {"Created": "QUEUED", "Attempted": "RUNNING", "Succeeded": "SUCCEEDED", "Failed": "RETRYING", "DeadLettered": "FAILED", "Cancelled": "CANCELLED", "Requeued": "QUEUED", "Discarded": "DISCARDED"}
    status = {}
    for e in events:
        if e["job"] and e["type"] in after:
            status[e["job"]] = after[e["type"]]
    return status


class State(ServerTest):
    flags = ("--clock", "manual", "--clock-start", "2026-01-01T00:00:00Z")

    def work(self):
        """Thirty jobs of all sorts of ends, over a virtual hour."""
        for n in range(10):
            self.server.create("mail", {"force": "success"}, queue="a")
            self.server.create("mail", {"force": "fail"}, queue="b", max_attempts=1)
            self.server.create("report", {"fail_times": 1}, queue="b", max_attempts=3, retry={"kind": "fixed", "base_ms": 60_000, "jitter": 0})
        self.server.ask("POST", "/queues/b/pause", {"reason": "look"})
        self.server.ask("POST", "/clock/advance", {"by_ms": 3_600_000})
        self.server.ask("POST", "/queues/b/resume")
        self.server.ask("POST", "/clock/advance", {"until": "idle"})
        self.server.ask("POST", "/jobs/2/retry", {"payload": {"force": "success"}})
        self.server.ask("POST", "/jobs/1/retry")
        self.server.ask("POST", "/jobs/5/discard")
        self.server.ask("POST", "/clock/advance", {"until": "idle"})

    def state(self, at, **query):
        text = "&".join(f"{name}={value}" for name, value in {"at": at, **query}.items())
        return self.server.get(f"/state?{text}")

    def test_every_moment_is_what_its_events_make_it(self):
        self.work()
        events = self.server.events()
        newest = events[-1]["seq"]
        for seq in sorted({*range(1, newest + 1, 7), newest, newest - 1, 1}, key=lambda n: n * 7919 % 101):
            state = self.state(seq)
            expected = fold(e for e in events if e["seq"] <= seq)
            counts = {}
            for status in expected.values():
                counts[status] = counts.get(status, 0) + 1
            found = {status: n for status, n in state["by_status"].items() if n}
            waits = ("QUEUED", "RETRYING")  # a retry that is due reads as queued
            self.assertEqual(sum(found.get(s, 0) for s in waits), sum(counts.get(s, 0) for s in waits), seq)
            self.assertEqual({s: n for s, n in found.items() if s not in waits}, {s: n for s, n in counts.items() if s not in waits}, seq)
            self.assertEqual({j["id"] for j in state["jobs"]["FAILED"]}, {job for job, s in expected.items() if s == "FAILED"})
            self.assertEqual((state["seq"], state["newest_seq"]), (seq, newest))

    def test_now_is_what_the_lists_say(self):
        self.work()
        state, stats = self.server.get("/state"), self.server.get("/stats")
        self.assertEqual(state["by_status"], stats["by_status"])
        queues = {q["name"]: q for q in self.server.get("/queues")}
        self.assertEqual({q["name"]: q["by_status"] for q in state["queues"]}, {name: q["by_status"] for name, q in queues.items()})

    def test_settings_and_jobs_are_those_of_then(self):
        self.work()
        events = self.server.events()
        paused = next(e for e in events if e["type"] == "QueuePaused")["seq"]
        resumed = next(e for e in events if e["type"] == "QueueResumed")["seq"]
        self.assertEqual([next(q for q in self.state(at)["queues"] if q["name"] == "b")["paused"] for at in (paused - 1, paused, resumed - 1, resumed)], [False, True, True, False])
        # A job then, whole, and in the list of then.
        then = self.server.get(f"/jobs/2?at={resumed}")
        now = self.server.job(2)
        self.assertEqual((then["generation"], now["generation"], now["status"]), (1, 2, "SUCCEEDED"))
        dead = next(e for e in events if e["job"] == 2 and e["type"] == "DeadLettered")["seq"]
        listed = next(j for j in self.state(dead)["jobs"]["FAILED"] if j["id"] == 2)
        self.assertEqual(listed, self.server.get(f"/jobs/2?at={dead}"))
        self.assertEqual((listed["status"], listed["payload"]), ("FAILED", {"force": "fail"}))

    def test_a_time_is_a_moment_too(self):
        self.work()
        at = self.server.get("/state?at=2026-01-01T00:30:00Z&list=QUEUED,RETRYING,SCHEDULED&limit=5")
        self.assertEqual(at["at"], "2026-01-01T00:30:00.000000Z")
        self.assertEqual(set(at["jobs"]), {"QUEUED", "RETRYING", "SCHEDULED"})
        self.assertEqual((len(at["jobs"]["QUEUED"]), at["by_status"]["SUCCEEDED"]), (5, 10))
        self.assertEqual(self.server.get("/state?at=2025-12-31T00:00:00Z")["total"], 0)

    def test_what_is_wrong_is_named(self):
        for query, status, field in (("at=tomorrow", 400, "at"), ("at=999999", 422, "at"), ("list=SUCCEEDED", 400, "list"), ("limit=0", 400, "limit"), ("colour=red", 400, "colour")):
            answer = self.server.ask_unchecked("GET", f"/state?{query}")
            self.assertEqual((answer.status, answer.json()["errors"][0]["field"]), (status, field), query)
        job = self.server.create()["id"]
        self.assertEqual(self.server.ask("GET", f"/jobs/{job}?at=1").status, 404)
        self.assertEqual(self.server.ask("GET", f"/jobs/{job}?at=never").status, 400)

    def test_a_kill_changes_nothing_of_the_past(self):
        self.work()
        before = [self.state(at) for at in (10, 40, 80)]
        self.server.kill()
        self.server.start()
        after = [self.state(at) for at in (80, 10, 40)]
        for state in [*before, *after]:
            del state["newest_seq"]
        self.assertEqual([after[1], after[2], after[0]], before)
