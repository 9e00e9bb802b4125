"""What the figures were measured on and with."""

import datetime
import os
import pathlib
import platform
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent


def output(*command):
    """The first line a command prints; empty when it cannot be run."""
    try:
        text = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return ""
    return text.strip().splitlines()[0] if text.strip() else ""


def read(path):
    try:
        return pathlib.Path(path).read_text().strip()
    except OSError:
        return ""


def describe_machine():
    cpu = re.search(r"model name\s*: (.*)", read("/proc/cpuinfo"))
    memory = re.search(r"MemTotal:\s+(\d+) kB", read("/proc/meminfo"))
    return {
        "cpu": cpu[1] if cpu else platform.processor(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_mib": int(memory[1]) // 1024 if memory else None,
        "kernel": f"{platform.system()} {platform.release()}",
        # A virtual machine does not show one.
        "governor": read("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor") or None,
        "load_average": os.getloadavg()[0],
    }


def describe_build(build):
    cache = read(pathlib.Path(build) / "CMakeCache.txt")

    def entry(name):
        found = re.search(rf"^{name}:\w+=(.*)$", cache, re.M)
        return found[1] if found else ""

    kind = entry("CMAKE_BUILD_TYPE")
    flags = f"{entry('CMAKE_CXX_FLAGS')} {entry('CMAKE_CXX_FLAGS_' + kind.upper())}"
    return {
        "compiler": output(entry("CMAKE_CXX_COMPILER") or "c++", "--version"),
        "type": kind,
        "flags": flags.strip(),
        "openssl": output("openssl", "version"),
        "commit": output("git", "describe", "--always", "--dirty", "--abbrev=12"),
    }


def describe(build):
    now = datetime.datetime.now(datetime.timezone.utc)
    return {"date": now.isoformat(timespec="seconds"), "machine": describe_machine(),
            "build": describe_build(build)}
