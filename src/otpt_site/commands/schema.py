"""`otpt schema`: what an editor such as VS Code needs to complete and check tables and keys."""

from pathlib import Path

import click


@click.command()
@click.argument("kind", required=False)
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="Write all schemas into this folder.")
def schema(kind: str | None, out: Path | None) -> None:
    """Print the JSON Schema of one KIND of content, or write all of them.

    Without a KIND, the kinds are listed with the files that they are for.
    """
    from otpt_site.schemas import schema_text, schemas
    from otpt_site.suggestions import suggestion

    known = schemas()
    if kind is not None and out is not None:
        raise click.UsageError("Name a KIND to print it, or --out to write them all; not both.")
    if kind is not None and kind not in known:
        hint = suggestion(kind, known) or f"Choose one of: {', '.join(known)}."
        raise click.UsageError(f"There is no schema '{kind}'. {hint}")
    if kind is not None:
        click.echo(schema_text(known[kind].schema), nl=False)
    elif out is not None:
        _write({f"{name}.json": schema_text(made.schema) for name, made in known.items()}, out)
    else:
        for name, made in known.items():
            click.echo(f"{name:<14} content/{made.files}")


def _write(files: dict[str, str], folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (folder / name).write_text(text, "utf-8", newline="\n")
    except OSError as error:
        raise click.UsageError(f"{folder} can't be written to: {error.strerror}") from None
    click.echo(f"{len(files)} schemas written to {folder}.")
