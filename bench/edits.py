"""What an editor changes in a file between two builds. The number tells one edit from another."""

import re


def mark(number: int) -> str:
    """What a page shows after the edit with this number."""
    return f"edit number {number}"


def edit_body(text: str, number: int) -> str:
    """A Markdown page with one more paragraph."""
    return f"{text.rstrip()}\n\nThis line came with {mark(number)}.\n"


def edit_title(text: str, number: int) -> str:
    """One of our conditions under another name: the number behind it. ValueError when it has no name."""
    edited, count = re.subn(r"^(name: .*)$", rf"\1 {number}", text, count=1, flags=re.MULTILINE)
    if not count:
        raise ValueError("no name to edit")
    return edited


def edit_template(text: str, number: int) -> str:
    """A base template that marks every page. ValueError when it has no end of a body."""
    if "</body>" not in text:
        raise ValueError("no </body> to edit")
    return text.replace("</body>", f"<p>{mark(number)}</p>\n</body>")
