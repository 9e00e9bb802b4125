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
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
# Tests are held to the compilers' warnings alone; the benchmarks' `ocokit load` ships.
LEFT_OUT = re.compile(r"_(test|fuzz|bench)\.cc$|^(fixtures|examples)/|^bench/(?!load/)|/testing/")
# Where the analyzer gives a function up; its default is 225,000.
ANALYZER = ["-Xclang", "-analyzer-config", "-Xclang", "max-nodes=30000"]


class Batch:
    """Some sources as one text in the place of the file that includes them."""

    def __init__(self, path):
        self.path = path
        self.sources = []  # (first line in the text, path from the root)
        lines = []
        for line in path.read_text().splitlines():
            include = re.fullmatch(r'#include "([^"]*\.cc)"', line)
            source = re.match(r'#line 1 "([^"]*)"', line)
            if source:  # made one text by a run before
                include = source
            elif self.sources and not include:
                continue
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

    def tidy(self, build):
        self.path.write_text(self.text)
        command = ["clang-tidy", "-p", str(build), "--quiet", f"--config-file={ROOT / '.clang-tidy'}"]
        command += [f"--extra-arg={argument}" for argument in ANALYZER] + [str(self.path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        found = re.sub(re.escape(str(self.path)) + r":(\d+):",
                       lambda match: "{}:{}:".format(*self.place(int(match[1]))), done.stdout)
        return done.returncode, found, done.stderr


def batches(build):
    for entry in json.loads((build / "compile_commands.json").read_text()):
        path = pathlib.Path(entry["file"])
        if path.parent.name == "Unity":
            yield Batch(path)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("patterns", nargs="*", metavar="PATTERN")
    options = parser.parse_args()
    build = options.build.resolve()
    chosen = [batch for batch in batches(build) if batch.ships() and
              (not options.patterns or any(pattern in source for pattern in options.patterns
                                           for _, source in batch.sources))]
    if not chosen:
        print("tidy: no batch of sources there", file=sys.stderr)
        return 3
    status = 0
    # The long ones first, so that no processor waits for the last of them.
    chosen.sort(key=lambda batch: -len(batch.text))
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for code, found, errors in pool.map(lambda batch: batch.tidy(build), chosen):
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
