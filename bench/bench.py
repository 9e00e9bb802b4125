#!/usr/bin/env python3
"""Measures everything and holds it against the targets; `./dev bench` runs it.

  bench.py --build DIR [--peers DIR] [--proxy] [--document] [--json F.json] [--require] [--quick]

Writes all figures as JSON, with the machine, the compiler and the commit, and ends with the table of the
targets. Status 0; 1 with --require when a target is missed; 3 when something could not be measured, or a program that is
needed is not there.
"""

import argparse
import contextlib
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import document
import machine
import micro
import probes
import proxy
import rivals
import targets
import wrk
from processes import Failed

CONNECTIONS = 16

# How long: to measure, and only to see that all of it still works.
FULL = {"benchmark_seconds": 0.02, "repetitions": 20, "starts": 20, "idle": 10_000, "rounds": 5, "seconds": 3}
QUICK = {"benchmark_seconds": 0.001, "repetitions": 1, "starts": 2, "idle": 50, "rounds": 1, "seconds": 1}


def say(text):
    print(f"== {text}", file=sys.stderr, flush=True)


def wrk_table(rows):
    lines = [f"{'venue':<9} {'subject':<9} {'requests/s':>11} {'p50 us':>8} {'p99 us':>8} {'cpu us':>7}   of nginx: requests/s, p50, p99"]
    for row in rows:
        start = f"{row['venue']:<9} {row['subject']:<9}"
        if "error" in row:
            lines.append(f"{start} not measured: {row['error']}")
            continue
        ratios = [f"{row[key]:.2f}x" for key in ("ratio_requests_per_s", "ratio_p50_us", "ratio_p99_us") if key in row]
        lines.append(f"{start} {row['requests_per_s']:>11,.0f} {row['p50_us']:>8,.0f} {row['p99_us']:>8,.0f} "
                     f"{row['cpu_us']:>7.1f}   "
                     + ", ".join(ratios))
    return lines


def measure_wrk(programs, folder, length, peers):
    """Ours beside nginx, and with `peers` beside the other mock servers; every row of both venues."""
    replies = wrk.sample_replies(programs["ocokit"], programs["presign"], folder)
    rows = []
    missing = {}
    with contextlib.ExitStack() as stack:
        subjects = [wrk.MockSubject(programs["ocokit"], folder)]
        starters = {"nginx": lambda: wrk.nginx_subject(folder, replies)}
        if peers:
            starters |= rivals.starters(peers, folder, replies)
        for name, start in starters.items():
            say(f"starting {name}")
            try:
                subject = start()
            except Failed as error:
                missing[name] = f"cannot start: {error}"
                continue
            stack.callback(subject.stop)
            subjects.append(subject)
        for venue in wrk.PATHS:
            requests = wrk.Requests(programs["presign"], folder, venue, length["seconds"])
            runs, failed = wrk.rounds(subjects, requests, length["rounds"], length["seconds"], CONNECTIONS, say)
            for name, why in missing.items():
                runs[name], failed[name] = [], why
            rows += wrk.summarize(runs, failed, venue)
    return {"connections": CONNECTIONS, "seconds": length["seconds"], "rounds": length["rounds"],
            "versions": rivals.versions(peers) if peers else {}, "rows": rows}


def attempt(measure):
    """The part of the report, or why there is none."""
    try:
        return measure()
    except (Failed, OSError, subprocess.CalledProcessError) as error:
        return {"error": str(error)}


def run(arguments, folder):
    build = pathlib.Path(arguments.build).resolve()
    programs = {"ocokit": build / "bin" / "ocokit", "presign": build / "bin" / "ocokit_presign",
                "benchmarks": build / "bin" / "ocokit_bench"}
    length = QUICK if arguments.quick else FULL
    report = {"format": 1, "quick": arguments.quick, **machine.describe(build)}
    say("benchmarks")
    report["benchmarks"] = micro.run(programs["benchmarks"], folder, length["benchmark_seconds"], length["repetitions"])
    say("start to ready")
    report["start"] = attempt(lambda: probes.start_to_ready(programs["ocokit"], folder, length["starts"]))
    say("idle connections")
    report["idle"] = attempt(lambda: probes.idle_connections(programs["ocokit"], folder, length["idle"]))
    report["wrk"] = attempt(lambda: measure_wrk(programs, folder, length, arguments.peers))
    if arguments.proxy:
        report["proxy"] = attempt(lambda: proxy.measure(programs, folder, length, CONNECTIONS, say))
    report["targets"] = targets.rows(report)
    return report


def show(report):
    print(f"\n{report['machine']['cpu']}, {report['machine']['cores']} cores; {report['build']['compiler']}; "
          f"commit {report['build']['commit']}; OpenSSL: {report['build']['openssl']}\n")
    print(f"signed placements, {CONNECTIONS} keep-alive connections over loopback, medians of the rounds")
    print("\n".join(wrk_table(report["wrk"]["rows"]) if "rows" in report["wrk"] else [report["wrk"]["error"]]))
    if "proxy" in report:
        print("\nthrough examples/proxy/nginx.conf")
        print("\n".join(proxy.table(report["proxy"])))
    print("\n" + "\n".join(targets.table(report["targets"])))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", required=True, help="folder of the build: its bin/ has what is measured")
    parser.add_argument("--json", help="where the figures go; BUILD/report.json unless given")
    parser.add_argument("--peers", help="also measure the mock servers that npm has put into this folder")
    parser.add_argument("--proxy", action="store_true", help="also measure two mocks behind nginx")
    parser.add_argument("--document", action="store_true", help="then write docs/performance.md; with --peers, --proxy")
    parser.add_argument("--require", action="store_true", help="end with status 1 when a target is missed")
    parser.add_argument("--quick", action="store_true", help="all of it, but too briefly to measure anything")
    arguments = parser.parse_args()
    if arguments.document and not (arguments.peers and arguments.proxy and not arguments.quick):
        parser.error("--document needs --peers and --proxy, and not --quick")
    absent = [name for name in ("wrk", "nginx") if not shutil.which(name, path=os.environ["PATH"] + ":/usr/sbin")]
    if absent:
        print(f"bench.py: not installed: {', '.join(absent)}", file=sys.stderr)
        return 3
    os.environ["PATH"] += ":/usr/sbin"
    path = pathlib.Path(arguments.json or pathlib.Path(arguments.build) / "report.json")
    try:
        path.open("a").close()
    except OSError as error:
        parser.error(f"--json: cannot write {path}: {error.strerror}")
    # So that what was started is ended, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="ocokit-bench-") as folder:
        os.chmod(folder, 0o755)  # for nginx's workers
        report = run(arguments, folder)
    report["took_s"] = round(time.monotonic() - start, 1)
    path.write_text(json.dumps(report, indent=1) + "\n")
    show(report)
    print(f"\nall figures, in {report['took_s']:.0f} s: {path}")
    if arguments.document:
        document.write(report)
    wanting = [row for row in report["targets"] if row["here"] is None]
    ours = [row for row in report["wrk"].get("rows", []) if row["subject"] in ("ocokit", "nginx")]
    ours += report["proxy"].get("rows", [report["proxy"]]) if "proxy" in report else []
    if wanting or any("error" in row for row in ours):
        print("bench.py: not everything could be measured", file=sys.stderr)
        return 3
    missed = [row for row in report["targets"] if row["verdict"] == "missed"]
    return 1 if arguments.require and missed else 0


if __name__ == "__main__":
    sys.exit(main())
