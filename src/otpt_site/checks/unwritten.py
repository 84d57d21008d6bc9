"""Texts that were put there to be replaced, on pages that are no drafts."""

from collections.abc import Iterator
from functools import partial

from otpt_site.checks.findings import Finding
from otpt_site.library import Guide
from otpt_site.new_content import TO_BE_REPLACED
from otpt_site.wording import PageText


def check_unwritten(_guide: Guide, text: PageText) -> Iterator[Finding]:
    """What `otpt new` wrote into a page, and nobody has replaced."""
    if getattr(text.record, "draft", False):
        return
    for block in text.all_blocks:
        if block.words.startswith(f"{TO_BE_REPLACED} "):
            yield Finding(
                "unwritten-text", partial(block.place_of, block.words), f"'{block.words}' is still to be done"
            )
