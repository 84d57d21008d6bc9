"""What commands know of the terminal that they write to."""

import os


def colour() -> bool | None:
    """False when no colour is wanted, else None: click finds out whether the terminal can show any.

    Bold and dim signs are left out with it. Source: https://no-color.org
    """
    return False if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" else None
