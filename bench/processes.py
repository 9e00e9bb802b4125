"""Processes that are measured: started on a free port of 127.0.0.1, ended by their own id."""

import contextlib
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import time
import urllib.request

TRIES = 600  # of 50 ms: half a minute for the slowest to come up


class Failed(Exception):
    """A process that is not there or does not do what it should."""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Process:
    """Runs until the `with` ends. Its output is in `log`; the ready line of `ocokit serve` is not."""

    def __init__(self, command, log, ready_line=False, cwd=None):
        self.log = pathlib.Path(log)
        self.port = None
        with self.log.open("wb") as out:
            try:
                # In a session of its own, so that what it starts can be ended with it.
                self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=out, cwd=cwd,
                                                stdout=subprocess.PIPE if ready_line else out,
                                                start_new_session=True)
            except OSError as error:
                raise Failed(f"{command[0]}: {error.strerror}") from None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        self.signal_all(signal.SIGTERM)
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.signal_all(signal.SIGKILL)
            self.process.wait()
        if self.process.stdout:
            self.process.stdout.close()

    def signal_all(self, number):
        """The process, and what it has started and may have left behind."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)

    def why(self):
        """The first line it printed that says something is wrong; else its first line."""
        lines = [line.strip() for line in self.log.read_text(errors="replace").splitlines() if line.strip()]
        wrong = [line for line in lines if re.search(r"error|exception|unsupported|cannot|fail", line, re.I)]
        return (wrong or lines or [f"ended with status {self.process.returncode}"])[0]

    def await_answer(self, port, path, method="GET"):
        """Until it answers `path` with 2xx."""
        last = None
        for _ in range(TRIES):
            if self.process.poll() is not None:
                raise Failed(self.why())
            try:
                request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", method=method,
                                                 data=b"{}" if method == "POST" else None,
                                                 headers={"Content-Type": "application/json"})
                with urllib.request.urlopen(request, timeout=5):
                    self.port = port
                    return self
            except OSError as error:
                last = error
                time.sleep(0.05)
        raise Failed(f"does not answer ({last}): {self.why()}")

    def cpu_seconds(self):
        """Of the process and what it has started, so far, in the kernel and out of it."""
        ticks = 0
        for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):
                # After the name, which may have blanks: state, parent, process group, ...
                fields = stat.read_text().rsplit(")", 1)[1].split()
                if int(fields[2]) == self.process.pid:
                    ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def rss_bytes(self):
        """Of the process alone, without its children."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+) kB", status)[1]) * 1024


class Mock(Process):
    """`ocokit serve --quiet` with these options, once it is ready."""

    def __init__(self, ocokit, folder, *options):
        command = [str(ocokit), "serve", "--quiet", "--listen", "127.0.0.1:0", *map(str, options)]
        super().__init__(command, pathlib.Path(folder) / "ocokit.log", ready_line=True)
        line = self.process.stdout.readline()
        if not line:
            self.process.wait()
            raise Failed(self.why())
        self.url = json.loads(line)["bingx_url"]
        self.port = int(self.url.rsplit(":", 1)[1])

    def counts(self):
        """How many requests of the venues' calls ended how, by (status, code)."""
        with urllib.request.urlopen(self.url + "/metrics", timeout=30) as reply:
            text = reply.read().decode()
        out = {}
        for line in text.splitlines():
            found = re.match(r'ocokit_requests_total\{.*status="(\d+)",code="(-?\d+)"\} (\S+)', line)
            if found:
                key = int(found[1]), int(found[2])
                out[key] = out.get(key, 0) + int(float(found[3]))
        return out


def nginx(folder, config, port, path, method="POST"):
    """nginx with a prefix of its own, once it answers."""
    prefix = pathlib.Path(folder) / f"nginx-{port}"
    prefix.mkdir()
    # Workers that are not root have to get in.
    os.chmod(prefix, 0o755)
    conf = prefix / "nginx.conf"
    conf.write_text(config)
    process = Process(["nginx", "-p", str(prefix), "-e", str(prefix / "error.log"), "-c", str(conf),
                       "-g", f"daemon off; pid {prefix}/nginx.pid;"], prefix / "out.log")
    try:
        return process.await_answer(port, path, method)
    except Failed:
        process.stop()
        raise
