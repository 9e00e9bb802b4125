#!/usr/bin/env python3
"""Runs ctest; a test that real time can disturb, and that fails, gets a second try, alone.

    cmake/run_tests.py BUILD [CTEST OPTION...]

Such tests have the label `realtime`: they use real sockets, processes or the wall clock. No other test is repeated, and
none when more than a few failed: then it is not chance. How many passed at the second try is printed always, with what
they said at both. Ends with ctest's own summary, and with ctest's status.
"""

import json
import pathlib
import re
import subprocess
import sys
import xml.etree.ElementTree

MOST = 5


class Run:
    """One run of ctest, printed as it goes but for its summary."""

    def __init__(self, build, options):
        self.log = pathlib.Path(build) / "Testing" / "Temporary"
        (self.log / "LastTestsFailed.log").unlink(missing_ok=True)
        # Not ctest's own log: a test that lists the tests empties it.
        self.report = pathlib.Path(build).resolve() / "tests.xml"
        self.report.unlink(missing_ok=True)
        self.summary = []
        ctest = subprocess.Popen(["ctest", "--test-dir", build, "--output-on-failure", "--output-junit",
                                  str(self.report), *options],
                                 stdout=subprocess.PIPE, text=True, errors="replace")
        for line in ctest.stdout:
            if self.summary or re.match(r"\d+% tests passed", line):
                self.summary.append(line)
            else:
                print(line, end="", flush=True)
        self.status = ctest.wait()

    def failed(self):
        """Names of tests."""
        path = self.log / "LastTestsFailed.log"
        return [line.split(":", 1)[1] for line in path.read_text().splitlines()] if path.exists() else []

    def said(self, name):
        """What a test printed."""
        cases = xml.etree.ElementTree.parse(self.report).iter("testcase")
        return next((case.findtext("system-out", "").strip() for case in cases if case.get("name") == name),
                    "(nothing is kept)")


def realtime(build):
    """Names of the tests that may have a second try."""
    listing = subprocess.run(["ctest", "--test-dir", build, "--show-only=json-v1", "-L", "^realtime$"],
                             capture_output=True, text=True, check=True).stdout
    return {test["name"] for test in json.loads(listing)["tests"]}


def main():
    if len(sys.argv) < 2 or sys.argv[1].startswith("-"):
        print(__doc__, file=sys.stderr)
        return 2
    build, options = sys.argv[1], sys.argv[2:]
    run = Run(build, options)
    names = run.failed() if run.status else []
    passed = []
    allowed = realtime(build) if 0 < len(names) <= MOST else set()
    if names and all(name in allowed for name in names):
        print("".join(run.summary) + f"\nsecond try, alone: {', '.join(names)}", flush=True)
        first = {name: run.said(name) for name in names}
        run = Run(build, ["--parallel", "1", "-R", "^(" + "|".join(map(re.escape, names)) + ")$"])
        passed = [name for name in names if name not in run.failed()]
        for name in passed:
            print(f"-- {name}, first try:\n{first[name]}\n-- {name}, second try:\n{run.said(name)}")
    print(f"passed at the second try: {len(passed)}" + "".join(f", {name}" for name in passed))
    print("".join(run.summary), end="")
    return run.status


if __name__ == "__main__":
    sys.exit(main())
