"""A bot's tests against the simulator; `place` stands for the bot."""

import base64
import hashlib
import hmac
import http.client
import json
import socket
import time
import urllib.error
import urllib.parse
import urllib.request

import pytest

from ocokit_mock import ControlError, Server

PATH = "/api/v4/order/collateral/oco"


def place(url, key, secret, separators=(",", ":")):
    """Places an OCO order at WhiteBIT; returns status, headers and body of the reply."""
    order = {"market": "BTC_USDT", "side": "buy", "amount": "0.001", "price": "40000",
             "activation_price": "41000", "stop_limit_price": "42000", "request": PATH,
             "nonce": str(time.time_ns() // 1_000_000)}
    body = json.dumps(order, separators=separators).encode()
    payload = base64.b64encode(body).decode()
    signature = hmac.new(secret.encode(), payload.encode(), hashlib.sha512).hexdigest()
    request = urllib.request.Request(
        url + PATH, data=body, headers={"Content-Type": "application/json", "X-TXC-APIKEY": key,
                                        "X-TXC-PAYLOAD": payload, "X-TXC-SIGNATURE": signature})
    try:
        with urllib.request.urlopen(request, timeout=10) as reply:
            return reply.status, reply.headers, reply.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def test_takes_profit(ocokit, whitebit):
    status, _, _ = place(whitebit.url, whitebit.key, whitebit.secret)
    assert status == 200
    whitebit.set_price("BTC_USDT", "39000")
    pair = whitebit.orders()[0]
    assert pair["limit"]["state"] == "filled"
    assert pair["stop"]["state"] == "never_triggered"
    assert [event["event"] for event in pair["timeline"]] == ["placed", "filled", "canceled"]
    assert whitebit.journal()[-1]["decision"]["accepted"]


def test_both_ends_of_a_pair_from_one_beginning(ocokit, whitebit):
    place(whitebit.url, whitebit.key, whitebit.secret)
    whitebit.snapshot("placed")
    for last, leg in (("39000", "limit"), ("42000", "stop")):
        whitebit.set_price("BTC_USDT", last)
        assert whitebit.orders()[0][leg]["state"] == "filled"
        whitebit.restore("placed")
        assert whitebit.orders()[0]["open"]


def open_socket(ws_url):
    """A WebSocket, as far as the handshake: a bot has a library for the rest."""
    address = urllib.parse.urlsplit(ws_url)
    connection = socket.create_connection((address.hostname, address.port), timeout=10)
    connection.sendall((f"GET {address.path} HTTP/1.1\r\nHost: {address.netloc}\r\nUpgrade: websocket\r\n"
                        "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n").encode())
    assert connection.recv(4096).startswith(b"HTTP/1.1 101")
    return connection


def test_a_stream_that_is_cut_off(ocokit, whitebit):
    with open_socket(whitebit.ws_url) as connection:
        stream, = whitebit.streams()
        whitebit.end_stream(stream["stream"])
        assert connection.recv(4096) == b""  # without a closing frame
    # What the bot has not heard of is there all the same.
    before = whitebit.events()[-1]["seq"]
    place(whitebit.url, whitebit.key, whitebit.secret)
    assert [event["event"] for event in whitebit.events(before)][:2] == ["placed", "placed"]


def test_a_wrong_signature_is_explained(ocokit, whitebit):
    whitebit.change_settings(diagnosis_header=True)
    status, headers, _ = place(ocokit.url, whitebit.key, whitebit.secret + "\n")
    assert status == 401
    assert headers["Ocokit-Diagnosis"] == "secret_with_newline"
    diagnosis = whitebit.journal()[-1]["diagnosis"]
    assert diagnosis["id"] == "secret_with_newline"
    assert diagnosis["fix"]


def test_a_lost_reply_leaves_one_pair(ocokit, whitebit):
    whitebit.add_fault({"type": "lost_reply"}, times=1)
    with pytest.raises((urllib.error.URLError, ConnectionError, http.client.HTTPException)):
        place(ocokit.url, whitebit.key, whitebit.secret)
    # Before it sends again, a bot must look: the order is there.
    assert len(whitebit.orders()) == 1
    whitebit.reset()
    assert whitebit.orders() == []


def test_a_mistake_in_a_call_names_the_member(whitebit):
    with pytest.raises(ControlError) as error:
        whitebit.change_settings(margin="all")
    assert error.value.status == 400
    assert error.value.member == "margin"


def test_a_server_with_a_token():
    with Server(token="letmein") as server:
        account = server.add_account("whitebit")
        assert account.orders() == []
        with pytest.raises(urllib.error.HTTPError) as error:
            urllib.request.urlopen(server.control_url + "/accounts", timeout=10)
        assert error.value.code == 401


def test_a_refusal_that_is_no_json():
    error = ControlError(413, b"too large\n")
    assert str(error) == "too large"
    assert error.status == 413
    assert error.member is None
