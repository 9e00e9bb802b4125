#!/usr/bin/env python3
"""Compiles sources each by itself, as the preset `dev` does, without writing anything: what a source uses it must include.

    cmake/each_source.py --build DIR [--jobs N] [--all]

DIR is configured without CMAKE_UNITY_BUILD. Sources that changed since the last tag, or in the last 20 commits where that
is less, are compiled, those whose header changed among them, and what is not committed; --all: every source. Ends with
status 1 when one does not compile.
"""

import argparse
import concurrent.futures
import json
import os
import pathlib
import shlex
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
COMMITS = 20


def git(*arguments):
    done = subprocess.run(["git", "-C", str(ROOT), *arguments], capture_output=True, text=True, check=False)
    return done.stdout.split("\n")[:-1] if done.returncode == 0 else None


def changed():
    """Paths from the root; None: all, since the history is too short to tell."""
    since = [f"HEAD~{COMMITS}"]
    tag = git("describe", "--tags", "--abbrev=0")
    if tag and len(git("rev-list", f"{tag[0]}..HEAD") or []) < COMMITS:
        since = tag
    committed = git("diff", "--name-only", since[0], "HEAD")
    if committed is None:
        return None
    return set(committed) | set(git("diff", "--name-only", "HEAD") or []) | set(
        git("ls-files", "--others", "--exclude-standard") or [])


def wanted(path, names):
    return names is None or path in names or str(pathlib.Path(path).with_suffix(".h")) in names


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--all", action="store_true")
    options = parser.parse_args()
    names = None if options.all else changed()
    entries = {}
    for entry in json.loads((options.build / "compile_commands.json").read_text()):
        path = os.path.relpath(entry["file"], ROOT)
        if not path.startswith("..") and not path.startswith("build/") and wanted(path, names):
            entries[path] = entry

    def compiles(entry):
        words = shlex.split(entry["command"])
        output = words.index("-o")
        del words[output:output + 2]
        return subprocess.run([*words, "-fsyntax-only"], cwd=entry["directory"], capture_output=True, text=True,
                              check=False)

    status = 0
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for path, done in zip(entries, pool.map(compiles, entries.values())):
            if done.returncode:
                print(f"{path} does not compile by itself:\n{done.stderr.strip()}")
                status = 1
    print(f"each source: {len(entries)} compiled by themselves", file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main())
