#!/usr/bin/env python3
"""A server with one defect: a proxy before `ocokit serve` that changes one thing on the way.

  server.py NAME --upstream URL [--listen 127.0.0.1:0]
  server.py --list

NAME `none` changes nothing. Prints {"event":"ready","url":...} when it accepts connections. Which
cases have to catch each defect stands in servers.json.
"""

import argparse
import json
import signal
import sys

import server_bingx
import server_bingx_market
import server_bingx_orders
import server_bingx_streams
import server_common
import server_streams
import server_whitebit
import server_whitebit_market
import server_whitebit_orders
import server_whitebit_streams
from server_proxy import Defect, Proxy

MODULES = (server_common, server_bingx, server_bingx_orders, server_bingx_market, server_whitebit,
           server_whitebit_orders, server_whitebit_market, server_streams, server_bingx_streams,
           server_whitebit_streams)
DEFECTS = {"none": Defect()} | {name: defect for module in MODULES for name, defect in module.DEFECTS.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", nargs="?")
    parser.add_argument("--upstream")
    parser.add_argument("--listen", default="127.0.0.1:0")
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args()
    if options.list:
        print("\n".join(DEFECTS))
        return 0
    if options.name not in DEFECTS or not options.upstream:
        parser.error("a name of --list and --upstream are needed")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    proxy = Proxy(DEFECTS[options.name], options.upstream, options.listen)
    print(json.dumps({"event": "ready", "url": proxy.url}), flush=True)
    proxy.serve()
    return 0


if __name__ == "__main__":
    sys.exit(main())
