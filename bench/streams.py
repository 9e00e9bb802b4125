"""Streams: what a quiet one costs, and how late many hear of a price, beside a bare Beast server.

usage: streams.py --build BUILD [--idle N] [--hear N] [--pace-us N] [--seconds S] [--rounds N] [--json FILE]
"""

import argparse
import json
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
import urllib.request

from processes import Failed, Mock

SETTINGS = {"accounts": [{"venue": "whitebit", "key": "test-key", "secret": "test-secret",
                          "settings": {"rate_limits": "off", "stream_idle": "none"}}]}


def quiet(ocokit, fanout, folder, wanted):
    """Bytes of the simulator's memory for each of so many WebSockets on which nothing is said."""
    config = pathlib.Path(folder) / "streams.json"
    config.write_text(json.dumps(SETTINGS), encoding="utf-8")
    with Mock(ocokit, folder, "--config", str(config)) as mock:
        before = mock.rss_bytes()
        command = [fanout, "hold", str(mock.port), "/@whitebit-1/ws", str(wanted)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as clients:
            if clients.stdout.readline() != b"open\n":
                raise Failed("the clients could not be opened")
            held = mock.rss_bytes()
            with urllib.request.urlopen(mock.url + "/metrics", timeout=30) as reply:
                line = next(line for line in reply.read().decode().splitlines()
                            if line.startswith('ocokit_streams{venue="whitebit"}'))
            clients.stdin.close()
    return {"streams": int(float(line.split()[1])), "bytes_each": round((held - before) / wanted)}


def hear(ocokit, fanout, folder, many, pace_us, seconds):
    config = pathlib.Path(folder) / "streams.json"
    config.write_text(json.dumps(SETTINGS), encoding="utf-8")
    with Mock(ocokit, folder, "--config", str(config)) as mock:
        command = [fanout, "hear", str(mock.port), str(many), str(pace_us), str(seconds)]
        return json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)


def bare(fanout, many, pace_us, seconds):
    command = [fanout, "bare", str(many), str(pace_us), str(seconds)]
    return json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)


def middle(rounds, key):
    return statistics.median(one[key] for one in rounds)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", required=True, type=pathlib.Path)
    parser.add_argument("--idle", type=int, default=10_000)
    parser.add_argument("--hear", type=int, default=1000)
    parser.add_argument("--pace-us", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=pathlib.Path)
    options = parser.parse_args()
    ocokit, fanout = (str(options.build / "bin" / name) for name in ("ocokit", "ocokit_fanout"))
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    report = {"ocokit": [], "bare": []}
    try:
        with tempfile.TemporaryDirectory() as folder:
            report["quiet"] = quiet(ocokit, fanout, folder, options.idle)
            for _ in range(options.rounds):
                report["ocokit"].append(hear(ocokit, fanout, folder, options.hear, options.pace_us, options.seconds))
                report["bare"].append(bare(fanout, options.hear, options.pace_us, options.seconds))
    except (Failed, subprocess.SubprocessError, OSError) as error:
        print(f"streams: {error}", file=sys.stderr)
        return 3
    print(f"{report['quiet']['streams']} quiet streams: {report['quiet']['bytes_each']:,} bytes each")
    print(f"\n{options.hear} streams, a price every {options.pace_us / 1000:g} ms, {options.rounds} rounds, medians")
    print(f"{'server':<8} {'frames/s':>9} {'p50 us':>8} {'p99 us':>8} {'max us':>8} {'missing':>8}")
    for name in ("ocokit", "bare"):
        rounds = report[name]
        missing = sum(one["gaps"] + one["lost"] for one in rounds)
        print(f"{name:<8} {middle(rounds, 'frames_per_s'):>9,.0f} {middle(rounds, 'p50_us'):>8,.0f} "
              f"{middle(rounds, 'p99_us'):>8,.0f} {middle(rounds, 'max_us'):>8,.0f} {missing:>8}")
    if options.json:
        options.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
