#!/usr/bin/env python3
"""A client on standard input and output, careful (`client.py none`) or with one defect by name.

`client.py --list` prints the names. Each defect is one small change of the careful client; which
cases have to catch it stands in clients.json.
"""

import sys

from client_reference import Adapter, Bingx, Whitebit

VENUES = {"bingx": Bingx, "whitebit": Whitebit}

if __name__ == "__main__":
    Adapter(VENUES).run()
