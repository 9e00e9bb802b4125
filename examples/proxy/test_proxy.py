"""Two simulators behind nginx.conf: every account keeps to its process, and both have some.

Needs OCOKIT, the path of the program, and nginx; without nginx it is skipped.
"""

import base64
import hashlib
import hmac
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.error
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "python"))

from ocokit_mock import Server  # noqa: E402

NGINX = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
KEYS = [(venue, f"{venue}-key-{i}") for venue in ("bingx", "whitebit") for i in range(12)]
SECRET = "proxy-secret"
TIMES = 3


def bingx(key):
    text = ("limitPrice=48000&orderPrice=88000&quantity=0.001&side=BUY&symbol=BTC-USDT"
            f"&timestamp={time.time_ns() // 1_000_000}&triggerPrice=87000")
    signature = hmac.new(SECRET.encode(), text.encode(), hashlib.sha256).hexdigest()
    return f"/openApi/spot/v1/oco/order?{text}&signature={signature}", {"X-BX-APIKEY": key}, b""


def whitebit(key):
    path = "/api/v4/order/collateral/oco"
    body = json.dumps({"request": path, "nonce": time.time_ns(), "market": "BTC_USDT", "side": "buy",
                       "amount": "0.001", "price": "40000", "activation_price": "41000",
                       "stop_limit_price": "42000"}, separators=(",", ":")).encode()
    payload = base64.b64encode(body)
    signature = hmac.new(SECRET.encode(), payload, hashlib.sha512).hexdigest()
    return path, {"X-TXC-APIKEY": key, "X-TXC-PAYLOAD": payload.decode(), "X-TXC-SIGNATURE": signature,
                  "Content-Type": "application/json"}, body


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def send(url, path, headers, body):
    request = urllib.request.Request(url + path, data=body, headers=headers, method="POST")
    with urllib.request.urlopen(request, timeout=10) as reply:
        return json.load(reply)


@unittest.skipUnless(NGINX, "nginx is not installed; the Debian package is nginx-light")
class Proxy(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.folder.chmod(0o755)  # for workers that are not root
        config = self.folder / "accounts.json"
        config.write_text(json.dumps({"settings": {"rate_limits": "off"}, "accounts": [
            {"venue": venue, "key": key, "secret": SECRET} for venue, key in KEYS]}))
        self.mocks = [Server("--config", str(config)) for _ in range(2)]
        for mock in self.mocks:
            self.addCleanup(mock.stop)
        self.url = self.start_nginx()

    def start_nginx(self):
        """The example with the ports that are free here; its URL once it listens."""
        port = free_port()
        text = (HERE / "nginx.conf").read_text()
        ports = [mock.url.rsplit(":", 1)[1] for mock in self.mocks]
        for old, new in (("8791", ports[0]), ("8792", ports[1]), ("8787", str(port))):
            # Once in the comment that shows how it is started, once in what is configured.
            self.assertIn(f"127.0.0.1:{old};", text)
            text = text.replace(f"127.0.0.1:{old};", f"127.0.0.1:{new};")
        conf = self.folder / "nginx.conf"
        conf.write_text(text)
        nginx = subprocess.Popen([NGINX, "-p", str(self.folder), "-e", "error.log", "-c", str(conf)])
        self.addCleanup(nginx.wait, 10)
        self.addCleanup(nginx.terminate)
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                return f"http://127.0.0.1:{port}"
            except OSError:
                self.assertIsNone(nginx.poll(), "nginx has ended")
                time.sleep(0.05)
        self.fail("nginx does not listen")

    def requests_of(self, mock):
        """How many requests the journal of each account has, by key."""
        accounts = mock.call("GET", "/accounts")["accounts"]
        journals = {account["key"]: mock.call("GET", f"/accounts/{account['account']}/journal")["entries"]
                    for account in accounts}
        return {key: len(entries) for key, entries in journals.items()}

    def test_accounts_keep_to_their_process(self):
        for _ in range(TIMES):
            for venue, key in KEYS:
                reply = send(self.url, *(bingx if venue == "bingx" else whitebit)(key))
                self.assertTrue(reply.get("code") == 0 if venue == "bingx" else reply.get("id"), reply)
        first, second = map(self.requests_of, self.mocks)
        for _, key in KEYS:
            self.assertEqual(sorted([first[key], second[key]]), [0, TIMES], f"{key} is at both processes")
        for venue in ("bingx", "whitebit"):
            here = sum(1 for of, key in KEYS if of == venue and first[key])
            self.assertTrue(0 < here < 12, f"{here} of 12 keys of {venue} are at one process")

    def test_calls_without_a_key_go_to_all_in_turn(self):
        for _ in range(20):
            with urllib.request.urlopen(self.url + "/openApi/spot/v1/server/time", timeout=10) as reply:
                self.assertEqual(json.load(reply)["code"], 0)
        seen = [len(mock.call("GET", "/journal")["entries"]) for mock in self.mocks]
        self.assertEqual(sum(seen), 20)
        self.assertNotIn(0, seen)

    def test_a_lost_reply_is_a_502_and_no_second_order(self):
        key = KEYS[0][1]
        for mock in self.mocks:
            accounts = mock.call("GET", "/accounts")["accounts"]
            name = next(account["account"] for account in accounts if account["key"] == key)
            mock.call("POST", f"/accounts/{name}/faults", {"action": {"type": "lost_reply"}})
        with self.assertRaises(urllib.error.HTTPError) as lost:
            send(self.url, *bingx(key))
        self.assertEqual(lost.exception.code, 502)
        lost.exception.close()
        self.assertEqual(sorted(self.requests_of(mock)[key] for mock in self.mocks), [0, 1])

    def test_the_control_api_is_not_behind_it(self):
        for path in ("/control/v1/health", "/metrics"):
            with self.assertRaises(urllib.error.HTTPError) as refused:
                urllib.request.urlopen(self.url + path, timeout=10)
            self.assertEqual(refused.exception.code, 421)
            refused.exception.close()


if __name__ == "__main__":
    unittest.main()
