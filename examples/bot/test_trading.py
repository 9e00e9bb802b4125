"""Both bots against the simulator: a trade from end to end, and what goes wrong on the way.

The program of bot.cc is where the environment's OCOKIT_BOT says; without it bot.py is tested alone.
"""

import os
import pathlib
import subprocess
import sys
import time

import pytest

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "python"))

from bot import Bot, Venue  # noqa: E402
from ocokit_mock import Account, Server  # noqa: E402

QUERY = "/openApi/spot/v1/trade/query"
ORDER = "/openApi/spot/v1/trade/order"
OCO = "/openApi/spot/v1/oco/order"
CANDLES = "/openApi/spot/v1/market/kline"


class InPython:
    """bot.py, of which each restart makes a new object."""

    def __init__(self, server, account, file):
        self.venue = Venue(account.url, account.key, account.secret, wait=0.01)
        self.file = file
        self.command = [sys.executable, HERE / "bot.py", account.url, account.key, account.secret, file]
        self.restart()

    def restart(self):
        self.bot = Bot(self.venue, self.file)

    def step(self):
        return self.bot.step()

    def run(self):
        """The bot as a process of its own, which goes on until it is killed."""
        return subprocess.Popen(self.command, stdout=subprocess.PIPE, text=True)


class Compiled:
    """bot.cc, of which each step is a process, so that it starts again each time."""

    def __init__(self, server, account, file):
        self.command = [os.environ["OCOKIT_BOT"], server.url, account.key, file]
        self.environment = {**os.environ, "OCOKIT_SECRET": account.secret}

    def restart(self):
        pass

    def step(self):
        done = subprocess.run([*self.command, "1"], env=self.environment, capture_output=True, text=True, timeout=30,
                              check=True)
        return done.stdout.strip()

    def run(self):
        return subprocess.Popen(self.command, env=self.environment, stdout=subprocess.PIPE, text=True)


@pytest.fixture(scope="module")
def ocokit():
    with Server() as server:
        yield server


@pytest.fixture
def account(ocokit, tmp_path):
    account = new_account(ocokit, tmp_path)
    yield account
    account.remove()


def new_account(server, folder):
    account = server.add_account("bingx", balances={"USDT": "1000"}, settings={"rate_limits": "off"})
    history(account, folder, rising=True)
    return account


def history(account, folder, rising):
    """Twenty minutes before now, in which the price went up to 64000, or down to it."""
    lines = []
    now = int(time.time()) // 60 * 60
    for minute in range(20, 0, -1):
        price = 64000 - minute * 10 if rising else 64000 + minute * 10
        lines.append(f"{now - minute * 60},{price},{price + 5},{price - 5},{price},1\n")
    lines.append(f"{now},64000,64000,64000,64000,1\n")
    file = folder / "past.csv"
    file.write_text("".join(lines))
    account.replay("BTC-USDT", file, at_ms=now * 1000)


@pytest.fixture(params=[InPython, Compiled])
def kind(request):
    if request.param is Compiled and "OCOKIT_BOT" not in os.environ:
        pytest.skip("OCOKIT_BOT does not name the program")
    return request.param


@pytest.fixture
def bot(kind, ocokit, account, tmp_path):
    return kind(ocokit, account, tmp_path / "state.json")


def free(account, asset):
    return float(account.call("GET", "")["balances"][asset]["free"])


def until(process, word):
    """Reads what the bot says until it says this."""
    said = []
    for line in process.stdout:
        said.append(line.strip())
        if said[-1] == word:
            return said
        if len(said) == 20:
            break
    raise AssertionError(f"the bot said {said}")


def wait_for(condition):
    for _ in range(200):
        if condition():
            return
        time.sleep(0.05)


def kill(process):
    process.kill()
    process.wait()
    process.stdout.close()


def one_of_each(account):
    return len(account.plain_orders()) == 1 and len(account.orders()) == 1


def test_a_trade_from_end_to_end(account, bot):
    assert bot.step() == "entered"
    assert bot.step() == "protected"
    assert account.orders()[0]["open"]
    account.set_price("BTC-USDT", "65300")
    assert bot.step() == "closed"
    assert account.orders()[0]["limit"]["state"] == "filled"
    assert free(account, "USDT") > 1001  # 2 % of 100, less fees
    assert free(account, "BTC") < 0.00001


def test_the_loss_is_bounded(account, bot):
    bot.step()
    bot.step()
    account.set_price("BTC-USDT", "63200")
    assert bot.step() == "closed"
    assert account.orders()[0]["stop"]["state"] == "filled"
    assert 998 < free(account, "USDT") < 999


def test_without_a_signal_it_waits(account, bot, tmp_path):
    history(account, tmp_path, rising=False)
    assert bot.step() == "waits"
    assert account.plain_orders() == []


@pytest.mark.parametrize("path", [ORDER, OCO])
def test_a_lost_reply_orders_nothing_twice(account, bot, path):
    account.add_fault({"type": "lost_reply"}, match={"path": path}, times=1)
    steps = [bot.step() for _ in range(3)]
    assert any(step.startswith("no answer") for step in steps)
    assert steps[-1] == "protected"
    assert one_of_each(account)


def test_an_entry_that_never_arrived_is_given_up(account, bot, tmp_path):
    account.add_fault({"type": "reset"}, at="before_commit", match={"path": ORDER}, times=1)
    process = bot.run()
    try:
        # No second attempt as long as the first may arrive.
        said = until(process, "waits for its order")
        assert account.plain_orders() == []
        history(account, tmp_path, rising=False)
        said += until(process, "waits")
    finally:
        kill(process)
    assert "nothing was bought" in said
    assert account.plain_orders() == []


def test_an_oco_that_never_arrived_is_placed(account, bot):
    account.add_fault({"type": "reset"}, at="before_commit", match={"path": OCO}, times=1)
    assert bot.step() == "entered"
    assert bot.step().startswith("no answer")
    assert account.orders() == []
    assert bot.step() == "protected"
    assert one_of_each(account)


def test_a_reply_that_cannot_be_read_is_asked_for_again(account, bot):
    assert bot.step() == "entered"
    account.add_fault({"type": "malformed_json"}, match={"path": QUERY}, times=1)
    assert bot.step().startswith("no answer")
    assert bot.step() == "protected"
    assert one_of_each(account)


def test_a_restart_goes_on_where_it_was(account, bot):
    assert bot.step() == "entered"
    for _ in range(2):
        bot.restart()
        assert bot.step() == "protected"
    assert one_of_each(account)


def test_killed_after_the_entry(account, bot):
    process = bot.run()
    until(process, "entered")
    kill(process)
    assert account.orders() == []
    process = bot.run()
    until(process, "protected")
    kill(process)
    assert one_of_each(account)


@pytest.mark.parametrize("path", [ORDER, OCO])
def test_killed_before_the_reply(account, bot, path):
    account.add_fault({"type": "delay", "ms": 8000}, at="after_commit", match={"path": path}, times=1)
    process = bot.run()
    placed = account.plain_orders if path == ORDER else account.orders
    wait_for(placed)
    kill(process)
    assert len(placed()) == 1
    process = bot.run()
    until(process, "protected")
    kill(process)
    assert one_of_each(account)


@pytest.mark.parametrize("path", [ORDER, OCO])
def test_killed_while_the_request_is_on_its_way(account, bot, path):
    account.add_fault({"type": "delay", "ms": 2000}, at="before_commit", match={"path": path}, times=1)
    process = bot.run()
    wait_for(lambda: account.call("GET", "/faults")["faults"][0]["applied"])
    kill(process)
    process = bot.run()
    said = until(process, "protected")
    kill(process)
    assert "entered" not in said
    time.sleep(2)  # until the request has come, if it is still on its way
    assert one_of_each(account)
    if isinstance(bot, Compiled):
        # Reconcile waits, and needs no refusal of the venue's.
        assert len([entry for entry in account.journal() if path in entry["request"]["target"]
                    and entry["request"]["method"] == "POST"]) == 1


def test_the_venue_is_started_again(kind, tmp_path):
    options = ("--state", str(tmp_path / "ocokit.state"))
    server = Server(*options)
    account = new_account(server, tmp_path)
    bot = kind(server, account, tmp_path / "bot.json")
    assert bot.step() == "entered"
    first = server.url
    server.stop()
    assert bot.step().startswith("no answer")
    with Server(*options) as server:
        again = Account(server, {"account": account.id, "key": account.key, "secret": account.secret,
                                 "url": account.url.replace(first, server.url)})
        bot = kind(server, again, tmp_path / "bot.json")
        assert bot.step() == "protected"
        again.set_price("BTC-USDT", "65300")
        assert bot.step() == "closed"
        assert one_of_each(again)


def test_an_old_trade_is_still_known(kind, tmp_path):
    # A server whose only BingX account is the one it starts with: a call without a key shows its clock.
    with Server("--rate-limits", "off") as server:
        account = Account(server, {"account": "bingx-1", "key": "test-key", "secret": "test-secret",
                                   "url": server.url + "/@bingx-1"})
        history(account, tmp_path, rising=True)
        bot = kind(server, account, tmp_path / "state.json")
        assert bot.step() == "entered"
        # By then the venue does not find the order by the client's id.
        account.advance(3 * 3600 * 1000)
        assert bot.step() == "protected"
        account.advance(3 * 3600 * 1000)
        assert bot.step() == "protected"
        assert one_of_each(account)


def test_a_pair_that_somebody_cancels_stops_the_bot(account, bot):
    bot.step()
    bot.step()
    somebody = Venue(account.url, account.key, account.secret)
    leg = somebody.call("GET", "/openApi/spot/v1/oco/openOrderList", pageIndex=1, pageSize=1)[0]
    somebody.call("POST", "/openApi/spot/v1/oco/cancel", orderId=leg["orderId"])
    for _ in range(2):
        with pytest.raises((RuntimeError, subprocess.CalledProcessError)):
            bot.step()
    assert one_of_each(account)


@pytest.mark.parametrize("path", [ORDER, OCO, QUERY, CANDLES])
def test_a_refusal_for_too_many_requests_is_waited_out(account, bot, path):
    account.add_fault({"type": "rate_limit_now"}, match={"path": path}, times=3)
    for _ in range(5):
        if bot.step() == "protected":
            break
    assert one_of_each(account)


def test_a_limit_is_waited_out(account, bot):
    account.change_settings(rate_limits={"order_create": {"count": 1, "per_ms": 2000}})
    other = Venue(account.url, account.key, account.secret)
    other.call("POST", ORDER, symbol="BTC-USDT", side="BUY", type="LIMIT", quantity="0.001", price="60000")
    assert bot.step() == "entered"
    refused = sum("100410" in entry["response"]["body"] for entry in account.journal())
    assert 1 <= refused <= 3  # no hammering
