"""Writes docs/messages.md and docs/rules.md: `python -m otpt_site.rule_catalogue docs`."""

import sys
from pathlib import Path

from otpt_site.rule_catalogue import messages_page, rules_page

folder = Path(sys.argv[1])
(folder / "messages.md").write_text(messages_page(), "utf-8", newline="\n")
(folder / "rules.md").write_text(rules_page(), "utf-8", newline="\n")
