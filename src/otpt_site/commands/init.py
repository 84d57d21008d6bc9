"""`otpt init`: a new guide of one's own."""

from pathlib import Path
from typing import Final

import click

# A folder made by git for a new guide counts as empty.
_PASSED_OVER: Final = ".git"


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
def init(folder: Path) -> None:
    """Make a new guide of your own in DIR, which builds at once.

    DIR is made if it is not there; one that holds anything is left as it is.
    """
    from otpt_site.starter import starter_files

    files = starter_files()
    try:
        if folder.exists() and any(path.name != _PASSED_OVER for path in folder.iterdir()):
            raise click.UsageError(f"{folder} is not empty, and stays as it is. Name a new folder.")
        for path, data in files.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
    except OSError as error:
        raise click.UsageError(f"{folder} can't be written to: {error.strerror}") from None
    click.echo(f"A new guide is in {folder}. To see it, and to build it:\n")
    click.echo(f'  cd "{folder}"\n  otpt serve\n  otpt build\n')
    click.echo("Then read its README.md: it says what to change first.")
