#!/usr/bin/env python3
"""Runs the kit against subjects whose verdict is known, and tells whether it is right about them.

  score.py --ocokit PATH --adapter PATH [--seed N]... [--only PATTERN]... [--all] [--results F.json]

Whole subjects, which must pass: `ocokit serve` in each dialect, the C++ client, the reference client
and the pass-through server of this folder. The C++ client has no calls for market data and reconciles
pairs alone, and its streams are of orders: cases that need more must be unsupported. Broken subjects: each defect of servers.json and
clients.json must be caught by every case that it names; every case must be named by a defect or
stand in unproven-*.json with a reason. Example adapters are scored as they are.

A defect meets the cases that are named for it; with --all it meets all cases of its venue, which takes
several times as long and tells what else fails.

With several --seed the whole is run for each, and the verdicts must be the same. Exit status 0 when
all of this holds, else 1. --results: what was found, for document.py.
"""

import argparse
import concurrent.futures
import contextlib
import fnmatch
import json
import pathlib
import subprocess
import sys
import tempfile
import threading
import time

import server
from server_proxy import Proxy

HERE = pathlib.Path(__file__).resolve().parent
# Without what an installation imports at each start: the subjects need the standard library alone, and start a thousand
# times.
PYTHON = [sys.executable, "-E", "-S"]
CAUGHT = ("fail", "non-strict")
# What the C++ client does not have: operations, and cases that take more of one than it has.
NOT_IN_CPP = ("order_book", "candles", "reconcile_order", "stream_leave", "advance_sockets", "a book",
              "wbc-stream-080")
# Runs of the kit at a time: they mostly wait, for timeouts that a case has and for programs that start.
POOL = 6
# Of one run of the kit; the slowest takes a quarter of it.
MOST_SECONDS = 240


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def cases():
    """All cases by id, in the order of their files."""
    out = {}
    for path in sorted((HERE.parent / "cases").glob("*/*/*.json")):
        section = read(path)
        for case in section["cases"]:
            out[case["id"]] = {**case, "section": section["title"], "subject": section["subject"],
                               "venue": section["venue"]}
    return out


def operations(case):
    """Names of the operations that a client's case asks for, its id, and `a book` where one is streamed."""
    steps = [step for outer in case["steps"] for step in outer.get("together", [outer]) if "op" in step]
    streamed = {"a book" for step in steps if step["op"].startswith("stream_") and "book" in step.get("args", {})}
    return {step["op"] for step in steps} | {case["id"]} | streamed


class Listening:
    """A process that prints a line of JSON when it is ready; ended at the end of the block."""

    def __init__(self, command):
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"does not start: {' '.join(map(str, command))}")
        self.ready = json.loads(line)

    def __enter__(self):
        return self.ready

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.process.stdout.close()


@contextlib.contextmanager
def proxy(name, upstream):
    """The server with the defect NAME, as `server.py` runs it, on a thread; gives its URL."""
    subject = Proxy(server.DEFECTS[name], upstream, "127.0.0.1:0")
    threading.Thread(target=subject.serve, daemon=True).start()
    try:
        yield subject.url
    finally:
        subject.close()


class Kit:
    """Runs `ocokit conform` and reads its JSON report."""

    def __init__(self, ocokit, seed):
        self.ocokit = ocokit
        self.seed = seed

    def conform(self, subject, options, command=()):
        with tempfile.TemporaryDirectory() as folder:
            report = pathlib.Path(folder) / "report.json"
            line = [self.ocokit, "conform", subject, *options, "--seed", str(self.seed), "--json", str(report)]
            if command:
                line += ["--", *command]
            start = time.monotonic()
            try:
                done = subprocess.run(line, capture_output=True, text=True, timeout=MOST_SECONDS, check=False)
            except subprocess.TimeoutExpired:
                return {"error": f"the kit did not end within {MOST_SECONDS} s", "verdicts": {}}
            out = {"seconds": time.monotonic() - start, "status": done.returncode, "verdicts": {}, "cases": []}
            if done.returncode not in (0, 1, 3) or not report.exists():
                out["error"] = f"the kit ended with status {done.returncode}: {done.stderr.strip()[-500:]}"
                return out
            found = read(report)
            out["cases"] = found["cases"]
            out["verdicts"] = {case["id"]: case["verdict"] for case in found["cases"]}
            errors = [case["id"] for case in found["cases"] if case["verdict"] == "kit error"]
            if errors:
                reason = next(case["reason"] for case in found["cases"] if case["id"] == errors[0])
                out["error"] = f"errors of the kit itself: {', '.join(errors)}: {reason}"
            return out


class Score:
    def __init__(self, ocokit, adapter, seed, only, every_case):
        self.kit = Kit(ocokit, seed)
        self.adapter = adapter
        self.only = only
        self.every_case = every_case
        self.wrong = []
        self.whole = {}
        self.examples = {}
        self.defects = {}
        self.seconds = 0.0

    def complain(self, text):
        self.wrong.append(text)
        print(f"WRONG {text}", flush=True)

    def wanted(self, name):
        return not self.only or any(fnmatch.fnmatch(name, pattern) for pattern in self.only)

    # Subjects that are whole.

    def run_whole(self, name, subject, options, command=(), lacks=()):
        """`lacks`: what the subject does not have, as `operations` names it."""
        result = self.kit.conform(subject, options, command)
        verdicts = list(result["verdicts"].values())
        passed, unsupported = verdicts.count("pass"), verdicts.count("unsupported")
        self.whole[name] = {"passed": passed, "cases": len(verdicts), "unsupported": unsupported,
                            "verdicts": result["verdicts"]}
        known = cases() if lacks else {}
        if "error" in result:
            self.complain(f"{name}: {result['error']}")
        for case in result["cases"]:
            lacking = bool(lacks) and not operations(known[case["id"]]).isdisjoint(lacks)
            if case["verdict"] != ("unsupported" if lacking else "pass"):
                self.complain(f"{name}: {case['id']} is {case['verdict']}: {case['reason']}")
        print(f"whole {name}: {passed} of {len(verdicts)} pass, {result.get('seconds', 0):.1f} s", flush=True)

    def run_example(self, name, options, command):
        result = self.kit.conform("client", options, command)
        if "error" in result:
            self.complain(f"{name}: {result['error']}")
        counts = {}
        for verdict in result["verdicts"].values():
            counts[verdict] = counts.get(verdict, 0) + 1
        self.examples[name] = {"counts": counts, "verdicts": result["verdicts"],
                               "missed": {case["id"]: case["reason"] for case in result["cases"]
                                          if case["verdict"] not in ("pass", "unsupported")}}
        print(f"example {name}: {counts}, {result.get('seconds', 0):.1f} s", flush=True)

    # Subjects with one defect.

    def run_defect(self, kind, defect, url):
        name = defect["name"]
        venue = ["--venue", defect["venue"], "--dialect", defect.get("dialect", "docs")]
        if not self.every_case:
            venue += [word for case in defect["caught_by"] for word in ("--run", case)]
        if kind == "server":
            with proxy(name, url) as broken:
                result = self.kit.conform("server", venue + ["--url", broken, "--jobs", "4", "--timeout", "2000"])
        else:
            result = self.kit.conform("client", venue + ["--url", url, "--jobs", "4", "--timeout", "2000"],
                                      [*PYTHON, str(HERE / "client.py"), name])
        failed = [case for case, verdict in result["verdicts"].items() if verdict in CAUGHT]
        missed = [case for case in defect["caught_by"] if case not in failed]
        if "error" in result:
            self.complain(f"{kind} {name}: {result['error']}")
        if missed:
            found = {case: result["verdicts"].get(case, "not run") for case in missed}
            self.complain(f"{kind} {name} is not caught by {found}; it fails {failed}")
        self.defects[f"{kind} {name}"] = {"failed": sorted(failed), "verdicts": result["verdicts"]}
        others = len(set(failed) - set(defect["caught_by"]))
        print(f"{'missed' if missed else 'caught'} {kind} {defect['venue']} {name}: "
              f"{', '.join(defect['caught_by'])}{f', and {others} more' if others else ''}, "
              f"{result.get('seconds', 0):.1f} s", flush=True)

    def check_cases(self):
        """Each case is proven by a defect, or its reason is told."""
        known = cases()
        for kind in ("server", "client"):
            defects = read(HERE / f"{kind}s.json")["defects"]
            unproven = read(HERE / f"unproven-{kind}.json")
            named = {case for defect in defects for case in defect["caught_by"]}
            of_kind = {case for case, what in known.items() if what["subject"] == kind}
            for case in sorted(of_kind - named - set(unproven)):
                self.complain(f"{case} catches no defect and stands in no unproven-{kind}.json")
            for case in sorted((named | set(unproven)) - of_kind):
                self.complain(f"{case} of {kind}s.json or unproven-{kind}.json is no case")
            for case in sorted(named & set(unproven)):
                self.complain(f"{case} is proven by a defect and yet stands in unproven-{kind}.json")
            names = [defect["name"] for defect in defects]
            for name in {name for name in names if names.count(name) > 1}:
                self.complain(f"two {kind} defects have the name {name}")

    def run(self):
        start = time.monotonic()
        if not self.only:
            self.check_cases()
        serve = [self.kit.ocokit, "serve", "--listen", "127.0.0.1:0", "--quiet"]
        with contextlib.ExitStack() as stack:
            url = stack.enter_context(Listening(serve))["bingx_url"]
            jobs = self.jobs_of(url)
            with concurrent.futures.ThreadPoolExecutor(POOL) as pool:
                for job in concurrent.futures.as_completed([pool.submit(*job) for job in jobs]):
                    job.result()
        self.seconds = time.monotonic() - start

    def jobs_of(self, url):
        jobs = []
        for venue in ("bingx", "whitebit"):
            for dialect in ("docs", "live"):
                options = ["--venue", venue, "--dialect", dialect, "--url", url]
                jobs.append((self.run_whole, f"ocokit serve, {venue} {dialect}", "server", options))
                jobs.append((self.run_whole, f"C++ client, {venue} {dialect}", "client", options, [self.adapter],
                             NOT_IN_CPP))
            options = ["--venue", venue, "--url", url]
            jobs.append((self.run_whole, f"reference client, {venue}", "client", options,
                         [*PYTHON, str(HERE / "client.py"), "none"]))
            adapters = HERE.parent / "adapters"
            jobs.append((self.run_example, f"Python, {venue}", options, [*PYTHON, str(adapters / "python/adapter.py")]))
            jobs.append((self.run_example, f"JavaScript, {venue}", options, ["node", str(adapters / "javascript/adapter.mjs")]))
            jobs.append((self.run_pass_through, venue, url))
        jobs = [job for job in jobs if self.wanted(job[1])]
        for kind in ("server", "client"):
            for defect in read(HERE / f"{kind}s.json")["defects"]:
                if self.wanted(defect["name"]):
                    jobs.append((self.run_defect, kind, defect, url))
        return jobs

    def run_pass_through(self, venue, url):
        with proxy("none", url) as through:
            self.run_whole(f"pass-through server, {venue}", "server", ["--venue", venue, "--url", through])

    def verdicts(self):
        """Everything that must not depend on the seed."""
        found = [("whole", self.whole), ("example", self.examples), ("defect", self.defects)]
        return {f"{kind} {name}: {case}": verdict for kind, group in found for name, result in group.items()
                for case, verdict in result["verdicts"].items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ocokit", required=True, help="the program")
    parser.add_argument("--adapter", required=True, help="the adapter of the C++ client")
    parser.add_argument("--seed", type=int, action="append", help="may be given more than once; 1")
    parser.add_argument("--only", action="append", help="subjects and defects whose names fit")
    parser.add_argument("--all", action="store_true", help="every case against every defect")
    parser.add_argument("--results", type=pathlib.Path, help="JSON file to write what was found to")
    options = parser.parse_args()
    wrong = 0
    scores = []
    for seed in options.seed or [1]:
        score = Score(options.ocokit, options.adapter, seed, options.only, options.all)
        score.run()
        scores.append(score)
        caught = sum(1 for defect in score.defects.values() if defect["failed"])
        print(f"== seed {seed}: {len(score.defects)} defects, {caught} caught; "
              f"{len(score.wrong)} things wrong; {score.seconds:.0f} s", flush=True)
        wrong += len(score.wrong)
    first = scores[0].verdicts()
    for score in scores[1:]:
        for key, verdict in score.verdicts().items():
            if first.get(key) != verdict:
                print(f"WRONG {key} depends on the seed: {first.get(key)} and {verdict}")
                wrong += 1
    if options.results:
        options.results.write_text(json.dumps({
            "whole": scores[0].whole, "examples": scores[0].examples, "defects": scores[0].defects,
        }, indent=1) + "\n", encoding="utf-8")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
