"""ocokit's simulator for Python tests. Standard library only; copy this file into your project.

    with Server() as server:
        account = server.add_account("whitebit", balances={"USDT": "100000"})
        ...  # your bot, with server.url, account.key and account.secret
        account.set_price("BTC_USDT", "39000")
        assert account.orders()[0]["limit"]["state"] == "filled"

The program is found as `ocokit` on the PATH, or where the environment's OCOKIT says. With a control
token, given or in OCOKIT_CONTROL_TOKEN, the server asks for it and each call bears it.
"""

import json
import os
import subprocess
import urllib.error
import urllib.parse
import urllib.request


class ControlError(Exception):
    """The control API refused: `detail` says what was wrong, `member` names what it is about."""

    def __init__(self, status, text):
        try:
            problem = json.loads(text)
        except ValueError:
            problem = None
        if not isinstance(problem, dict):  # refused before it was read, as 413 is
            problem = {"detail": text.decode(errors="replace").strip() or f"HTTP status {status}"}
        super().__init__(problem.get("detail", problem))
        self.status = status
        self.member = problem.get("member")


class Server:
    """A server of its own on a free port, until `stop`, the end of a `with`, or of this program."""

    def __init__(self, *options, program=None, token=None):
        command = [program or os.environ.get("OCOKIT", "ocokit"), "serve", "--listen",
                   "127.0.0.1:0", "--quiet", "--exit-with-parent", *options]
        environment = dict(os.environ)
        if token is not None:
            environment["OCOKIT_CONTROL_TOKEN"] = token
        self._token = environment.get("OCOKIT_CONTROL_TOKEN")
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True,
                                         env=environment)
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"{command[0]} ended with {self._process.wait()} before it was ready")
        ready = json.loads(line)
        self.url = ready["bingx_url"]  # of both venues
        self.control_url = ready["control_url"]

    def add_account(self, venue, **options):
        """A new account; options as in docs/config.md: balances, dialect, settings, ..."""
        return Account(self, self.call("POST", "/accounts", {"venue": venue, **options}))

    def call(self, method, path, body=None):
        """One call of the control API. Errors: ControlError."""
        headers = {"Content-Type": "application/json"}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        request = urllib.request.Request(
            self.control_url + path, method=method, headers=headers,
            data=None if body is None else json.dumps(body).encode())
        try:
            with urllib.request.urlopen(request, timeout=10) as reply:
                text = reply.read()
        except urllib.error.HTTPError as error:
            raise ControlError(error.code, error.read()) from None
        return json.loads(text) if text else None

    def stop(self):
        self._process.terminate()
        self._process.wait(timeout=10)
        self._process.stdout.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


class Account:
    """A grip on one account of a server."""

    def __init__(self, server, made):
        self._server = server
        self.id = made["account"]
        self.url = made["url"]  # its own address: calls without a key are this account's, too
        self.ws_url = made.get("ws_url", "")  # where its streams begin
        self.key = made["key"]
        self.secret = made["secret"]

    def set_price(self, market, last, fill=None):
        """A trade at `last` (a text); `fill`: the share that is filled of what it crosses."""
        body = {"last": last} if fill is None else {"last": last, "fill": fill}
        return self.call("PUT", f"/markets/{urllib.parse.quote(market, safe='')}/price", body)

    def set_book(self, market, **book):
        """set_book("BTC_USDT", bids=[["39999", "1"]], asks=[["40001", "1"]]), which orders use up, or
        set_book("BTC_USDT", spread="0.5", levels=20, amount_per_level="0.2"), kept around the price."""
        return self.call("PUT", f"/markets/{urllib.parse.quote(market, safe='')}/book", book)

    def replay(self, market, file, **how):
        """Prices of the past from a file of candles or trades; how: speed (a text), at_ms (docs/control.md)."""
        return self.call("POST", f"/markets/{urllib.parse.quote(market, safe='')}/replay",
                         {"file": str(file), **how})

    def advance(self, milliseconds):
        return self.call("POST", "/clock", {"advance_ms": milliseconds})

    def change_settings(self, **settings):
        return self.call("PUT", "/settings", settings)

    def add_fault(self, action, **rest):
        """add_fault({"type": "lost_reply"}, times=1); docs/faults.md has all of them."""
        return self.call("POST", "/faults", {"action": action, **rest})

    def events(self, after=0):
        """What has happened: orders placed, filled, ended; money that changed. The oldest first."""
        return self.call("GET", f"/events?after={after}")["events"]

    def streams(self):
        """The WebSockets that show this account."""
        return self.call("GET", "/streams")["streams"]

    def end_stream(self, stream, code=None):
        """Ends one of them, without a closing frame unless `code` is given."""
        return self.call("DELETE", f"/streams/{stream}" + ("" if code is None else f"?code={code}"))

    def orders(self):
        """Every pair, the newest first."""
        return self.call("GET", "/orders")["pairs"]

    def plain_orders(self):
        """Every order by itself, the newest first."""
        return self.call("GET", "/orders")["orders"]

    def journal(self, after=0):
        """What came and what was answered, the oldest first."""
        return self.call("GET", f"/journal?after={after}&limit=10000")["entries"]

    def snapshot(self, name):
        """Keeps how the account stands; restore(name) puts it back to that."""
        return self.call("POST", "/snapshot", {"name": name})

    def restore(self, name):
        return self.call("POST", "/restore", {"name": name})

    def reset(self):
        return self.call("POST", "/reset")

    def remove(self):
        self.call("DELETE", "")

    def call(self, method, path, body=None):
        return self._server.call(method, f"/accounts/{self.id}{path}", body)
