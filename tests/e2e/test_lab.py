"""retrylab lab: scenario files, run by the binary."""

import glob
import hashlib
import json
import os
import signal
import subprocess
import tempfile
import unittest
import xml.etree.ElementTree

from harness import BINARY, SLOW, Server

EXAMPLES = os.path.join(os.path.dirname(__file__), "..", "..", "examples", "lab")

FAILING = """
name: too few attempts
jobs:
  - {type: mail, count: 20, payload: {fail_times: 3, duration_ms: 10}, max_attempts: 3}
expect:
  - all: succeeded
  - failed: 20
"""


class Lab(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="retrylab-lab-")
        self.addCleanup(self.folder.cleanup)

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def write(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)
        return self.path(name)

    def lab(self, *arguments, code=0):
        done = subprocess.run([BINARY, "lab", *arguments], capture_output=True, text=True, timeout=500, check=False)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done

    def run_json(self, *arguments, code=0):
        return json.loads(self.lab("run", "--json", *arguments, code=code).stdout)

    def test_every_example_holds_and_is_the_same_twice(self):
        files = sorted(glob.glob(os.path.join(EXAMPLES, "*.yaml")))
        self.assertGreaterEqual(len(files), 4)
        if SLOW:
            files = [f for f in files if os.path.basename(f) in ("backoff.yaml", "poison-job.yaml")]
        junit = self.path("out.xml")
        first = self.lab("run", *files, "--json", "--junit", junit).stdout.splitlines()
        second = self.lab("run", *files, "--json").stdout.splitlines()
        self.assertEqual(len(first), len(files))
        for one, other in zip(map(json.loads, first), map(json.loads, second)):
            self.assertTrue(one["passed"], one)
            self.assertTrue(one["checks"])
            self.assertEqual(one["trace_sha256"], other["trace_sha256"])
        suites = xml.etree.ElementTree.parse(junit).getroot().findall("testsuite")
        self.assertEqual([s.get("name") for s in suites], files)
        self.assertTrue(all(s.get("failures") == "0" for s in suites))

    def test_a_failed_expectation_tells_the_timeline_and_how_to_see_it_again(self):
        file = self.write("few <attempts> & more.yaml", FAILING)
        junit = self.path("out.xml")
        out = self.lab("run", file, "--junit", junit, code=1).stdout
        self.assertIn("FAIL  line 6: all jobs succeeded: 0 of 20 jobs", out)
        self.assertIn("ok    line 7: 20 failed: 20", out)
        self.assertIn("attempt 3, error: PlannedFailure: Planned failure 3/3", out)
        self.assertIn("DeadLettered    attempts_exhausted", out)
        replay = f"replay: retrylab lab run '{file}' --seed 1 --job 1"
        self.assertIn(replay, out)

        again = subprocess.run(replay.removeprefix("replay: ").replace("retrylab", BINARY, 1), shell=True, capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(again.returncode, 1)
        self.assertTrue(again.stdout.rstrip().endswith("DeadLettered    attempts_exhausted"), again.stdout)

        suite = xml.etree.ElementTree.parse(junit).getroot().find("testsuite")
        self.assertEqual((suite.get("tests"), suite.get("failures"), suite.get("name")), ("3", "1", file))
        failure = suite.find("testcase/failure")
        self.assertEqual(failure.get("message"), "0 of 20 jobs")
        self.assertIn("Planned failure 3/3", failure.text)
        self.assertIn(replay, failure.text)

    def test_json_has_the_figures(self):
        report = self.run_json(self.write("a.yaml", FAILING), code=1)
        self.assertFalse(report["passed"])
        self.assertEqual(report["figures"]["by_status"]["FAILED"], 20)
        self.assertEqual(report["figures"]["attempts"], 60)
        self.assertEqual(report["figures"]["dead_letters"], {"PlannedFailure": 20})
        self.assertEqual([c["passed"] for c in report["checks"]], [False, True])
        self.assertEqual(report["checks"][0]["job"], 1)
        self.assertIn("Created", report["checks"][0]["timeline"])

    def test_another_seed_gives_another_run_and_the_same_one_the_same(self):
        file = self.write("a.yaml", "jobs: [{type: mail, rate: 1/s, to: 1m, arrival: poisson}]\n")
        hashes = [self.run_json(file, "--seed", seed)["trace_sha256"] for seed in ("1", "2", "1")]
        self.assertEqual(hashes[0], hashes[2])
        self.assertNotEqual(hashes[0], hashes[1])

    def test_the_hash_is_the_one_of_the_trace(self):
        file = self.write("a.yaml", "jobs: [{type: mail, rate: 1/s, to: 1m}]\n")
        report = self.run_json(file, "--trace", self.path("trace"))
        with open(self.path("trace"), "rb") as trace:
            text = trace.read()
        head, *lines, end = text.splitlines(keepends=True)
        self.assertEqual(hashlib.sha256(b"".join(lines)).hexdigest(), report["trace_sha256"])
        self.assertEqual(json.loads(end)["data"], {"last": report["events"], "events": report["events"], "sha256": report["trace_sha256"]})
        self.assertEqual(json.loads(head)["type"], "Exported")
        events = [json.loads(line) for line in lines]
        self.assertEqual([e["seq"] for e in events], list(range(1, report["events"] + 1)))
        self.assertEqual(sum(e["type"] == "Created" for e in events), 60)

    def test_bad_files_are_refused_before_anything_runs(self):
        good = self.write("good.yaml", "jobs: [{type: mail, count: 1}]\n")
        bad = self.write("bad.yaml", "jobs:\n  - type: mail\n    count: many\nexpects: []\n")
        done = self.lab("run", good, bad, code=65)
        self.assertEqual(done.stdout, "")
        self.assertEqual(done.stderr.splitlines(), [f"{bad}:3: jobs[0].count must be a whole number from 1 to 5000000", f"{bad}:4: expects is not known"])
        self.assertIn("cannot be read", self.lab("run", self.path("none.yaml"), code=66).stderr)
        self.assertIn("cannot be read", self.lab("run", self.folder.name, code=66).stderr)
        large = self.write("large.yaml", "# " + "x" * 1024 * 1024)
        self.assertIn("is larger than 1048576 bytes", self.lab("run", large, code=65).stderr)
        self.assertIn("one FILE", self.lab("run", good, good, "--job", "1", code=64).stderr)
        self.lab("run", code=64)
        self.lab("run", good, "--seed", "-1", code=64)
        self.assertIn("cannot be written", self.lab("run", good, "--junit", self.path("no/such/file"), code=73).stderr)
        self.assertIn("cannot be written", self.lab("run", good, "--trace", self.path("no/such/file"), code=73).stderr)

    def test_policies_are_compared_side_by_side(self):
        scenario = self.write("s.yaml", "duration: 1h\njobs: [{type: mail, rate: 1/s, to: 5m, max_attempts: 6}]\noutages: [{from: 1m, to: 2m}]\n")
        policies = []
        for name, base in (("hasty", 100), ("patient", 30000)):
            policies += ["--policy", self.write(name + ".yaml", f"kind: exponential\nbase_ms: {base}\njitter: 0.2\n")]
        report = json.loads(self.lab("compare", scenario, *policies, "--json").stdout)
        self.assertEqual([p["policy"] for p in report["policies"]], ["hasty", "patient"])
        hasty, patient = (p["report"]["figures"] for p in report["policies"])
        self.assertEqual((hasty["jobs"], patient["jobs"]), (300, 300))
        self.assertGreater(hasty["by_status"]["FAILED"], 40)
        self.assertLess(patient["by_status"]["FAILED"], 10)
        table = self.lab("compare", scenario, *policies).stdout
        self.assertRegex(table, r"hasty +patient\n")
        self.assertRegex(table, rf"dead letters +{hasty['by_status']['FAILED']} +{patient['by_status']['FAILED']}\n")
        self.assertRegex(self.lab("compare", scenario, *policies[:2]).stdout, r"as in the file +hasty\n")
        self.lab("compare", scenario, code=64)
        bad = self.write("bad.yaml", "kind: fixed\nbase: 5\n")
        self.assertIn(f"{bad}:2: policy.base", self.lab("compare", scenario, "--policy", bad, code=65).stderr)

    def test_a_real_log_under_another_policy(self):
        server = Server("--clock", "manual", "--clock-start", "2026-01-01T00:00:00Z")
        self.addCleanup(server.dispose)
        server.start()
        # Two minutes that fail between minutes that do not.
        for minute in range(6):
            outcome = "fail" if minute in (2, 3) else "success"
            jobs = [{"type": "charge", "max_attempts": 2, "delay_ms": 1000 * n, "payload": {"force": outcome, "duration_ms": 200}, "retry": {"kind": "fixed", "base_ms": 1000, "jitter": 0}} for n in range(20)]
            self.assertEqual(server.ask("POST", "/jobs/bulk", jobs).status, 201)
            self.assertEqual(server.ask("POST", "/clock/advance", {"by_ms": 60_000}).status, 200)
        server.stop()
        patient = self.write("patient.yaml", "kind: fixed\nbase_ms: 120000\ncap_ms: 120000\njitter: 0\n")
        arguments = ("compare", "--history", server.data, "--policy", patient)
        report = json.loads(self.lab(*arguments, "--json").stdout)
        self.assertEqual([p["policy"] for p in report["policies"]], ["as recorded", "patient"])
        recorded, patient = (p["report"]["figures"] for p in report["policies"])
        self.assertEqual((recorded["jobs"], patient["jobs"]), (120, 120))
        self.assertEqual(recorded["dead_letters"], {"ForcedFailure": 40})
        self.assertEqual(recorded["attempts"], 160)
        self.assertEqual(patient["by_status"]["SUCCEEDED"], 120)
        self.assertEqual(recorded["time_to_success_us"]["p50"], 200_000)
        text = self.lab(*arguments).stdout
        self.assertIn("fails as often as real attempts of that type did within the same minute", text)
        self.assertRegex(text, r"as recorded +patient\n")
        part = ("--from", "2026-01-01T00:02:00Z", "--to", "2026-01-01T00:04:00Z")
        report = json.loads(self.lab(*arguments, *part, "--json").stdout)
        self.assertEqual(report["policies"][0]["report"]["figures"]["jobs"], 40)
        self.assertEqual(report["policies"][1]["report"]["figures"]["by_status"]["FAILED"], 40)
        self.assertIn("no job came", self.lab(*arguments, "--from", "2027-01-01T00:00:00Z", code=65).stderr)
        self.lab("compare", "--history", self.path("none"), *arguments[3:], code=66)
        self.lab("compare", *arguments[3:], code=64)

    def test_an_interrupted_run_tells_what_it_saw(self):
        file = self.write("long.yaml", "duration: 300d\njobs: [{type: mail, rate: 0.15/s}]\n")
        os.mkfifo(self.path("fifo"))
        process = subprocess.Popen([BINARY, "lab", "run", file, "--json", "--trace", self.path("fifo")], stdout=subprocess.PIPE, text=True)
        with open(self.path("fifo"), "rb") as trace:  # opens when the run has begun
            trace.read(1)
            process.send_signal(signal.SIGINT)
            end = trace.read().splitlines()[-1]
        report = json.loads(process.communicate(timeout=60)[0])
        self.assertEqual(process.returncode, 1)
        self.assertEqual(report["end"], "interrupted")
        self.assertEqual(json.loads(end)["data"]["events"], report["events"])
        self.assertIn(" of 7200:00:00.000", report["stopped"])


if __name__ == "__main__":
    unittest.main()
