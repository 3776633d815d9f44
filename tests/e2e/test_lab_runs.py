"""Runs of the lab over HTTP: what the page asks for."""

import json
import os
import subprocess
import tempfile

from harness import BINARY, ServerTest, wait_until

OUTAGE = """name: an outage
seed: 5
duration: 1h
policies:
  calm: {kind: exponential, base_ms: 2000, cap_ms: 60000, jitter: 0.5}
jobs:
  - {type: mail, rate: 2/s, arrival: poisson, to: 2m, payload: {success_rate: 0.9, duration_ms: 20}, max_attempts: 6, retry: calm}
outages:
  - {from: 30s, to: 1m, type: mail, error: {type: Down, message: no}, duration: 5ms}
expect:
  - all: succeeded
  - peak_attempts_per_second: 1
"""
HASTY = {"kind": "fixed", "base_ms": 1000, "jitter": 0, "name": "hasty"}
ENDLESS = "jobs: [{type: mail, count: 50000, payload: {force: fail, duration_ms: 1}, max_attempts: 100, retry: {kind: fixed, base_ms: 1000, jitter: 0}}]\n"


class LabRuns(ServerTest):
    flags = ("--ephemeral",)

    def start(self, status=202, **order):
        answer = self.server.ask("POST", "/lab/runs", order)
        self.assertEqual(answer.status, status, answer.body)
        return answer.json()

    def run_of(self, id):
        answer = self.server.ask("GET", f"/lab/runs/{id}")
        self.assertEqual(answer.status, 200, answer.body)
        return answer.json()

    def ended(self, id):
        return wait_until(lambda: (r := self.run_of(id))["status"] not in ("queued", "running") and r, 120, f"the end of run {id}")

    def stop(self, id, status=202):
        answer = self.server.ask("DELETE", f"/lab/runs/{id}")
        self.assertEqual(answer.status, status, answer.body)
        return answer.json()

    def under_way(self):
        id = self.start(scenario=ENDLESS)["id"]
        wait_until(lambda: self.run_of(id)["progress"]["events"] > 0, 60, "events of the run")
        return id

    def command(self, text, *flags):
        with tempfile.NamedTemporaryFile("w", suffix=".yaml", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            done = subprocess.run([BINARY, "lab", "run", file.name, "--json", *flags], capture_output=True, text=True, timeout=300, check=False)
        return json.loads(done.stdout)

    def test_a_run_is_what_the_command_does_with_the_same_file(self):
        started = self.start(scenario=OUTAGE)
        self.assertEqual((started["name"], started["seed"], started["b"]), ("an outage", 5, None))
        run = self.ended(started["id"])
        self.assertEqual((run["status"], run["partial"], run["passed"]), ("finished", False, False))
        self.assertEqual(run["scenario"], OUTAGE)
        self.assertEqual(run["outages"], [{"from_us": 30_000_000, "to_us": 60_000_000, "group": None, "type": "mail", "queue": None, "error": "Down"}])
        (side,) = run["sides"]
        told = self.command(OUTAGE)
        for field in ("trace_sha256", "events", "virtual_us", "figures"):
            self.assertEqual(side["report"][field], told[field], field)
        self.assertEqual([c["found"] for c in side["report"]["checks"]], [c["found"] for c in told["checks"]])
        failing = side["report"]["checks"][1]
        self.assertFalse(failing["passed"])
        self.assertEqual(failing["timeline"], told["checks"][1]["timeline"])
        self.assertEqual(failing["replay"], f"retrylab lab run scenario.yaml --seed 5 --job {failing['job']}")
        self.assertEqual(run["job"], next(c["job"] for c in side["report"]["checks"] if not c["passed"]))

    def test_json_is_a_scenario_too_and_the_seed_is_the_callers(self):
        scenario = {"duration": "1h", "jobs": [{"type": "mail", "count": 20, "arrival": "poisson", "to": "10m"}]}
        first = self.ended(self.start(scenario=scenario, seed=9)["id"])
        self.assertEqual(first["seed"], 9)
        hashes = {self.ended(self.start(scenario=json.dumps(scenario), seed=seed)["id"])["sides"][0]["report"]["trace_sha256"] for seed in (9, 10)}
        self.assertEqual(len(hashes), 2)
        self.assertIn(first["sides"][0]["report"]["trace_sha256"], hashes)

    def test_two_policies_meet_the_same_arrivals_and_a_job_is_seen_under_both(self):
        run = self.ended(self.start(scenario=OUTAGE, a="calm", b=HASTY)["id"])
        self.assertEqual((run["a"]["name"], run["b"]["name"], run["b"]["policy"]["base_ms"]), ("calm", "hasty", 1000))
        a, b = (side["report"]["figures"] for side in run["sides"])
        self.assertEqual(a["jobs"], b["jobs"])
        self.assertGreater(b["by_status"]["FAILED"], a["by_status"]["FAILED"])
        for side in run["sides"]:
            series = side["series"]
            lengths = {len(column) for name, column in series.items() if name != "width_us"}
            self.assertEqual(len(lengths), 1)
            self.assertLessEqual(lengths.pop(), 600)
            attempts = sum(series["attempts_per_second"]) * series["width_us"] / 1e6
            self.assertAlmostEqual(attempts, side["report"]["figures"]["attempts"], delta=2)
            done = side["report"]["figures"]
            self.assertAlmostEqual(series["succeeded_share"][-1], done["by_status"]["SUCCEEDED"] / done["jobs"], places=4)
            self.assertEqual(series["unfinished"][-1], 0)
        number = run["job"] + 1
        answer = self.server.ask("GET", f"/lab/runs/{run['id']}/jobs/{number}")
        self.assertEqual(answer.status, 200, answer.body)
        one, other = answer.json()["sides"]
        self.assertEqual(one["events"][0], other["events"][0])
        self.assertEqual(one["events"][0]["type"], "Created")
        self.assertIn(other["events"][-1]["type"], ("Succeeded", "DeadLettered"))
        again = self.server.ask("GET", f"/lab/runs/{run['id']}/jobs/{number}")
        self.assertEqual(answer.body, again.body)
        for path, status in ((f"{run['id']}/jobs/999999", 404), (f"{run['id']}/jobs/x", 404), ("77/jobs/1", 404)):
            self.assertEqual(self.server.ask("GET", f"/lab/runs/{path}").status, status, path)

    def test_what_is_wrong_is_named_with_field_and_line(self):
        cases = [
            ({}, "scenario", "is required", None),
            ({"scenario": 7}, "scenario", "must be an object", None),
            ({"scenario": OUTAGE, "colour": 1}, "colour", "", None),
            ({"scenario": OUTAGE, "seed": -1}, "seed", "must be", None),
            ({"scenario": OUTAGE, "a": "nobody"}, "a", "must be", None),
            ({"scenario": OUTAGE, "b": {"kind": "wild"}}, "b.kind", "must be exponential", None),
            ({"scenario": "jobs:\n  - type: mail\n    count: 0\n"}, "scenario.jobs[0].count", "must be a whole number", 3),
            ({"scenario": "jobs:\n  - {type: mail, count: 1}\nuniverse: 1\n"}, "scenario.universe", "", 3),
            ({"scenario": "jobs: [\n"}, "scenario", "", 2),
            ({"scenario": {"jobs": [{"type": "mail", "count": 100_001}]}}, "scenario.jobs", "are more than 100,000", 1),
            ({"scenario": "#" * 65_537}, "scenario", "is larger than 65536 bytes", None),
        ]
        for order, field, message, line in cases:
            problem = self.start(422, **order)
            first = problem["errors"][0]
            self.assertEqual(first["field"], field, problem)
            self.assertIn(message, first["message"])
            self.assertEqual(first.get("line"), line, problem)
            if line:
                self.assertTrue(problem["detail"].startswith(f"scenario:{line}: "), problem["detail"])

    def test_no_file_of_the_machine_is_read(self):
        here = os.path.abspath(__file__)
        for order in ({"scenario": here}, {"scenario": OUTAGE, "a": here}, {"scenario": f"include: {here}\njobs: [{{type: mail, count: 1}}]"}):
            self.start(422, **order)

    def test_a_run_is_stopped_and_what_was_played_stays(self):
        running = self.under_way()
        waiting = self.start(scenario=OUTAGE)["id"]
        self.assertEqual([run["id"] for run in self.server.get("/lab/runs")], [waiting, running])
        self.assertEqual(self.server.ask("GET", f"/lab/runs/{running}/jobs/1").status, 409)
        self.assertEqual(self.stop(waiting)["status"], "stopped")
        self.assertTrue(self.stop(running)["stopping"])
        run = self.ended(running)
        self.assertEqual((run["status"], run["partial"], run["passed"]), ("stopped", True, False))
        self.assertGreater(run["sides"][0]["report"]["events"], 0)
        self.assertTrue(run["sides"][0]["report"]["stopped"].startswith("interrupted, "))
        self.stop(running, 409)
        self.stop(99, 404)

    def test_few_runs_wait_and_jobs_go_on_meanwhile(self):
        running = self.under_way()
        waiting = [self.start(scenario=OUTAGE)["id"] for _ in range(4)]
        answer = self.server.ask("POST", "/lab/runs", {"scenario": OUTAGE})
        self.assertEqual((answer.status, answer.headers["Retry-After"]), (429, "1"))
        self.server.ended(self.server.create(payload={"force": "success", "duration_ms": 0})["id"])
        for id in (*waiting, running):
            self.stop(id)
        self.ended(running)

    def test_the_server_ends_in_the_middle_of_a_run(self):
        self.under_way()
        self.assertEqual(self.server.stop(), 0)


class RunsOfTheLog(ServerTest):
    """What was recorded, under another policy: the page and the command say the same."""

    flags = ("--clock", "manual", "--clock-start", "2026-01-01T00:00:00Z")

    def setUp(self):
        super().setUp()
        for minute in range(5, 65, 5):
            self.server.create("mail", {"force": "fail", "duration_ms": 100}, queue="mail", max_attempts=3, delay_ms=minute * 60_000)
        self.server.create("late", {"fail_times": 1}, delay_ms=30 * 60_000)
        self.advance(minutes=10)
        for n in range(30):
            self.server.create("post", {"success_rate": 0.5, "seed": n}, queue="post", max_attempts=9)
            self.advance(minutes=1)
        self.advance(minutes=60)

    def advance(self, minutes):
        self.assertEqual(self.server.ask("POST", "/clock/advance", {"by_ms": minutes * 60_000}).status, 200)

    def run_of(self, history, **order):
        answer = self.server.ask("POST", "/lab/runs", {"history": history, **order})
        self.assertEqual(answer.status, 202, answer.body)
        url = f"/lab/runs/{answer.json()['id']}"
        return wait_until(lambda: (r := self.server.get(url))["status"] not in ("queued", "running") and r, 120, url)

    def test_it_says_what_the_command_says(self):
        stretch = {"from": "2026-01-01T00:07:00.000000Z", "to": "2026-01-01T00:55:00.000000Z"}
        run = self.run_of(stretch, b=HASTY)
        self.assertEqual((run["status"], run["scenario"], run["duration_us"]), ("finished", "", 48 * 60_000_000))
        recorded = run["history"]
        self.assertEqual((recorded["from"], recorded["to"], recorded["jobs"]), (stretch["from"], stretch["to"], 9 + 1 + 30))
        self.assertIn("same minute", recorded["assumption"])
        with tempfile.NamedTemporaryFile("w", suffix=".yaml", encoding="utf-8") as policy:
            json.dump(HASTY, policy)
            policy.flush()
            command = [BINARY, "lab", "compare", "--history", self.server.data, "--from", stretch["from"], "--to", stretch["to"]]
            done = subprocess.run([*command, "--policy", policy.name, "--json"], capture_output=True, text=True, timeout=120, check=True)
        told = [each["report"] for each in json.loads(done.stdout)["policies"]]
        for side, report in zip(run["sides"], told, strict=True):
            self.assertEqual(side["report"]["trace_sha256"], report["trace_sha256"])
        figures = run["sides"][0]["report"]["figures"]
        self.assertEqual((figures["jobs"], figures["by_status"]["FAILED"]), (40, 9))

    def test_one_queue_alone(self):
        run = self.run_of({"queues": ["post"], "slots": 2})
        self.assertEqual((run["history"]["queues"], run["history"]["slots"], run["history"]["jobs"]), (["post"], 2, 30))
        self.assertEqual(run["sides"][0]["report"]["figures"]["jobs"], 30)

    def test_what_cannot_be_is_named(self):
        for order, field in (
            ({}, "scenario"),
            ({"history": {}, "scenario": "jobs: []"}, "history"),
            ({"history": 7}, "history"),
            ({"history": {"from": "today"}}, "history.from"),
            ({"history": {"from": "2026-01-02T00:00:00Z", "to": "2026-01-01T00:00:00Z"}}, "history.to"),
            ({"history": {"queues": ["a b"]}}, "history.queues"),
            ({"history": {"slots": 0}}, "history.slots"),
            ({"history": {"until": 1}}, "history.until"),
            ({"history": {"to": "2025-01-01T00:00:00Z"}}, "history"),
            ({"history": {}, "b": "patient"}, "b"),
        ):
            answer = self.server.ask("POST", "/lab/runs", order)
            self.assertEqual(answer.status, 422, (order, answer.body))
            self.assertEqual(answer.json()["errors"][0]["field"], field, order)
