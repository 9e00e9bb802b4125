#!/usr/bin/env python3
"""Two builds in one run: each benchmark, and signed requests over loopback, of the second beside the first.

  side_by_side.py --before BUILD --after BUILD [--rounds N] [--seconds S] [--json F.json]

BUILD is a folder of `./dev bench` (bin/ has ocokit, ocokit_bench and ocokit_presign), also of another commit. The
rounds take turns, so that what the machine does meanwhile falls on both. Ends with the means of all ratios.
"""

import argparse
import json
import math
import os
import pathlib
import sys
import tempfile

import micro
import wrk

CONNECTIONS = 16


def say(text):
    print(f"== {text}", file=sys.stderr, flush=True)


def benchmarks(builds, folder, rounds):
    """By the benchmark's name: the least nanoseconds of each build, of those that both have."""
    least = {side: {} for side in builds}
    for number in range(rounds):
        for side, build in builds.items():
            say(f"benchmarks, round {number + 1} of {rounds}: {side}")
            for name, entry in micro.run(build / "bin" / "ocokit_bench", folder, 0.02, 3).items():
                if "error" not in entry:
                    least[side][name] = min(entry["least_ns"], least[side].get(name, math.inf))
    return {name: {side: least[side][name] for side in builds}
            for name in least["before"] if name in least["after"]}


def subject(side, build, folder):
    out = wrk.MockSubject(build / "bin" / "ocokit", folder)
    out.name = side
    return out


def loopback(builds, folder, rounds, seconds):
    """A row for each venue and build; that of the second has its ratio to the first."""
    rows = []
    for venue in wrk.PATHS:
        requests = wrk.Requests(builds["after"] / "bin" / "ocokit_presign", folder, venue, seconds)
        subjects = [subject(side, build, folder) for side, build in builds.items()]
        runs, failed = wrk.rounds(subjects, requests, rounds, seconds, CONNECTIONS, say)
        rows += wrk.summarize(runs, failed, venue, against="before")
    return rows


def mean(ratios):
    """Geometric: half and twice make one."""
    return math.exp(sum(map(math.log, ratios)) / len(ratios))


def show(report):
    print(f"\n{'benchmark':<58} {'before ns':>12} {'after ns':>12}  after/before")
    for name, times in sorted(report["benchmarks"].items()):
        print(f"{name:<58} {times['before']:>12,.1f} {times['after']:>12,.1f}  {times['after'] / times['before']:.3f}")
    print(f"\n{'venue':<9} {'build':<7} {'requests/s':>11} {'p50 us':>8} {'cpu us':>7}  requests/s after/before")
    for row in report["loopback"]:
        if "error" in row:
            print(f"{row['venue']:<9} {row['subject']:<7} not measured: {row['error']}")
            continue
        ratio = f"{row['ratio_requests_per_s']:.3f}" if "ratio_requests_per_s" in row else ""
        print(f"{row['venue']:<9} {row['subject']:<7} {row['requests_per_s']:>11,.0f} {row['p50_us']:>8,.0f} "
              f"{row['cpu_us']:>7.1f}  {ratio}")
    print(f"\ntime of a benchmark, mean of {len(report['benchmarks'])}: {report['time']:.3f} of the time before")
    if report["requests"]:
        print(f"requests a second over loopback: {report['requests']:.3f} of those before")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--before", required=True, type=pathlib.Path)
    parser.add_argument("--after", required=True, type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=3)
    parser.add_argument("--json", help="where the figures go; nowhere unless given")
    arguments = parser.parse_args()
    builds = {"before": arguments.before.resolve(), "after": arguments.after.resolve()}
    for side, build in builds.items():
        for program in ("ocokit", "ocokit_bench", "ocokit_presign"):
            if not (build / "bin" / program).exists():
                parser.error(f"--{side}: {build} has no bin/{program}; ./dev bench builds it")
    with tempfile.TemporaryDirectory(prefix="ocokit-bench-") as folder:
        report = {"benchmarks": benchmarks(builds, folder, arguments.rounds),
                  "loopback": loopback(builds, folder, arguments.rounds, arguments.seconds)}
    report["time"] = mean([times["after"] / times["before"] for times in report["benchmarks"].values()])
    ratios = [row["ratio_requests_per_s"] for row in report["loopback"] if "ratio_requests_per_s" in row]
    report["requests"] = mean(ratios) if ratios else None
    show(report)
    if arguments.json:
        pathlib.Path(arguments.json).write_text(json.dumps(report, indent=1) + "\n")
    return 0 if ratios and report["benchmarks"] else 1


if __name__ == "__main__":
    os.environ["PATH"] += ":/usr/sbin"
    sys.exit(main())
