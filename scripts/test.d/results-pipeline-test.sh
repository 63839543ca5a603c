#!/usr/bin/env bash
# The results pipeline's template: read by cfn-lint and rules of our own, and deployed into a server that stands in for AWS.

# shellcheck source=scripts/test.d/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
WEFT_ROOT=$(cd "$SCRIPTS/.." && pwd)
# shellcheck source=scripts/lib/say.sh
source "$SCRIPTS/lib/say.sh"
# shellcheck source=scripts/test.d/python-cases.sh
source "$SCRIPTS/test.d/python-cases.sh"

deployed() {
  /usr/bin/python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))' || skip_case "MiniStack needs Python 3.10, and this is $(/usr/bin/python3 --version)"
}

environment cfn-lint
[[ -z $PYTHON ]] || cases "$PYTHON" "$CHECK/test_results.py"
t 'there is a Python for MiniStack' deployed
if /usr/bin/python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))'; then
  environment ministack
  [[ -z $PYTHON ]] || cases "$PYTHON" "$CHECK/test_deployed.py"
fi
finish
