"""Batches: jobs that belong together, and the callbacks that tell their end, over both protocols."""

import json
import unittest

from fwp import Fwp, FwpError
from harness import ServerTest, wait_until


GOOD = {"force": "success", "duration_ms": 0}


class Batches(ServerTest):
    def batch(self, bid):
        return self.server.get(f"/batches/{bid}")

    def jobs_of(self, bid):
        return self.server.get(f"/jobs?tag=batch:{bid}&limit=1000")


class OverRest(Batches):
    def open(self, **body):
        answer = self.server.ask("POST", "/batches", body)
        self.assertEqual(answer.status, 201, answer.body)
        return json.loads(answer.body)["id"]

    def commit(self, bid):
        answer = self.server.ask("POST", f"/batches/{bid}/commit")
        self.assertEqual(answer.status, 200, answer.body)
        return json.loads(answer.body)

    def create(self, bid, **body):
        return self.server.create(type="part", batch=bid, **{"payload": GOOD, **body})

    def ended(self, bid):
        return wait_until(lambda: (b := self.batch(bid))["state"] == "succeeded" and b)

    def test_callbacks_run_in_order_when_the_jobs_are_done(self):
        bid = self.open(description="nightly", complete={"type": "tell", "payload": GOOD}, success={"type": "cheer", "payload": GOOD, "priority": 9})
        ids = [self.create(bid)["id"] for _ in range(20)]
        wait_until(lambda: self.batch(bid)["succeeded"] == 20)
        self.assertEqual(self.batch(bid)["complete"], {"state": "pending", "job": None}, "before the commit")
        self.assertEqual(self.commit(bid)["state"], "committed")
        done = self.ended(bid)
        self.assertEqual((done["total"], done["pending"], done["failed"]), (20, 0, 0))
        complete, success = (self.server.get(f"/jobs/{done[name]['job']}") for name in ("complete", "success"))
        self.assertEqual((complete["type"], success["type"]), ("tell", "cheer"))
        self.assertEqual(complete["callback"], {"batch": bid, "of": "complete"})
        self.assertLessEqual(complete["finished_at"], success["created_at"])
        self.assertEqual(success["priority"], 9)
        self.assertEqual(sorted(j["id"] for j in self.jobs_of(bid)), sorted([*ids, complete["id"], success["id"]]))

    def test_an_empty_batch_is_done_at_its_commit(self):
        bid = self.open(success={"type": "cheer", "payload": GOOD})
        self.commit(bid)
        self.assertEqual(self.ended(bid)["total"], 0)
        self.assertEqual(self.commit(bid)["state"], "succeeded", "a second commit changes nothing")

    def test_a_dead_job_completes_a_batch_and_success_waits_for_its_retry(self):
        bid = self.open(complete={"type": "tell", "payload": GOOD}, success={"type": "cheer", "payload": GOOD})
        bad = self.create(bid, payload={"force": "fail"}, max_attempts=1)["id"]
        self.create(bid)
        self.commit(bid)
        wait_until(lambda: self.batch(bid)["complete"]["state"] == "done")
        state = self.batch(bid)
        self.assertEqual((state["failed"], state["succeeded"], state["success"]["state"]), (1, 1, "pending"))
        self.assertEqual(self.server.ask("POST", f"/jobs/{bad}/retry", {"payload": GOOD}).status, 200)
        self.assertEqual(self.ended(bid)["failed"], 0)

    def test_a_batch_waits_for_the_ones_inside(self):
        outer = self.open(description="outer", success={"type": "cheer", "payload": GOOD})
        inner = self.open(description="inner", parent=outer, success={"type": "cheer", "payload": GOOD})
        self.create(outer)
        self.commit(outer)
        wait_until(lambda: self.batch(outer)["succeeded"] == 1)
        self.create(inner)
        wait_until(lambda: self.batch(inner)["succeeded"] == 1)
        self.assertEqual(self.batch(outer)["success"]["state"], "pending")
        self.commit(inner)
        first, last = self.ended(inner), self.ended(outer)
        self.assertEqual(last["total"], 1, "jobs inside are not counted")
        self.assertLess(first["success"]["job"], last["success"]["job"])

    def test_bulk_jobs_belong_too_and_all_are_taken_or_none(self):
        bid = self.open(success={"type": "cheer", "payload": GOOD})
        answer = self.server.ask("POST", "/jobs/bulk", [{"type": "part", "batch": bid, "payload": GOOD}] * 500)
        self.assertEqual(answer.status, 201)
        answer = self.server.ask("POST", "/jobs/bulk", [{"type": "part", "batch": bid}, {"type": "part", "batch": "b-999"}])
        self.assertEqual(answer.status, 422)
        self.commit(bid)
        self.assertEqual(self.ended(bid)["total"], 500)

    def test_bad_input_names_its_field(self):
        for body, field in (
            ({}, "success"),
            ({"success": {}}, "success.type"),
            ({"complete": {"type": "a", "nonsense": 1}}, "complete.nonsense"),
            ({"success": {"type": "a"}, "parent": "b-77"}, "parent"),
            ({"success": {"type": "a"}, "description": "x" * 1001}, "description"),
        ):
            answer = self.server.ask("POST", "/batches", body)
            self.assertEqual(answer.status, 422, body)
            self.assertIn(field, [e["field"] for e in json.loads(answer.body)["errors"]])
        self.assertEqual(self.server.ask("GET", "/batches/b-77").status, 404)
        self.assertEqual(self.server.ask("POST", "/batches/b-77/commit").status, 404)
        self.assertEqual(self.server.ask("POST", "/jobs", {"type": "a", "batch": "b-77"}).status, 422)

    def test_a_kill_loses_no_callback_and_makes_no_second_one(self):
        bids = []
        for n in range(30):
            bid = self.open(complete={"type": "tell", "payload": GOOD}, success={"type": "cheer", "payload": GOOD})
            self.create(bid, payload={**GOOD, "duration_ms": 5 * n})
            self.commit(bid)
            bids.append(bid)
        for _ in range(3):
            self.server.kill()
            self.server.start()
        wait_until(lambda: all(self.ended_or_gone(bid) for bid in bids), seconds=60)
        for bid in bids:
            kinds = sorted(j["type"] for j in self.jobs_of(bid))
            self.assertEqual(kinds, ["cheer", "part", "tell"], bid)

    def ended_or_gone(self, bid):
        """Batches that ended before a start are not known after it."""
        answer = self.server.ask("GET", f"/batches/{bid}")
        return answer.status == 404 or json.loads(answer.body)["state"] == "succeeded"


class OverFaktory(Batches):
    def setUp(self):
        super().setUp()
        self.client = Fwp(self.server.faktory_port, wid="worker-1")
        self.addCleanup(self.client.close)

    def new(self, **body):
        return self.client.ask("BATCH NEW " + json.dumps({"bid": "", **body})).decode()

    def status(self, bid):
        return json.loads(self.client.ask(f"BATCH STATUS {bid}"))

    def push(self, jid, bid, **options):
        return self.client.push(jid, custom={"bid": bid}, **options)

    def finish(self, *queues):
        job = self.client.fetch(*(queues or ("default",)))
        self.client.ack(job["jid"])
        return job

    def test_the_life_of_a_batch(self):
        bid = self.new(description="import", complete={"jobtype": "tell", "args": [1], "queue": "cb"},
                       success={"jid": "success-job", "jobtype": "cheer", "args": [], "queue": "cb", "custom": {"a": 1}})
        self.assertTrue(bid.startswith("b-"))
        self.push("job-0001", bid)
        self.push("job-0002", bid)
        self.finish()
        s = self.status(bid)
        self.assertEqual((s["bid"], s["description"], s["total"], s["pending"], s["failed"]), (bid, "import", 2, 1, 0))
        self.assertNotIn("parent_bid", s)
        self.assertEqual(self.client.ask(f"BATCH COMMIT {bid}"), "OK")
        job = self.client.fetch("default")
        self.client.fail(job["jid"], errtype="Boom", message="no")
        self.assertEqual([self.status(bid)[name] for name in ("pending", "failed", "complete_st", "success_st")], [0, 1, "1", ""])
        tell = self.client.fetch("cb")
        self.assertEqual((tell["jobtype"], tell["args"]), ("tell", [1]))
        self.assertEqual(tell["custom"], {"_bid": bid, "_cb": "complete"})
        self.client.ack(tell["jid"])
        self.assertEqual(self.status(bid)["complete_st"], "2")
        self.client.ask('MUTATE {"cmd":"requeue","target":"retries"}')
        self.finish()
        cheer = self.client.fetch("cb")
        self.assertEqual((cheer["jid"], cheer["custom"]), ("success-job", {"a": 1, "_bid": bid, "_cb": "success"}))
        self.assertEqual([self.status(bid)[name] for name in ("failed", "complete_st", "success_st")], [0, "2", "1"])
        self.client.ack("success-job")
        self.assertEqual(self.status(bid)["success_st"], "2")

    def test_success_waits_for_the_acknowledgement_of_complete(self):
        bid = self.new(complete={"jobtype": "tell", "args": []}, success={"jobtype": "cheer", "args": []})
        self.client.ask(f"BATCH COMMIT {bid}")
        tell = self.client.fetch("default")
        self.client.fail(tell["jid"], errtype="Boom", message="no")
        self.assertEqual([self.status(bid)[name] for name in ("complete_st", "success_st")], ["1", ""])
        self.assertIsNone(self.client.fetch("default"))

    def test_a_batch_may_be_opened_again_after_its_commit(self):
        bid = self.new(success={"jobtype": "cheer", "args": [], "queue": "cb"})
        self.push("job-0001", bid)
        self.client.ask(f"BATCH COMMIT {bid}")
        job = self.client.fetch("default")
        self.assertEqual(self.client.ask(f"BATCH OPEN {bid}").decode(), bid)
        self.push("job-0002", bid)
        self.client.ask(f"BATCH COMMIT {bid}")
        self.client.ack(job["jid"])
        self.assertEqual(self.status(bid)["success_st"], "")
        self.finish()
        self.assertEqual(self.finish("cb")["jobtype"], "cheer")

    def test_refusals(self):
        for line, text in (
            ('BATCH NEW {"description":"x"}', "batches must have a success or complete callback"),
            ("BATCH OPEN b-77", "no such batch b-77"),
            ("BATCH COMMIT b-77", "no such batch b-77"),
            ("BATCH STATUS nonsense", "no such batch nonsense"),
            ('BATCH NEW {"parent_bid":"b-77","success":{"jobtype":"a","args":[]}}', "no such batch b-77"),
            ('BATCH NEW {"success":{"jobtype":"a","args":[],"custom":{"_bid":"b-1"}}}', "custom._bid and custom._cb are the server's to set"),
        ):
            with self.assertRaises(FwpError) as refused:
                self.client.ask(line)
            self.assertEqual(str(refused.exception), f"ERR {text}")
        with self.assertRaises(FwpError) as refused:
            self.push("job-0001", "b-77")
        self.assertEqual(str(refused.exception), "ERR no such batch b-77")


if __name__ == "__main__":
    unittest.main()
