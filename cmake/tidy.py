#!/usr/bin/env python3
"""Has clang-tidy look at all sources that ship, as they are compiled: the sources of a folder together.

    cmake/tidy.py --build DIR [--jobs N] [--cache DIR] [PATTERN...]

DIR is configured with CMAKE_UNITY_BUILD. A batch is not given to clang-tidy as includes, since much is only looked for
in the file itself, but as one text; what it finds is told by the places in the sources. PATTERN: only batches with a
source whose path has it. Ends with status 1 when there is something to mend, and with 3 when clang-tidy itself failed. --cache: a folder
that remembers what clang-tidy had nothing to say of, by what the preprocessor makes of it; the oldest go.
"""

import argparse
import bisect
import concurrent.futures
import functools
import hashlib
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys

import remembered

ROOT = pathlib.Path(__file__).resolve().parent.parent
# Tests are held to the compilers' warnings alone; the benchmarks' `ocokit load` ships.
LEFT_OUT = re.compile(r"_(test|fuzz|bench)\.cc$|^(fixtures|examples)/|^bench/(?!load/)|/testing/")
# Where the analyzer gives a function up; its default is 225,000.
ANALYZER = ["-Xclang", "-analyzer-config", "-Xclang", "max-nodes=30000"]
CONFIG = ROOT / ".clang-tidy"
# Each is an empty file.
MOST_CACHED = 5000


class Batch:
    """The sources that a file of CMake's includes, as one text beside it."""

    def __init__(self, entry):
        unity = pathlib.Path(entry["file"])
        self.path = unity.with_suffix(".tidy.cc")
        self.flags = flags(entry)
        self.sources = []  # (first line in the text, path from the root)
        self.cached = False
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

    def key(self):
        """Of all that clang-tidy can see: the same text and headers, with comments and macros, wherever they stand."""
        command = ["clang++", "-E", "-C", "-dD", "-P", str(self.path)]
        done = subprocess.run(command + self.flags, capture_output=True, check=False)
        if done.returncode:
            return None
        flags_here = "\0".join(self.flags + ANALYZER).replace(str(ROOT), ".")
        seen = done.stdout.replace(str(ROOT).encode(), b".")
        return hashlib.sha256(b"\0".join([tool().encode(), CONFIG.read_bytes(), flags_here.encode(), seen])).hexdigest()

    def tidy(self, cache=None):
        self.path.write_text(self.text)
        known = cache and self.key()
        if known and (cache / known).exists():
            (cache / known).touch()
            self.cached = True
            return 0, "", ""
        command = ["clang-tidy", "--quiet", f"--config-file={CONFIG}", str(self.path), "--"]
        done = subprocess.run(command + self.flags + ANALYZER, capture_output=True, text=True, check=False)
        if known and done.returncode == 0 and not done.stdout.strip():
            (cache / known).touch()
        found = re.sub(re.escape(str(self.path)) + r":(\d+):",
                       lambda match: "{}:{}:".format(*self.place(int(match[1]))), done.stdout)
        return done.returncode, found, done.stderr


@functools.cache
def tool():
    """What looks, and with which version."""
    return subprocess.run(["clang-tidy", "--version"], capture_output=True, text=True, check=True).stdout


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
    parser.add_argument("--cache", type=pathlib.Path)
    parser.add_argument("patterns", nargs="*", metavar="PATTERN")
    options = parser.parse_args()
    chosen = [batch for batch in batches(options.build) if batch.ships() and
              (not options.patterns or any(pattern in source for pattern in options.patterns
                                           for _, source in batch.sources))]
    if not chosen:
        print("tidy: no batch of sources there", file=sys.stderr)
        return 3
    status = 0
    if options.cache:
        remembered.open_folder(options.cache, MOST_CACHED)
    # The long ones first, so that no processor waits for the last of them.
    chosen.sort(key=lambda batch: -len(batch.text))
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for code, found, errors in pool.map(lambda batch: batch.tidy(options.cache), chosen):
            if found.strip():
                print(found.strip())
                status = max(status, 1)
            elif code:
                print(errors.strip(), file=sys.stderr)
                status = 3
    print(f"tidy: {sum(len(batch.sources) for batch in chosen)} sources in {len(chosen)} batches, "
          f"{sum(batch.cached for batch in chosen)} of them seen before", file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main())
