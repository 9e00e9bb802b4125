"""The bot against the simulator: a trade from end to end, and what goes wrong on the way."""

import pathlib
import sys
import time

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "python"))

from bot import Bot, Venue  # noqa: E402
from ocokit_mock import Server  # noqa: E402

ORDER = "/openApi/spot/v1/trade/order"
OCO = "/openApi/spot/v1/oco/order"


@pytest.fixture(scope="module")
def ocokit():
    with Server() as server:
        yield server


@pytest.fixture
def account(ocokit, tmp_path):
    account = ocokit.add_account("bingx", balances={"USDT": "1000"}, settings={"rate_limits": "off"})
    history(account, tmp_path, rising=True)
    yield account
    account.remove()


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


@pytest.fixture
def bot(account, tmp_path):
    return Bot(Venue(account.url, account.key, account.secret, wait=0.01), tmp_path / "state.json")


def free(account, asset):
    return float(account.call("GET", "")["balances"][asset]["free"])


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
    assert len(account.plain_orders()) == 1
    assert len(account.orders()) == 1


def test_a_restart_goes_on_where_it_was(account, bot):
    assert bot.step() == "entered"
    again = Bot(bot.venue, bot.file)
    assert again.step() == "protected"
    assert Bot(bot.venue, bot.file).step() == "protected"
    assert len(account.plain_orders()) == 1
    assert len(account.orders()) == 1


def test_a_rate_limit_is_waited_out(account, bot):
    account.add_fault({"type": "rate_limit_now"}, match={"path": ORDER}, times=3)
    assert bot.step() == "entered"
    assert len(account.plain_orders()) == 1
