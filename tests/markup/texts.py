"""Texts to compare two ways of reading Markdown: those of others, and made-up ones."""

import json
import os
import random
from pathlib import Path
from typing import Final

GENERATED: Final = int(os.environ.get("OTPT_GENERATED_TEXTS", "250"))
"""How many made-up texts a test takes. More of them are for a change of the library or of what it is given."""

_INPUTS: Final = Path(__file__).parent / "inputs"
_LETTERS: Final = " \n\tab#*_`\"'-.[]()<>!@^:;/|{}&\\~=+1é\u00a0–\r\x02\x03\U000f0001s"  # noqa: RUF001
_PIECES: Final = (
    # of a text
    " §\n\n§\n§word§ two words §it's§'80s§\"so\", §\"'a§'\"b§'\"§\"'§ '§ \"§"
    "--§ -- §---§...§....§&ndash;'a§&nbsp;\"b§–'c§"  # noqa: RUF001
    # inline
    "*§**§_§__§***so***§*a*§**b**§`c`§``d ` e``§`§\\*§\\\"§\\'§\\\\§  \n§&amp;§&#58;§&§ABC§"
    "<b>§</b>§<kbd>§<br/>§<!-- c -->§<!--§<https://x.org>§<a@b.org>§<<§>>§{: .c }§{: onclick=x }§{ #i }§"
    "[a](https://x.org 't')§[a](<b c>)§![a](media/b.svg)§[r]§[r][]§[w][r]§![r]§![w][r]§](§[§![§[^1]§[^2]§"
    "\x02klzzwxh:0001\x03§\x02wzxhzdk:0\x03§"
    # blocks
    "\n# h\n§\n## h ##\n§\nx\n---\n§\nx\n===\n§\n- §\n* §\n1. §\n7. §\n    §\n> §"
    "\n\n***\n\n§\n- - -\n§\n_ _ _\n§\n```\n§\n~~~ x\n§\na\n: b\n§\n:   c\n§"
    "\na | b\n- | -:\n§\n| a |\n| - |\n§ | §\n<div>\n§</div>\n§"
    "\n[r]: https://x.org 'T'\n§\n[^1]: note\n§\n*[ABC]: all\n§"
    # ours
    "[a](condition:b)§[](term:gait)§[](site:crisis)§[up](#top)§[@a; @b]§[@a§[@A]§\n[@a]: x\n§\n[r]: condition:x\n§"
    "\n/// note\n§\n///\n§\n/// pt-does\n§\n/// ot-does\n§\n/// emergency\n§\n/// safety | x\n///\n§\n/// do-not\n"
).split("§")


def of_others(name: str) -> list[str]:
    """The texts of `inputs/` with this name."""
    texts: list[str] = json.loads((_INPUTS / f"{name}.json").read_text("utf-8"))
    return texts


def generated(number: int) -> str:
    """The made-up text of this number: signs of Markdown and of ours in any order, the same at every run."""
    chance = random.Random(number)  # noqa: S311 # nothing here is secret
    return "".join(
        chance.choice(_PIECES) if chance.random() < 0.75 else "".join(chance.choices(_LETTERS, k=chance.randint(0, 10)))
        for _ in range(chance.randint(1, 30))
    )
