#!/usr/bin/env python3
"""A client on standard input and output, careful (`client.py none`) or with one defect by name.

`client.py --list` prints the names. Each defect is one small change of the careful client; what it
is and which cases have to catch it stands in clients.json.
"""

import sys

import client_defects_market  # noqa: F401  registers its own in the tables of the venues
import client_defects_orders  # noqa: F401
import client_defects_streams  # noqa: F401
from client_defects_adapter import ADAPTER
from client_defects_bingx import BINGX
from client_defects_both import BOTH
from client_defects_whitebit import WHITEBIT
from client_reference import Adapter
from client_streams import Bingx, Whitebit


def defects():
    """By name: the venue, what is wrong in a sentence, and what makes the adapter."""
    careful = {"bingx": Bingx, "whitebit": Whitebit}
    table = {}

    def add(name, venue, what, cls):
        table[name] = (venue, what, lambda: Adapter({**careful, venue: cls}))

    for name, (what, mixin) in BOTH.items():
        for prefix, venue, base in (("bx", "bingx", Bingx), ("wb", "whitebit", Whitebit)):
            add(f"{prefix}-{name}", venue, what, type(mixin.__name__, (mixin, base), {}))
    for name, (what, cls) in BINGX.items():
        add(f"bx-{name}", "bingx", what, cls)
    for name, (what, cls) in WHITEBIT.items():
        add(f"wb-{name}", "whitebit", what, cls)
    for name, (what, cls) in ADAPTER.items():
        table[name] = ("whitebit", what, lambda cls=cls: cls(careful))
    table["none"] = ("", "", lambda: Adapter(careful))
    return table


def main(arguments):
    table = defects()
    if arguments == ["--list"]:
        print("\n".join(sorted(name for name in table if name != "none")))
        return 0
    if len(arguments) != 1 or arguments[0] not in table:
        print("usage: client.py NAME | none | --list", file=sys.stderr)
        return 2
    table[arguments[0]][2]().run()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
