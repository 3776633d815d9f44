"""Measures RetryLab and, alternating with it, what the machine could do without it; prints a Markdown table.

Ratios are taken within one round, since absolute figures of a shared machine are noise; every figure is the median of the
rounds. scripts/bench builds what is needed and calls this."""

import argparse
import datetime
import os
import platform
import statistics
import sys

import scenarios
from servers import Programs

BEGIN, END = "<!-- scripts/bench writes from here -->", "<!-- to here -->"


def arguments():
    parser = argparse.ArgumentParser(prog="scripts/bench", description="Measures RetryLab against its floors.")
    parser.add_argument("--build", default="build/release", help="where the programs are")
    parser.add_argument("--quick", action="store_true", help="a second each, one round, nothing written: does it work?")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=5, help="of load in each figure")
    parser.add_argument("--jobs", type=int, default=1_000_000, help="in the large log")
    parser.add_argument("--only", action="append", metavar="SCENARIO", choices=[s.__name__ for s in scenarios.ALL], help="may be repeated; nothing is written")
    return parser.parse_args()


def measure(programs, settings, chosen, rounds):
    """Name of a row -> its row of each round."""
    found = {}
    for number in range(rounds):
        for scenario in chosen:
            if number > 0 and scenario in scenarios.ONCE:
                continue
            print(f"  round {number + 1} of {rounds}: {scenario.__name__}", file=sys.stderr)
            for row in scenario(programs, settings):
                found.setdefault(row.what, []).append(row)
    return found


def number(value):
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}"


def line(rows):
    first, middle = rows[0], sorted(rows, key=lambda r: r.reached)[len(rows) // 2]
    reached = f"{number(statistics.median(r.reached for r in rows))} {first.unit}" if first.reached else "–"
    floors = [r.floor for r in rows if r.floor]
    floor = f"{number(statistics.median(floors))} {first.unit}" if floors else ""
    ratio = f"{statistics.median(r.reached / r.floor for r in rows):.2f}" if floors else ""
    command = f"`{first.command}`" if first.command else ""
    return f"| {first.what} | {reached} | {floor} | {ratio} | {middle.note} | {command} |"


def memory_gib():
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30


def table(found, args):
    lines = [
        f"{datetime.date.today()}, {os.cpu_count()} cores, {memory_gib():.0f} GiB, Linux {platform.release()}; `synchronous=FULL`, reply after commit; "
        f"{args.rounds} rounds of {args.seconds:g} s, medians; load and server share the machine.",
        "",
        "| what | RetryLab | floor | ratio | | command |",
        "|---|---|---|---|---|---|",
    ]
    return "\n".join(lines + [line(rows) for rows in found.values()]) + "\n"


def write_between_markers(path, text):
    with open(path) as file:
        whole = file.read()
    head, rest = whole.split(BEGIN)
    tail = rest.split(END)[1]
    with open(path, "w") as file:
        file.write(f"{head}{BEGIN}\n\n{text}\n{END}{tail}")


def main():
    args = arguments()
    if args.quick:
        args.rounds, args.seconds, args.jobs = 1, 1, 5000
    chosen = [s for s in scenarios.ALL if not args.only or s.__name__ in args.only]
    found = measure(Programs(args.build), scenarios.Settings(args.seconds, args.jobs, args.quick), chosen, args.rounds)
    text = table(found, args)
    print(text)
    if not args.quick and not args.only:
        write_between_markers(os.path.join(os.path.dirname(__file__), "..", "docs", "performance.md"), text)


if __name__ == "__main__":
    main()
