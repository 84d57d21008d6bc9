"""`otpt serve`: a preview in the browser that keeps up with what is written."""

import datetime
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from otpt_site.commands.options import colour_wanted

if TYPE_CHECKING:
    from otpt_site.build import BuildReport


@click.command()
def serve() -> None:
    """Show the guide in your browser while you write it."""
