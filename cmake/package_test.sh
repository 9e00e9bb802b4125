#!/bin/sh
# Installs the build into a scratch folder and builds against it, as users would, examples/gtest, a program that
# compiles Boost.JSON in, which must not be there twice, and the example of a user stream.
# Usage: package_test.sh CMAKE SOURCE BUILD
set -eu
cmake=$1 source=$2 build=$3
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"$cmake" --install "$build" --prefix "$dir/prefix" >"$dir/log" 2>&1 || { cat "$dir/log"; exit 1; }
"$cmake" -S "$source/examples/gtest" -B "$dir/build" -G Ninja -DCMAKE_PREFIX_PATH="$dir/prefix" \
  >"$dir/log" 2>&1 || { cat "$dir/log"; exit 1; }
"$cmake" --build "$dir/build" >"$dir/log" 2>&1 || { cat "$dir/log"; exit 1; }
"$dir/build/oco_test"
"$cmake" -S "$source/cmake/package_test" -B "$dir/boost" -G Ninja -DCMAKE_PREFIX_PATH="$dir/prefix" \
  >"$dir/log" 2>&1 || { cat "$dir/log"; exit 1; }
"$cmake" --build "$dir/boost" >"$dir/log" 2>&1 || { cat "$dir/log"; exit 1; }
"$dir/boost/with_boost_json"
"$cmake" -S "$source/cmake/package_test/streams" -B "$dir/streams" -G Ninja -DCMAKE_PREFIX_PATH="$dir/prefix" \
  >"$dir/log" 2>&1 || { cat "$dir/log"; exit 1; }
"$cmake" --build "$dir/streams" >"$dir/log" 2>&1 || { cat "$dir/log"; exit 1; }
"$dir/prefix/bin/ocokit" --version
