"""What is measured. Each scenario is a function of the programs and the settings, and yields rows of one round: a name, the
figure reached, the floor's figure beside it (or None), a note, and the load's command."""

import dataclasses
import json
import os
import re
import shutil
import subprocess
import tempfile
import time


@dataclasses.dataclass
class Settings:
    seconds: float
    log_jobs: int  # in the large log
    quick: bool


@dataclasses.dataclass
class Row:
    what: str
    reached: float
    unit: str
    floor: float | None = None
    note: str = ""
    command: str = ""


def latency(report):
    return f"p50 {report['latency_ms']['p50']:.2f} ms, p99 {report['latency_ms']['p99']:.2f} ms"


def shown(flags):
    return "retrylab bench " + " ".join(flags)


def per_100k(cpu, count):
    return cpu / count * 100_000 if count else 0.0


def jobs_per_s(report):
    return report["jobs_per_s"]


def lifecycles_per_s(report):
    return report["lifecycle"]["per_s"]


def against_floor(programs, s, what, unit, flags, figure=jobs_per_s, product=("--simulate", "off"), events_per_job=1, env=None, floor_flags=None):
    """The same load on the product and on the ceiling, one after the other."""
    flags = [*flags, "--duration", f"{s.seconds:g}s"]
    with programs.product(*product, env=env) as server:
        before = server.cpu_seconds()
        report = programs.bench(server, *flags)
        cpu, memory = server.cpu_seconds() - before, server.resident_mb()
    with programs.floor(events_per_job, env=env) as server:
        floor = programs.bench(server, *[*(floor_flags or flags[:-2]), *flags[-2:]])
    note = f"{latency(report)}; floor {latency(floor)}"
    yield Row(what, figure(report), unit, jobs_per_s(floor), note, shown(flags))
    yield Row(f"{what}: server CPU for 100,000 jobs", per_100k(cpu, report["jobs"]), "s", None, f"resident {memory:.0f} MB at the end", "")


def create_64(programs, s):
    yield from against_floor(programs, s, "`POST /jobs`, 64 connections", "jobs/s", ["--scenario", "create", "--connections", "64"])


def create_1(programs, s):
    yield from list(against_floor(programs, s, "`POST /jobs`, 1 connection", "jobs/s", ["--scenario", "create", "--connections", "1"]))[:1]


def bulk(programs, s):
    yield from against_floor(programs, s, "`POST /jobs/bulk`, 1,000 a request, 4 connections", "jobs/s", ["--scenario", "bulk", "--connections", "4"])


def lifecycle(programs, s):
    flags = ["--scenario", "lifecycle", "--connections", "64"]
    yield from against_floor(programs, s, "create and run, whole lifecycles, 64 connections", "jobs/s", flags, figure=lifecycles_per_s,
                             product=("--simulate", "on"), events_per_job=3, floor_flags=["--scenario", "create", "--connections", "64"])


def against_floor_over_faktory(programs, s, what, flags, events_per_job, floor_flags):
    flags, floor_flags = [*flags, "--duration", f"{s.seconds:g}s"], [*floor_flags, "--duration", f"{s.seconds:g}s"]
    with programs.product("--simulate", "off", faktory="127.0.0.1:0") as server:
        before = server.cpu_seconds()
        report = programs.bench(server, *flags, url=server.faktory_url)
        cpu = server.cpu_seconds() - before
    with programs.floor(events_per_job) as server:
        floor = programs.bench(server, *floor_flags)
    yield Row(what, jobs_per_s(report), "jobs/s", jobs_per_s(floor), "", shown(flags))
    yield Row(f"{what}: server CPU for 100,000 jobs", per_100k(cpu, report["jobs"]), "s", None, "", "")


def faktory_push(programs, s):
    """The floor writes groups of the same size."""
    flags = ["--scenario", "push", "--connections", "16", "--pipeline", "128"]
    floor = ["--scenario", "bulk", "--connections", "16", "--batch", "128"]
    yield from against_floor_over_faktory(programs, s, "Faktory `PUSH`, 16 connections, 128 at a time", flags, 1, floor)
    yield from redis_push(s)


def redis_push(s):
    """Redis with a sync before each reply, which its own load generator pushes to in the same way; left out where it is not installed."""
    if not shutil.which("redis-server"):
        return
    with tempfile.TemporaryDirectory(prefix="retrylab-bench-") as directory:
        socket = os.path.join(directory, "redis.sock")
        settings = {"port": "0", "unixsocket": socket, "dir": directory, "appendonly": "yes", "appendfsync": "always", "save": ""}
        command = ["redis-server", *(part for name, value in settings.items() for part in ("--" + name, value))]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        try:
            while subprocess.run(["redis-cli", "-s", socket, "ping"], capture_output=True, check=False).stdout != b"PONG\n":
                time.sleep(0.05)
            count = str(int(200_000 * min(s.seconds, 5)))
            job = json.dumps({"jid": "bench-0-000000000000", "jobtype": "bench", "queue": "default", "args": [{"to": "a@example.org", "n": 1}]})
            done = subprocess.run(["redis-benchmark", "-s", socket, "-c", "16", "-P", "128", "-n", count, "--csv", "lpush", "queue", job], capture_output=True, text=True, check=True)
            figure = float(re.search(r'","([0-9.]+)"', done.stdout.splitlines()[1]).group(1))
        finally:
            server.terminate()
            server.wait()
    yield Row("… Redis `LPUSH`, AOF always, 16 connections, 128 at a time", figure, "jobs/s", None, "no job, only its bytes", "redis-benchmark -c 16 -P 128 lpush")


def faktory_work(programs, s):
    flags = ["--scenario", "work", "--connections", "64"]
    floor = ["--scenario", "create", "--connections", "64"]
    yield from against_floor_over_faktory(programs, s, "Faktory `PUSH`, `FETCH`, `ACK`, 64 connections, one command at a time", flags, 3, floor)


def open_loop(programs, s):
    """Latency at a rate that both can hold."""
    flags = ["--scenario", "create", "--connections", "64", "--rate", "500" if s.quick else "5000", "--duration", f"{s.seconds:g}s"]
    with programs.product("--simulate", "off") as server:
        report = programs.bench(server, *flags)
    with programs.floor() as server:
        floor = programs.bench(server, *flags)
    for name in ("p50", "p99"):
        yield Row(f"latency of `POST /jobs` at {flags[5]}/s, {name}", report["latency_ms"][name], "ms", floor["latency_ms"][name], "", shown(flags))


def slow_disk(programs, s):
    rows = against_floor(programs, s, "`POST /jobs`, 64 connections, each sync 5 ms longer", "jobs/s", ["--scenario", "create", "--connections", "64"], env=programs.slow_disk(5))
    yield list(rows)[0]


def slow_disk_bulk(programs, s):
    flags = ["--scenario", "bulk", "--connections", "4"]
    rows = against_floor(programs, s, "`POST /jobs/bulk`, 1,000 a request, each sync 5 ms longer", "jobs/s", flags, env=programs.slow_disk(5))
    yield list(rows)[0]


def drain(programs, s):
    """A backlog that waits in a paused queue, and is let go. The end is when the log has every Succeeded."""
    jobs = 20_000 if s.quick else 1_000_000
    chunk = json.dumps([{"type": "noop", "payload": {"force": "success", "duration_ms": 0}}] * 10_000)
    with programs.product("--concurrency", "1000") as server:
        server.ask("POST", "/queues/default/pause")
        for _ in range(jobs // 10_000):
            server.ask("POST", "/jobs/bulk", chunk)
        waits = server.ask("GET", "/stats")["by_status"]["QUEUED"]
        at_once = server.resident_mb()
        time.sleep(0 if s.quick else 5)
        yield Row(f"memory with {waits:,} queued jobs", server.resident_mb(), "MB", None, f"resident; {at_once:.0f} MB as the last one came, 5 s before", "")
        events, cpu, began = server.ask("GET", "/health")["seq"], server.cpu_seconds(), time.monotonic()
        server.ask("POST", "/queues/default/resume")
        while server.ask("GET", "/health")["seq"] < events + 1 + 2 * jobs:
            time.sleep(0.02)
        took = time.monotonic() - began
        note = f"server CPU for 100,000: {per_100k(server.cpu_seconds() - cpu, jobs):.2f} s"
        yield Row(f"a backlog of {jobs:,} no-op jobs is worked off", jobs / took, "jobs/s", None, note, "retrylab serve --concurrency 1000")


def shares_its_commit(events):
    """Whether Attempted is in the batch of Created: the two are decided at one instant and follow each other."""
    return len(events) > 1 and events[1]["type"] == "Attempted" and events[1]["at"] == events[0]["at"] and events[1]["seq"] == events[0]["seq"] + 1


def pick_up(programs, s):
    """From sending a job to an idle server to its Attempted on disk: that is in the commit which the answer waits for."""
    flags = ["--scenario", "lifecycle", "--connections", "1", "--rate", "200", "--duration", f"{s.seconds:g}s"]
    with programs.product() as server:
        report = programs.bench(server, *flags)
        looked_at = [server.ask("GET", f"/jobs/{job}/events") for job in range(1, min(report["jobs"], 200) + 1)]
    with programs.floor() as server:
        floor = programs.bench(server, "--scenario", "create", *flags[2:])
    share = sum(map(shares_its_commit, looked_at)) / len(looked_at)
    for name in ("p50", "p99"):
        yield Row(f"idle pick-up, POST sent to Attempted on disk, {name}", report["latency_ms"][name], "ms", floor["latency_ms"][name], f"{share:.0%} started in the commit that created them", shown(flags))


def bulk_lifecycle(programs, s):
    """Jobs that are created a thousand at a time and run at once; CPU until the views have all of it."""
    flags = ["--scenario", "bulk", "--connections", "1", "--duration", f"{s.seconds:g}s", "--payload", '{"force":"success","duration_ms":0}']
    with programs.product() as server:
        before, began = server.cpu_seconds(), time.monotonic()
        report = programs.bench(server, *flags)
        while (health := server.ask("GET", "/health"))["projected_seq"] < health["seq"] or health["seq"] < 3 * report["jobs"]:
            time.sleep(0.02)
        cpu, took = server.cpu_seconds() - before, time.monotonic() - began
    yield Row("create in bulk and run, whole lifecycles, 1 connection", report["jobs"] / took, "jobs/s", None, "", shown(flags[:-2]))
    yield Row("create in bulk and run: server CPU for 100,000 jobs", per_100k(cpu, report["jobs"]), "s", None, "", "")


def websocket(programs, s):
    flags = ["--scenario", "websocket", "--rate", "200" if s.quick else "1000", "--subscribers", "5" if s.quick else "50", "--connections", "8", "--duration", f"{s.seconds:g}s"]
    with programs.product("--simulate", "off") as server:
        feed = programs.bench(server, *flags)["websocket"]
    for name in ("p50", "p99"):
        yield Row(f"an event reaches {feed['subscribers']} subscribers, {name}", feed["delay_ms"][name], "ms", None, f"{feed['resets']} resets", shown(flags))


def many_subscribers(programs, s):
    """5,000 jobs a second that run at once, without and with subscribers who get every event."""
    load = ["--connections", "16", "--rate", "500" if s.quick else "5000", "--duration", f"{s.seconds:g}s"]
    count = "5" if s.quick else "100"
    with programs.product() as server:
        alone = programs.bench(server, "--scenario", "lifecycle", *load)
    with programs.product() as server:
        watched = programs.bench(server, "--scenario", "websocket", "--subscribers", count, *load, "--payload", '{"force":"success","duration_ms":0}')
    feed = watched["websocket"]
    note = f"{feed['events'] / s.seconds:,.0f} events/s in {feed['frames'] / s.seconds:,.0f} frames/s, {feed['bytes'] / s.seconds / 1e6:.0f} MB/s; {feed['gaps']} gaps, {feed['resets']} resets"
    command = shown(["--scenario", "websocket", "--subscribers", count, *load])
    yield Row(f"jobs with {count} subscribers, and without any", jobs_per_s(watched), "jobs/s", jobs_per_s(alone), note, command)
    yield Row(f"an event of these reaches {count} subscribers, p99", feed["delay_ms"]["p99"], "ms", None, "", command)


def large_log(programs, s):
    """A start on a log of many jobs, first with the views to build, then again; and lists on it."""
    with tempfile.TemporaryDirectory(prefix="retrylab-bench-") as parent:
        data = os.path.join(parent, "data")
        made = subprocess.run([programs.make_log, "--data", data, "--jobs", str(s.log_jobs)], capture_output=True, text=True, check=True)
        log = json.loads(made.stdout)
        size = f"{log['jobs']:,} jobs, {log['events']:,} events"
        yield Row("events written to a log in groups of 10,000", log["events_per_s"], "events/s", None, size, f"make_log --jobs {s.log_jobs}")
        with programs.product("--simulate", "off", data=data) as server:
            yield Row("first start, views built", server.seconds_to_ready, "s", None, size, "")
            yield Row("… events applied to the views", log["events"] / server.seconds_to_ready, "events/s", None, "", "")
        with programs.product("--simulate", "off", data=data) as server:
            yield Row("start again", server.seconds_to_ready, "s", None, f"resident {server.resident_mb():.0f} MB", "")
            flags = ["--scenario", "lists", "--connections", "8", "--duration", f"{s.seconds:g}s"]
            report = programs.bench(server, *flags)
            yield Row("`GET /jobs`, filters in turn, 8 connections", report["requests_per_s"], "pages/s", None, latency(report), shown(flags))


def append_floors(programs, s):
    with tempfile.TemporaryDirectory(prefix="retrylab-bench-") as directory:
        done = subprocess.run([programs.append_floor, "--data", directory, "--seconds", f"{s.seconds / 2:g}"], capture_output=True, text=True, check=True)
    for line in done.stdout.splitlines():
        f = json.loads(line)
        where = "bare SQLite" if f["floor"] == "sqlite" else "a bare file"
        yield Row(f"rows into {where}, {f['batch']} a sync", f["rows_per_s"], "rows/s", None, f"{f['syncs_per_s']:,} syncs/s", "append_floor")


ALL = [create_64, create_1, bulk, lifecycle, faktory_push, faktory_work, open_loop, slow_disk, slow_disk_bulk, drain, pick_up, bulk_lifecycle, websocket, many_subscribers, large_log, append_floors]
ONCE = [large_log, append_floors]  # long, and without a floor to alternate with
