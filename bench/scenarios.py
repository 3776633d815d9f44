"""What is measured. Each scenario is a function of the programs and the settings, and yields rows of one round: a name, the
figure reached, the floor's figure beside it (or None), a note, and the load's command."""

import dataclasses
import json
import os
import subprocess
import tempfile


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
    with programs.product("--simulate", "off") as server:
        if server.status_of("POST", "/jobs/bulk", "[]") in (404, 405):
            yield Row("`POST /jobs/bulk`, 1,000 a request", 0, "jobs/s", None, "not on this server", "")
            return
    yield from against_floor(programs, s, "`POST /jobs/bulk`, 1,000 a request, 4 connections", "jobs/s", ["--scenario", "bulk", "--connections", "4"])


def lifecycle(programs, s):
    flags = ["--scenario", "lifecycle", "--connections", "64"]
    yield from against_floor(programs, s, "create and run, whole lifecycles, 64 connections", "jobs/s", flags, figure=lifecycles_per_s,
                             product=("--simulate", "on"), events_per_job=3, floor_flags=["--scenario", "create", "--connections", "64"])


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


def websocket(programs, s):
    flags = ["--scenario", "websocket", "--rate", "200" if s.quick else "1000", "--subscribers", "5" if s.quick else "50", "--connections", "8", "--duration", f"{s.seconds:g}s"]
    with programs.product("--simulate", "off") as server:
        feed = programs.bench(server, *flags)["websocket"]
    for name in ("p50", "p99"):
        yield Row(f"an event reaches {feed['subscribers']} subscribers, {name}", feed["delay_ms"][name], "ms", None, f"{feed['resets']} resets", shown(flags))


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


ALL = [create_64, create_1, bulk, lifecycle, open_loop, slow_disk, websocket, large_log, append_floors]
ONCE = [large_log, append_floors]  # long, and without a floor to alternate with
