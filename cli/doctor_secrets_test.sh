#!/bin/sh
# `ocokit doctor` prints no secret, in no form, from a file that holds more than the secret.
# Usage: doctor_secrets_test.sh OCOKIT
set -eu
unset OCOKIT_SECRET
ocokit=$1
. "$(dirname "$0")/test_functions.sh"
. "$(dirname "$0")/secret_forms.sh"

# What a person's secret file holds beside the secret: the mistakes that the doctor is for.
variant() {
  case $1 in
    plain) printf '%s\n' "$core" ;;
    breaks) printf '%s\n\n' "$core" ;;
    windows) printf '%s\r\n\r\n' "$core" ;;
    blank) printf '%s ' "$core" ;;
    mark) printf '\357\273\277%s\n' "$core" ;;
    zero) printf '%s\0' "$core" ;;
    quotes) printf "'%s'\n" "$core" ;;
    name) printf 'API_SECRET=%s\n' "$core" ;;
  esac
}
for variant in plain breaks windows blank mark zero quotes name; do
  variant $variant >"$dir/secret"
  for form in "$core" "$encoded" "$hex" $([ $variant != plain ] || echo "$base64" "$escaped"); do
    for venue in bingx whitebit; do
      [ $venue = bingx ] && path=/openApi/spot/v1/oco/order || path=/api/v4/order/collateral/oco
      {
        printf 'POST %s?timestamp=%s&signature=ab HTTP/1.1\n' $path "$form"
        printf 'X-BX-APIKEY: %s\nX-TXC-APIKEY: %s\nX-TXC-PAYLOAD: %s\n' "$form" "$form" "$form"
        printf 'X-TXC-SIGNATURE: %s\n%s: 1\n\n{"nonce":"%s"}' "$form" "$form" "$form"
      } >"$dir/raw"
      # Both ways of printing are of the same texts.
      for json in '' $([ $variant != plain ] || echo --json); do
        status=0
        "$ocokit" doctor --venue $venue --secret-file "$dir/secret" --key some-key \
          --request "$dir/raw" $json >"$dir/got" 2>&1 || status=$?
        [ $status -eq 1 ] || [ $status -eq 2 ] || { echo "status $status"; cat "$dir/got"; exit 1; }
        clean "doctor $variant $venue $json" "$dir/got"
      done
    done
    printf '%s' "$form" >"$dir/raw"
    "$ocokit" doctor --venue bingx --secret-file "$dir/secret" --request "$dir/raw" >"$dir/got" 2>&1 &&
      exit 1
    clean "doctor $variant, no request" "$dir/got"
  done
done

# An error that quotes the beginning of a line quotes no beginning of a secret.
long=Vb3kQ9xLm2Zp8RtYw4Hs6Jd1Nf7Gc5TaUe0oIiPpSsDdFfGgHhJjKkLlZzXxCcVvBbNnMmQqWwEeRrTtYyUu
printf %s "$long" >"$dir/secret"
for raw in "$long" "GET / HTTP/1.1\r\n$long\r\n\r\n" "GET / $long\r\n\r\n"; do
  printf "$raw" >"$dir/raw"
  "$ocokit" doctor --venue bingx --secret-file "$dir/secret" --request "$dir/raw" >"$dir/got" 2>&1 && exit 1
  ! grep -q Vb3kQ9 "$dir/got" || { echo 'half a secret is shown:'; cat "$dir/got"; exit 1; }
done
"$ocokit" doctor --venue bingx --secret-file "$dir/secret" --curl "$long" >"$dir/got" 2>&1 && exit 1
! grep -q Vb3kQ9 "$dir/got" || { echo 'half a secret is shown:'; cat "$dir/got"; exit 1; }
echo ok
