#!/usr/bin/env python3
"""Compiles sources each by itself, as the preset `dev` does, without writing anything: what a source uses it must include.

    cmake/each_source.py --build DIR [--jobs N] [--all] [--cache DIR]

DIR is configured without CMAKE_UNITY_BUILD. Sources that changed since the last tag, or in the last 20 commits where that
is less, are compiled, those whose header changed among them, and what is not committed; --all: every source. Ends with
status 1 when one does not compile. --cache: a folder that remembers what compiled, by the command, the compiler and each
file that was read; the oldest go.
"""

import argparse
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
import tempfile

import remembered

ROOT = pathlib.Path(__file__).resolve().parent.parent
COMMITS = 20
# Each is a list of some hundred files.
MOST_CACHED = 2000


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


@functools.cache
def tool(compiler):
    return subprocess.run([compiler, "--version"], capture_output=True, text=True, check=True).stdout


@functools.cache
def digest(path):
    """Of a file's bytes; None: there is none."""
    try:
        return hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()
    except OSError:
        return None


class Source:
    """One entry of compile_commands.json."""

    def __init__(self, entry, cache):
        words = shlex.split(entry["command"])
        output = words.index("-o")
        del words[output:output + 2]
        # ccache keeps what a compiler writes, and this one writes nothing.
        self.words = [word for word in words if pathlib.Path(word).name != "ccache"] + ["-fsyntax-only"]
        self.folder = entry["directory"]
        self.seen_before = False
        key = "\0".join([tool(self.words[0]), *self.words]).replace(str(ROOT), ".")
        self.note = cache and cache / hashlib.sha256(key.encode()).hexdigest()

    def compiled_before(self):
        """Whether all that was read when it last compiled is as it was."""
        try:
            read = json.loads(self.note.read_text())
        except (OSError, ValueError):
            return False
        return all(digest(os.path.join(ROOT, path)) == known for path, known in read.items())

    def read(self, dependencies):
        """The files of a compiler's -MD, those of this tree from its root on."""
        text = dependencies.read_text().replace("\\\n", " ").partition(":")[2]
        paths = (path.replace("\\ ", " ") for path in re.findall(r"(?:\\ |\S)+", text))
        paths = (os.path.normpath(os.path.join(self.folder, path)) for path in paths)
        return {os.path.relpath(path, ROOT) if path.startswith(f"{ROOT}/") else path for path in paths}

    def complaint(self):
        """What the compiler says; None: it compiles."""
        if self.note and self.compiled_before():
            self.note.touch()
            self.seen_before = True
            return None
        with tempfile.TemporaryDirectory() as folder:
            dependencies = pathlib.Path(folder) / "d"
            done = subprocess.run([*self.words, "-MD", "-MF", str(dependencies)], cwd=self.folder,
                                  capture_output=True, text=True, check=False)
            if done.returncode:
                return done.stderr.strip()
            if self.note:
                read = {path: digest(os.path.join(ROOT, path)) for path in sorted(self.read(dependencies))}
                self.note.write_text(json.dumps(read))
        return None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--cache", type=pathlib.Path)
    options = parser.parse_args()
    if options.cache:
        remembered.open_folder(options.cache, MOST_CACHED)
    names = None if options.all else changed()
    sources = {}
    for entry in json.loads((options.build / "compile_commands.json").read_text()):
        path = os.path.relpath(entry["file"], ROOT)
        if not path.startswith("..") and not path.startswith("build/") and wanted(path, names):
            sources[path] = Source(entry, options.cache)

    status = 0
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for path, complaint in zip(sources, pool.map(Source.complaint, sources.values())):
            if complaint is not None:
                print(f"{path} does not compile by itself:\n{complaint}")
                status = 1
    print(f"each source: {len(sources)} compiled by themselves, {sum(s.seen_before for s in sources.values())} of them before",
          file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main())
