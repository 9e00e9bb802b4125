"""Fixtures: one server for the whole run, an account of its own for each test."""

import pytest

from ocokit_mock import Server


@pytest.fixture(scope="session")
def ocokit():
    with Server() as server:
        yield server


@pytest.fixture
def whitebit(ocokit):
    account = ocokit.add_account("whitebit")
    yield account
    account.remove()
