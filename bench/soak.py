#!/usr/bin/env python3
"""Loads a simulator for a long time, with faults on; `./dev soak` runs it.

  soak.py --ocokit BUILD/bin/ocokit [--minutes N] [--rate R] [--growth G] [--json F.json]

Both venues at once, by `ocokit load`. What must hold: the server's books agree with the client's own counts, most
requests were accepted, its memory is the same in the last minute as in the first, and it ends without a complaint; of a build with the address
sanitizer that is one of leaks, too. Status 0; 1 when one of them does not hold; 3 when the server does not start.
"""

import argparse
import json
import pathlib
import signal
import statistics
import subprocess
import sys
import tempfile
import time

from processes import Failed, Mock

VENUES = ("bingx", "whitebit")
CONNECTIONS = 4
FAULTS = "lost_reply=0.01,delay=0.02,reset=0.01,close_early=0.01,malformed_json=0.01,empty=0.01,status=0.01,html_5xx=0.01"
MIX = "place=8,cancel=8,list=1"
# An account keeps its latest 10,000 ended pairs; until it has them, it grows.
KEPT_PAIRS = 10_000
PLACED_SHARE = 8 / 17
# The faults hit 7 % of the requests, and some of what they leave behind is refused.
LEAST_ACCEPTED = 0.8


def load(ocokit, mock, venue, options, folder):
    """The running load of one venue."""
    command = [str(ocokit), "load", "--venue", venue, "--url", mock.url, "--rate", str(options.rate), "--connections",
               str(CONNECTIONS), "--mix", MIX, "--faults", FAULTS, "--warmup", f"{options.warmup:.0f}s", "--duration",
               f"{options.minutes * 60:.0f}s", "--drain", "30s", "--json", str(folder / f"{venue}.json")]
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=(folder / f"{venue}.txt").open("wb"),
                            stderr=subprocess.STDOUT)


def watch(mock, loads, start):
    """The server's memory, once a second, until the loads end: [(seconds, bytes)]."""
    samples = []
    while any(each.poll() is None for each in loads.values()):
        samples.append((time.monotonic() - start, mock.rss_bytes()))
        time.sleep(1)
    return samples


def growth(samples, options):
    """Memory of the first and the last minute of the measured time, or of its quarters where it is shorter."""
    measured = options.minutes * 60
    window = min(60, measured / 4)
    of = lambda begin: [size for at, size in samples if begin <= at - options.warmup < begin + window]
    first, last = of(0), of(measured - window)
    if not first or not last:
        raise Failed("the load ended early")
    return statistics.median(first), statistics.median(last)


def read_counts(path):
    """The counts of a load's report; empty where it has written none."""
    try:
        return json.loads(path.read_text())["counts"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def accepted_share(counts):
    return counts.get("accepted", 0) / max(1, counts.get("intended", 0))


def run(options, folder):
    report = {"format": 1, "minutes": options.minutes, "rate_of_each_venue": options.rate, "faults": FAULTS, "mix": MIX,
              "most_growth": options.growth}
    with Mock(options.ocokit, folder) as mock:
        start = time.monotonic()
        loads = {venue: load(options.ocokit, mock, venue, options, folder) for venue in VENUES}
        try:
            samples = watch(mock, loads, start)
        finally:
            for each in loads.values():
                if each.poll() is None:
                    each.send_signal(signal.SIGINT)
                each.wait()
        first, last = growth(samples, options)
        mock.process.send_signal(signal.SIGTERM)
        status = mock.process.wait(timeout=60)
    report |= {"rss_first_bytes": first, "rss_last_bytes": last, "growth": last / first, "server_status": status,
               "server_said": (folder / "ocokit.log").read_text(errors="replace")[-4000:],
               "load_counts": {venue: read_counts(folder / f"{venue}.json") for venue in VENUES},
               "load_status": {venue: each.returncode for venue, each in loads.items()},
               "load": {venue: (folder / f"{venue}.txt").read_text(errors="replace") for venue in VENUES}}
    return report


def show(report):
    """Prints what was found; True when all of it holds."""
    held = [(f"memory: {report['rss_first_bytes'] / 1e6:.1f} MB in the first minute, "
             f"{report['rss_last_bytes'] / 1e6:.1f} MB in the last, {report['growth']:.3f}x",
             report["growth"] <= report["most_growth"]),
            (f"the server ended with status {report['server_status']}", report["server_status"] == 0)]
    for venue in VENUES:
        print(report["load"][venue])
        held.append((f"{venue}: the books agree", report["load_status"][venue] == 0))
        share = accepted_share(report["load_counts"][venue])
        held.append((f"{venue}: {share * 100:.1f} % of the requests were accepted", share > LEAST_ACCEPTED))
    print(report["server_said"], end="")
    for what, holds in held:
        print(f"{'held' if holds else 'NOT HELD':<9} {what}")
    return all(holds for _, holds in held)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ocokit", required=True, type=pathlib.Path, help="the program, of any build")
    parser.add_argument("--minutes", type=float, default=10, help="how long is measured")
    parser.add_argument("--rate", type=float, default=1000, help="requests a second of each venue")
    parser.add_argument("--growth", type=float, default=1.05, help="how much larger the memory may be at the end")
    parser.add_argument("--json", type=pathlib.Path, help="where the figures go")
    options = parser.parse_args()
    # Half as long again, since faults keep some from being placed.
    options.warmup = min(1.5 * KEPT_PAIRS * CONNECTIONS / (options.rate * PLACED_SHARE), options.minutes * 60)
    # So that what was started is ended, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        with tempfile.TemporaryDirectory(prefix="ocokit-soak-") as folder:
            report = run(options, pathlib.Path(folder))
    except Failed as error:
        print(f"soak.py: {error}", file=sys.stderr)
        return 3
    if options.json:
        options.json.write_text(json.dumps(report, indent=1) + "\n")
    return 0 if show(report) else 1


if __name__ == "__main__":
    sys.exit(main())
