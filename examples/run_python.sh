#!/bin/sh
# Runs the Python examples, and the tests of both bots, with the first python3 that has pytest.
# Usage: run_python.sh OCOKIT OCOKIT_BOT
set -eu
OCOKIT=$1 OCOKIT_BOT=$2
PYTHONDONTWRITEBYTECODE=1
export OCOKIT OCOKIT_BOT PYTHONDONTWRITEBYTECODE
cd "$(dirname "$0")"
for python in python3 /usr/bin/python3; do
  if "$python" -c 'import pytest' 2>/dev/null; then
    exec "$python" -m pytest -q -p no:cacheprovider python bot
  fi
done
echo 'no python3 with pytest; the Debian package is python3-pytest'
exit 1
