#!/usr/bin/env bash
# Runs each engine for so many seconds; `make fuzz` calls this. Fails when one found something.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
seconds=${1:-600}
python=.venv/bin/python
engines=(hypothesis repeats)
if $python -m pip install --quiet --disable-pip-version-check --no-input --no-deps --only-binary :all: \
    --upgrade --target .cache/fuzz/atheris --requirement tests/fuzz/requirements.txt; then
    engines+=(atheris)
else
    echo "Atheris has no build for this Python or system: going on without it." >&2
fi
failed=0
for engine in "${engines[@]}"; do
    PYTHONPATH=.cache/fuzz/atheris $python -m tests.fuzz "$engine" --seconds "$seconds" || failed=1
done
exit $failed
