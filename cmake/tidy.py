#!/usr/bin/env python3
"""Has clang-tidy look at all sources that ship, as they are compiled: the sources of a folder together.

    cmake/tidy.py --build DIR [--jobs N] [PATTERN...]

DIR is configured with CMAKE_UNITY_BUILD. A batch is not given to clang-tidy as includes, since much is only looked for
in the file itself, but as one text; what it finds is told by the places in the sources. PATTERN: only batches with a
source whose path has it. Ends with status 1 when there is something to mend, and with 3 when clang-tidy itself failed.
"""

import argparse
import bisect
import concurrent.futures
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
# Tests are held to the compilers' warnings alone; the benchmarks' `ocokit load` ships.
LEFT_OUT = re.compile(r"_(test|fuzz|bench)\.cc$|^(fixtures|examples)/|^bench/(?!load/)|/testing/")
# Where the analyzer gives a function up; its default is 225,000.
ANALYZER = ["-Xclang", "-analyzer-config", "-Xclang", "max-nodes=30000"]


class Batch:
    """The sources that a file of CMake's includes, as one text beside it."""

    def __init__(self, entry):
        unity = pathlib.Path(entry["file"])
        self.path = unity.with_suffix(".tidy.cc")
        self.flags = flags(entry)
        self.sources = []  # (first line in the text, path from the root)
        lines = []
        for line in unity.read_text().splitlines():
            include = re.fullmatch(r'#include "([^"]*\.cc)"', line)
            if not include:
                lines.append(line)
                continue
            lines.append(f'#line 1 "{include[1]}"')
            self.sources.append((len(lines) + 1, os.path.relpath(include[1], ROOT)))
            lines += pathlib.Path(include[1]).read_text().splitlines()
        self.text = "\n".join(lines) + "\n"

    def ships(self):
        return any(not LEFT_OUT.search(source) for _, source in self.sources)

    def place(self, line):
        """The source and the line there of a line of the text."""
        at = bisect.bisect_right([first for first, _ in self.sources], line) - 1
        if at < 0:
            return str(self.path), line
        first, source = self.sources[at]
        return source, line - first + 1

    def tidy(self):
        self.path.write_text(self.text)
        command = ["clang-tidy", "--quiet", f"--config-file={ROOT / '.clang-tidy'}", str(self.path), "--"]
        done = subprocess.run(command + self.flags + ANALYZER, capture_output=True, text=True, check=False)
        found = re.sub(re.escape(str(self.path)) + r":(\d+):",
                       lambda match: "{}:{}:".format(*self.place(int(match[1]))), done.stdout)
        return done.returncode, found, done.stderr


def flags(entry):
    """What a command of compile_commands.json says but for compiler, input and output."""
    words = shlex.split(entry["command"])[1:]
    output = words.index("-o")
    del words[output:output + 2]
    return [word for word in words if word not in ("-c", entry["file"])]


def batches(build):
    for entry in json.loads((build / "compile_commands.json").read_text()):
        if pathlib.Path(entry["file"]).parent.name == "Unity":
            yield Batch(entry)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("patterns", nargs="*", metavar="PATTERN")
    options = parser.parse_args()
    chosen = [batch for batch in batches(options.build) if batch.ships() and
              (not options.patterns or any(pattern in source for pattern in options.patterns
                                           for _, source in batch.sources))]
    if not chosen:
        print("tidy: no batch of sources there", file=sys.stderr)
        return 3
    status = 0
    # The long ones first, so that no processor waits for the last of them.
    chosen.sort(key=lambda batch: -len(batch.text))
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for code, found, errors in pool.map(Batch.tidy, chosen):
            if found.strip():
                print(found.strip())
                status = max(status, 1)
            elif code:
                print(errors.strip(), file=sys.stderr)
                status = 3
    print(f"tidy: {sum(len(batch.sources) for batch in chosen)} sources in {len(chosen)} batches", file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main())
