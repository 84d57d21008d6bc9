#!/usr/bin/env bash
# Lighthouse (mobile, simulated slow 4G) on five pages of the built site, with its four scores. `make audit` calls this.
# Lighthouse comes from npm, into .cache/, apart from what the checks need.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

version=12.8.2
tools=.cache/audit
site=$tools/site
port=8931
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome)

[ -x "$tools/node_modules/.bin/lighthouse" ] || npm install --prefix "$tools" --no-audit --no-fund --silent "lighthouse@$version"
.venv/bin/otpt build --out "$site" --base-url "http://127.0.0.1:$port/" --format github >/dev/null
.venv/bin/python bench/serve.py "$site" "$port" &
server=$!
trap 'kill $server' EXIT
sleep 1

printf '%-36s %s\n' page 'performance accessibility best-practices seo'
for page in "" cheat-sheet/ conditions/stroke/ compare/knee-replacement/ articles/ot-or-pt-the-difference/; do
    CHROME_PATH=$browser "$tools/node_modules/.bin/lighthouse" "http://127.0.0.1:$port/$page" --quiet --output json \
        --output-path "$tools/report.json" --chrome-flags="--headless --no-sandbox --disable-gpu --disable-background-networking"
    printf '%-36s %s\n' "/$page" "$(.venv/bin/python -c '
import json, sys
categories = json.load(open(sys.argv[1]))["categories"]
print(*(round(100 * categories[name]["score"]) for name in ("performance", "accessibility", "best-practices", "seo")))
' "$tools/report.json")"
done
