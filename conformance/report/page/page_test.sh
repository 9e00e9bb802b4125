#!/bin/sh
# The HTML report in a browser: a whole server beside a broken one.
# Usage: page_test.sh OCOKIT FOLDER_OF_PLAYWRIGHT
set -eu
unset OCOKIT_SECRET OCOKIT_CONTROL_TOKEN
ocokit=$1 playwright=$2
here=$(cd "$(dirname "$0")" && pwd)
dir=$(mktemp -d)
pid= proxy=
trap 'kill $pid $proxy 2>/dev/null || true; rm -rf "$dir"' EXIT

# ready FILE: waits for the first line of a server; prints its URL.
ready() {
  tries=0
  until [ -s "$1" ]; do
    tries=$((tries + 1))
    [ "$tries" -le 200 ] || { echo "no server became ready" >&2; exit 1; }
    sleep 0.05
  done
  sed 's/.*"\(bingx_url\|url\)":"\([^"]*\)".*/\2/; s/.*"url": "\([^"]*\)".*/\1/' "$1"
}

"$ocokit" serve --listen 127.0.0.1:0 --quiet >"$dir/serve" &
pid=$!
url=$(ready "$dir/serve")
# A character that turns the direction of the text behind it.
name=$(printf 'ocokit\342\200\256 serve')
defect=accepts-any-signature
python3 "$here/../../broken/server.py" "$defect" --upstream "$url" --listen 127.0.0.1:0 >"$dir/proxy" &
proxy=$!
"$ocokit" conform server --venue whitebit --url "$url" --name "$name" --json "$dir/whole.json"
"$ocokit" conform server --venue whitebit --url "$(ready "$dir/proxy")" --name "$defect" \
  --json "$dir/broken.json" && { echo "$defect is not caught"; exit 1; }
sed -i 's/"not_run": 0/"not_run": 7/' "$dir/broken.json"
"$ocokit" conform report "$dir/whole.json" "$dir/broken.json" --html "$dir/page.html"
PLAYWRIGHT=$playwright node "$here/page_test.mjs" "$dir/page.html"
