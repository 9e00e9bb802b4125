#!/bin/sh
# What ships is hardened, and names no folder of the machine that built it.
# Usage: hardening_test.sh EXECUTABLE LIBRARY SOURCE_FOLDER CF_PROTECTION
set -eu
executable=$1 library=$2 source=$3 cf_protection=$4
failed=0
# holds WHAT TEXT PATTERN
holds() {
  printf '%s\n' "$2" | grep -qE "$3" && return
  echo "$executable: no $1"
  failed=1
}

dynamic=$(readelf --wide --dynamic "$executable")
holds 'PIE' "$(readelf --wide --file-header "$executable")" 'Type: +DYN'
holds 'PIE' "$dynamic" 'FLAGS_1.* PIE'
holds 'BIND_NOW' "$dynamic" 'BIND_NOW|FLAGS.* NOW'
segments=$(readelf --wide --segments "$executable")
holds 'RELRO' "$segments" 'GNU_RELRO'
holds 'stack that is not executable' "$segments" 'GNU_STACK.* RW '
symbols=$(readelf --wide --dyn-syms "$executable")
holds 'stack protector' "$symbols" '__stack_chk_fail'
holds 'FORTIFY_SOURCE' "$symbols" '__[a-z_]+_chk@'
if [ "$cf_protection" = 1 ]; then
  # The linker marks the executable only when every object in it is, and Debian's start files are not.
  objects=$(ar t "$library" | wc -l)
  marked=$(readelf --wide --notes "$library" | grep -c 'IBT, SHSTK' || true)
  [ "$marked" -eq "$objects" ] || {
    echo "$library: $marked of $objects objects have control-flow protection"
    failed=1
  }
fi
if grep -qaF "$source" "$executable"; then
  echo "$executable: holds the path $source"
  failed=1
fi
exit $failed
