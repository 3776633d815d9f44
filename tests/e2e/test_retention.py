"""Retention: ended jobs leave the log and the views for the archive, through kills, and nothing is lost or doubled."""

import hashlib
import json
import os
import subprocess
import unittest

from harness import BINARY, ServerTest, wait_until

QUICK = {"force": "success", "duration_ms": 0}
BROKEN = {"force": "fail", "duration_ms": 0}


class Retention(ServerTest):
    flags = ("--keep-succeeded", "1s", "--keep-cancelled", "1s")

    def archive(self):
        directory = os.path.join(self.server.data, "archive")
        return sorted(os.path.join(directory, name) for name in os.listdir(directory)) if os.path.isdir(directory) else []

    def statuses(self):
        return self.server.get("/stats")["by_status"]

    def purged(self, count):
        """Waits until so many jobs were purged, over the life of the log."""

        def look():
            lines = self.server.ask("GET", "/metrics").body.decode().splitlines()
            return next(float(line.split()[1]) for line in lines if line.startswith("retrylab_jobs_purged_total ")) >= count

        wait_until(look, what=f"the purge of {count} jobs")

    def create(self, count, payload=QUICK, **options):
        return [self.server.create(payload=payload, tags=["t"], **options)["id"] for _ in range(count)]

    def run_command(self, *arguments):
        return subprocess.run([BINARY, *arguments, "--data", self.server.data], capture_output=True, text=True, timeout=60)

    def export(self, *flags):
        done = self.run_command("export", *flags)
        self.assertEqual(done.returncode, 0, done.stderr)
        if "--out" in flags:
            self.assertEqual(done.stdout, "")
            return []
        head, *events, end = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual((head["type"], end["type"], end["data"]["events"]), ("Exported", "ExportEnded", len(events)))
        return events

    def views(self):
        lists = {name: self.server.get(f"/jobs?{name}&limit=1000") for name in ("status=SUCCEEDED", "status=FAILED", "tag=t", "q=mail", "sort=id")}
        return lists, {name: self.server.get("/stats")[name] for name in ("total", "by_status", "by_queue", "by_type")}, self.ever()

    def ever(self):
        lines = self.server.ask("GET", "/metrics").body.decode().splitlines()
        return sorted(line for line in lines if line.startswith("retrylab_events_total") and "other" not in line)

    def assert_whole(self):
        """Every event that was ever written is in log or archive, once."""
        events = self.export()
        self.assertEqual([e["seq"] for e in events], list(range(1, len(events) + 1)))
        verified = self.server.verify()
        self.assertEqual(verified.returncode, 0, verified.stdout)
        return events

    def test_ended_jobs_leave_lists_stats_and_log_for_the_archive(self):
        quick, waiting = self.create(20), self.create(2, delay_ms=86_400_000)
        broken = self.create(1, BROKEN, max_attempts=1)
        self.server.ended(broken[0])
        before = len(self.server.events())
        self.purged(20)
        left = wait_until(lambda: (ids := [j["id"] for j in self.server.get("/jobs")]) == broken + waiting[::-1] and ids)
        self.assertEqual(self.statuses()["SUCCEEDED"], 0)
        self.assertEqual(self.statuses()["FAILED"], 1)
        self.assertEqual([j["id"] for j in self.server.get("/jobs?tag=t")], left)
        self.assertLess(len(self.server.events()), before)
        for path in (f"/jobs/{quick[0]}", f"/jobs/{quick[0]}/events"):
            gone = self.server.ask("GET", path)
            self.assertEqual(gone.status, 404)
            self.assertIn("purged; its events are in archive/00000001.ndjson.zst", gone.json()["detail"])
        self.assertEqual(self.server.ask("GET", "/jobs/999").json()["detail"], "there is no job 999")
        self.assertEqual(self.server.ask("POST", f"/jobs/{quick[0]}/retry").status, 404)
        self.server.stop()
        events = self.assert_whole()
        self.assertEqual(sum(e["type"] == "Created" for e in events), 23)
        self.assertIn("23 jobs, 0 violations", self.server.verify().stdout)

    def test_kills_and_new_views_change_nothing(self):
        expected = 0
        for _ in range(3):
            expected = self.create(30)[-1]
            self.server.kill()
            self.server.start()
        self.create(1, BROKEN, max_attempts=1)
        last = self.create(1, delay_ms=86_400_000)[0]
        self.assertEqual(last, expected + 2)
        self.purged(90)
        wait_until(lambda: self.server.get("/stats")["total"] == 2)
        self.server.kill()
        self.assert_whole()
        self.server.start(flags=())
        kept = self.views()
        self.server.stop()
        self.server.delete_views()
        self.server.start(flags=())
        self.assertEqual(self.views(), kept)
        self.assertEqual(self.create(1)[0], last + 1)
        self.server.stop()
        self.assert_whole()

    def test_the_newest_job_stays_and_its_id_is_not_given_out_again(self):
        first, newest = self.create(2)
        self.purged(1)
        self.server.kill()
        self.server.start()
        self.assertEqual(self.server.job(newest)["status"], "SUCCEEDED")
        self.assertEqual(self.create(1)[0], newest + 1)
        self.purged(2)
        self.assertEqual(self.server.ask("GET", f"/jobs/{newest}").status, 404)
        self.assertEqual(self.server.ask("GET", f"/jobs/{first}").status, 404)

    def test_an_idempotency_key_goes_with_its_job(self):
        body, headers = json.dumps({"type": "mail", "payload": QUICK}), {"Idempotency-Key": "k"}
        first = self.server.ask("POST", "/jobs", body, headers).json()["id"]
        self.assertEqual(self.server.ask("POST", "/jobs", body, headers).json()["id"], first)
        self.create(1)
        self.purged(1)
        again = self.server.ask("POST", "/jobs", body, headers)
        self.assertEqual(again.status, 201)
        self.assertGreater(again.json()["id"], first)

    def test_a_segment_without_its_event_is_removed_at_the_next_start(self):
        self.create(5)
        self.purged(4)
        self.server.kill()
        known = self.archive()
        directory = os.path.dirname(known[0])
        for name in (f"{len(known) + 1:08}.ndjson.zst", "00000009.ndjson.zst.tmp"):
            with open(os.path.join(directory, name), "w") as left:
                left.write("cut off")
        self.server.start(flags=())
        self.assertEqual(self.archive(), known)
        self.server.stop()
        with open(os.path.join(directory, "00009999.ndjson.zst"), "w") as foreign:
            foreign.write("of another log")
        refused = self.run_command("serve", "--http", "127.0.0.1:0", "--faktory", "off")
        self.assertEqual(refused.returncode, 65)
        self.assertIn("00009999.ndjson.zst is not of this log", refused.stderr)

    def test_verify_and_export_tell_of_a_segment_that_is_altered_or_missing(self):
        self.create(5)
        self.purged(4)
        self.server.stop()
        whole = self.export()
        segment = self.archive()[0]
        with open(segment, "r+b") as file:
            file.seek(20)
            file.write(b"\xff\xff")
        verified = self.server.verify()
        self.assertEqual(verified.returncode, 65)
        self.assertIn("00000001.ndjson.zst was altered", verified.stdout)
        os.remove(segment)
        self.assertIn("00000001.ndjson.zst is missing", self.server.verify().stdout)
        self.assertNotIn("hash chain", self.server.verify().stdout)
        partly = self.run_command("export")
        self.assertEqual(partly.returncode, 65)
        self.assertIn("00000001.ndjson.zst is missing", partly.stderr)
        self.assertLess(len(partly.stdout.splitlines()) - 2, len(whole))
        self.server.start(flags=())  # lists and counts do not need the archive
        kept = self.views()[:2]
        self.server.stop()
        self.server.delete_views()
        self.server.start(flags=())
        self.assertEqual(self.views()[:2], kept)

    def test_a_segment_is_lines_of_json_and_its_hash_is_in_the_log(self):
        self.server.ask("POST", "/jobs", '{"type":"mail",\n"payload":{\n"force":"success",\r\n"duration_ms":0}}')
        self.create(1)
        self.purged(1)
        self.server.stop()
        step = next(e for e in self.export() if e["type"] == "Purged")["data"]
        self.assertEqual((step["first"], step["last"], step["count"], step["jobs"], step["first_seq"]), (1, 1, 1, "1", 2))
        with open(self.archive()[0], "rb") as segment:
            self.assertEqual(hashlib.sha256(segment.read()).hexdigest(), step["sha256"])
        created = next(e for e in self.export("--from", "2", "--to", "2") if e["seq"] == 2)
        self.assertEqual(created["data"]["payload"]["force"], "success")
        self.assertIn('"success",\r\n"duration_ms"', created["text"])
        file = os.path.join(self.server.directory, "all.ndjson.zst")
        self.assertEqual(self.export("--out", file), [])
        self.assertEqual(open(file, "rb").read(4), b"\x28\xb5\x2f\xfd")
        self.assert_whole()

    def test_what_is_not_a_time_is_refused(self):
        for wrong in ("7", "d", "0s", "7w", "-1s", "1e3s"):
            done = self.run_command("serve", "--keep-failed", wrong)
            self.assertEqual((wrong, done.returncode), (wrong, 64))


class Configured(ServerTest):
    def test_a_file_and_the_environment_set_it_too_and_a_flag_wins(self):
        file = os.path.join(self.server.directory, "retrylab.toml")
        with open(file, "w") as config:
            config.write('keep-succeeded = "1s"\nkeep-cancelled = "1s"\n')
        self.server.stop()
        self.server.start(flags=("--config", file, "--keep-cancelled", "90d"), env={"RETRYLAB_KEEP_FAILED": "1s"})
        succeeded = self.server.create(payload=QUICK)["id"]
        failed = self.server.create(payload=BROKEN, max_attempts=1)["id"]
        cancelled = self.server.create(delay_ms=86_400_000)["id"]
        newest = self.server.create(delay_ms=86_400_000)["id"]
        self.server.ask("POST", f"/jobs/{cancelled}/cancel")
        wait_until(lambda: [j["id"] for j in self.server.get("/jobs")] == [newest, cancelled])
        for gone in (succeeded, failed):
            self.assertIn("purged", self.server.ask("GET", f"/jobs/{gone}").json()["detail"])


class Steps(ServerTest):
    flags = ("--keep-cancelled", "1s", "--keep-discarded", "1s")

    def test_thousands_of_jobs_go_in_steps_and_one_that_is_requeued_stays(self):
        answer = self.server.ask("POST", "/jobs/bulk", json.dumps([{"type": "mail", "delay_ms": 86_400_000}] * 2500))
        self.assertEqual(answer.json()["last_id"], 2500)
        for id in range(1, 2500):
            self.assertEqual(self.server.ask("POST", f"/jobs/{id}/cancel").status, 200)
            if id == 2400:
                edits = {"payload": {"force": "fail", "duration_ms": 0}, "max_attempts": 1}
                self.assertEqual(self.server.ask("POST", f"/jobs/{id}/retry", edits).status, 200)
        wait_until(lambda: self.server.get("/stats")["total"] == 2, seconds=60)
        self.assertEqual([j["id"] for j in self.server.get("/jobs")], [2500, 2400])
        self.assertEqual(self.server.ended(2400)["status"], "FAILED")
        self.server.kill()
        verified = self.server.verify()
        self.assertIn("2500 jobs, 0 violations", verified.stdout)


if __name__ == "__main__":
    unittest.main()
