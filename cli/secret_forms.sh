# The forms that a client's mistakes give a secret, for the tests that look for them. $dir is there.
core='Te/st"secret+9z'
encoded='Te%2Fst%22secret%2B9z'
hex=$(printf %s "$core" | od -An -tx1 | tr -d ' \n' | tr a-f A-F)
base64=$(printf %s "$core" | openssl base64 -A)
escaped='Te\/st\"secret+9z'
lower=$(printf %s "$hex" | tr A-F a-f)
# clean NAME FILE: none of the forms is in the file.
clean() {
  for shown in "$core" "$encoded" "$hex" "$lower" "$base64" "$escaped" 'st"secret' 'st\"secret'; do
    ! grep -qF -- "$shown" "$2" || { echo "$1 shows the secret as $shown:"; cat "$2"; exit 1; }
  done
}
