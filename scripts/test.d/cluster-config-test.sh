#!/usr/bin/env bash
# The files for AWS, checked by AWS's own tools: ParallelCluster's schema and validators, cfn-lint; and by rules of our own.

# shellcheck source=scripts/test.d/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
WEFT_ROOT=$(cd "$SCRIPTS/.." && pwd)
# shellcheck source=scripts/lib/say.sh
source "$SCRIPTS/lib/say.sh"
# shellcheck source=scripts/test.d/python-cases.sh
source "$SCRIPTS/test.d/python-cases.sh"

render_all() {
  local kind toolkit=$CASE/weft.tar.gz
  echo toolkit >"$toolkit"
  mkdir -p "$WORK/rendered"
  for kind in small x86 graviton comparison; do
    "$SCRIPTS/cluster" render "$kind" --region us-east-2 --price-class ondemand --key somebody --bucket my-bucket --allow 192.0.2.0/24 \
      --toolkit "$toolkit" --private-subnet subnet-00000001 --public-subnet subnet-00000002 --efa-group sg-00000003 --placement-group group \
      --vpc-cidr 10.1.0.0/16 --publish-policy arn:aws:iam::111122223333:policy/publish --out "$WORK/rendered/$kind.yaml"
  done
}

# Their links and options hold; what a package index is called stands nowhere.
locks_are_hashed() {
  local file
  for file in "$CHECK"/*/requirements.txt; do
    # Each package has a version and at least one hash.
    awk '/^[a-z]/ { if (open && !hashed) exit 1; open = 1; hashed = 0; if ($0 !~ /==/) exit 1 } /--hash=sha256:/ { hashed = 1 } END { exit !(open && hashed) }' "$file" ||
      broken "$file has a package without version or hash"
    lacks "$(cat "$file")" '://'
  done
}

wrong_hash_is_refused() {
  mkdir -p "$CASE/lock"
  # The right version with another file's hash.
  printf 'six==1.17.0 \\\n    --hash=sha256:%064d\n' 1 >"$CASE/lock/requirements.txt"
  local code=0
  XDG_CACHE_HOME=$CASE/cache python_env "$CASE/lock" 2>"$CASE/said" || code=$?
  equal "$code" 1
  contains "$(cat "$CASE/said")" 'no Python environment from'
  absent "$CASE/cache/weft/python/lock"*/.complete
}

environment_is_made_once() {
  [[ -n $PYTHON ]] || skip_case "no Python environment to look at"
  local before
  before=$(stat -c %Y "$PYTHON_ENV/.complete")
  TEXT=$(python_env "$CHECK/cfn-lint" 2>&1)
  equal "$TEXT" ''
  equal "$(stat -c %Y "$PYTHON_ENV/.complete")" "$before"
}

# names_in FOLDER...: what belongs to somebody: an account's number (but those of AWS's own examples), a key pair, a bucket, an access key.
names_in() {
  local found
  found=$(grep -rnE --exclude=requirements.txt --exclude-dir=__pycache__ --exclude-dir=target \
    -e '(^|[^0-9a-fA-Z-])[0-9]{12}([^0-9a-fA-Z-]|$)' -e '(AKIA|ASIA)[A-Z0-9]{16}' -e 'KeyName: *"?[a-z]' -e '(s3://|BucketName: *"?)[a-z0-9]' "$@") || true
  # What the tests and the examples of AWS's documentation are called.
  grep -vE -e '111122223333' -e '123456789012' -e 'KeyName: *(software|inputs)/' -e '(s3://|BucketName: *"?)(my|their)-bucket' <<<"$found" || true
}

nobodys_names_are_here() {
  equal "$(names_in "$WEFT_ROOT"/{parallelcluster-config,docs/verified.md,scripts/cluster,scripts/lib})" ''
}

# somebodys_name_is_found LINE
somebodys_name_is_found() {
  cp -r "$WEFT_ROOT/parallelcluster-config/clusters" "$CASE/clusters"
  printf '%s\n' "$1" >>"$CASE/clusters/small.yaml"
  contains "$(names_in "$CASE/clusters")" "small.yaml:"
}

t "nobody's account, key or bucket is in the files" nobodys_names_are_here
t "somebody's account is found" somebodys_name_is_found '  - Policy: arn:aws:iam::987654321098:policy/publish'
t "somebody's key pair is found" somebodys_name_is_found '    KeyName: "somebody"'
t "somebody's bucket is found" somebodys_name_is_found '  - BucketName: somebodys-bucket'
t "somebody's access key is found" somebodys_name_is_found '# AKIAABCDEFGHIJKLMNOP'
t 'lock files have versions and hashes' locks_are_hashed
t 'a package that does not fit its hash is refused' wrong_hash_is_refused
t 'the configurations are rendered' render_all
environment pcluster
[[ -z $PYTHON ]] || cases "$PYTHON" "$CHECK/test_check.py" "$WORK/rendered"
environment cfn-lint
[[ -z $PYTHON ]] || cases "$PYTHON" "$CHECK/test_templates.py"
t 'a Python environment is made once' environment_is_made_once
cases /usr/bin/python3 "$WEFT_ROOT/parallelcluster-config/batch/test/test_rendezvous.py"
finish
