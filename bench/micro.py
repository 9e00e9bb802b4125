"""Runs the Google Benchmark program and puts its repetitions together."""

import json
import pathlib
import re
import statistics
import subprocess

# What the program itself says of a run, beside the counters.
OWN = {"name", "run_name", "run_type", "family_index", "per_family_instance_index", "repetitions", "repetition_index",
       "threads", "iterations", "real_time", "cpu_time", "time_unit", "error_occurred", "error_message",
       "aggregate_name", "aggregate_unit"}
UNITS = {"ns": 1, "us": 1e3, "ms": 1e6, "s": 1e9}


def short(name):
    return re.sub(r"/(real_time|manual_time|process_time|repeats:\d+|min_time:[\d.]+)", "", name)


def summarize(runs):
    """By name: least and median nanoseconds an operation of all repetitions, and the counters' medians and least."""
    collected = {}
    for run in runs:
        if run.get("run_type") == "aggregate":
            continue
        entry = collected.setdefault(short(run["run_name"]), {"times": [], "counters": {}})
        if run.get("error_occurred"):
            entry["error"] = run["error_message"]
            continue
        # Over the wire, or timed by hand, the time on the wall is what counts.
        clock = "real_time" if re.search("real_time|manual_time", run["run_name"]) else "cpu_time"
        entry["times"].append(run[clock] * UNITS[run["time_unit"]])
        for name, value in run.items():
            if name not in OWN and isinstance(value, (int, float)):
                entry["counters"].setdefault(name, []).append(value)
    out = {}
    for name, entry in collected.items():
        if "error" in entry or not entry["times"]:
            out[name] = {"error": entry.get("error", "was not run")}
            continue
        out[name] = {"least_ns": round(min(entry["times"]), 2), "median_ns": round(statistics.median(entry["times"]), 2),
                     "counters": {key: round(statistics.median(values), 4)
                                  for key, values in entry["counters"].items()},
                     "least_counters": {key: min(values) for key, values in entry["counters"].items()}}
    return out


def run(program, folder, seconds, repetitions):
    """Each benchmark `repetitions` times for `seconds`, in a random order, so that what the machine does meanwhile
    falls on all alike."""
    out = pathlib.Path(folder) / "benchmarks.json"
    command = [str(program), f"--benchmark_min_time={seconds}", f"--benchmark_repetitions={repetitions}",
               "--benchmark_enable_random_interleaving=true", f"--benchmark_out={out}",
               "--benchmark_out_format=json"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return summarize(json.loads(out.read_text())["benchmarks"])
