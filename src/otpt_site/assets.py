"""Styles, scripts and pictures to files whose names hold their digest, so that browsers may keep them for ever.

Pictures come from content/media/, scripts from templates/assets/. Styles are not here: templates inline them.
"""

import hashlib
import posixpath
from collections.abc import Iterable
from pathlib import Path
from typing import Final
from xml.parsers import expat

import msgspec

from otpt_site.diagnostics import Place, Report, problem
from otpt_site.sources import SourceFile

_PUBLISHED: Final = (".js", ".svg", ".png", ".ico", ".txt")


class Asset(msgspec.Struct, frozen=True):
    """A file to publish: the name it is asked for by, its URL in the site, its bytes and its source."""

    name: str
    url: str
    data: bytes
    origin: Place


def fingerprinted(folder: str, name: str, data: bytes) -> str:
    """The URL of a file with its digest in the name: `/assets/finder.3fa9c1d2.js`."""
    stem, ending = posixpath.splitext(name)
    return f"/{folder}/{stem}.{hashlib.sha256(data).hexdigest()[:8]}{ending}"


def template_assets(folders: Iterable[Path]) -> tuple[Asset, ...]:
    """The scripts and icons beside the templates; the first folder that has a name wins."""
    found: dict[str, Asset] = {}
    for folder in folders:
        for path in sorted((folder / "assets").glob("*")):
            if path.suffix in _PUBLISHED and path.name not in found:
                data = path.read_bytes().replace(b"\r\n", b"\n")
                found[path.name] = Asset(
                    path.name, fingerprinted("assets", path.name, data), data, Place(f"templates/assets/{path.name}")
                )
    return tuple(found[name] for name in sorted(found))


def media_assets(files: Iterable[SourceFile], report: Report) -> tuple[Asset, ...]:
    """The pictures of the content. An SVG that could run a script or fetch something is refused and reported."""
    assets = []
    for file in files:
        if file.path.lower().endswith(".svg"):
            for message in _unsafe_parts(file.data):
                report(problem("unsafe-svg", Place(file.shown_path, *message[1:]), message[0]))
        folder, name = posixpath.split(file.path)
        assets.append(Asset(file.path, fingerprinted(folder, name, file.data), file.data, Place(file.shown_path)))
    return tuple(assets)


_SCRIPTING: Final = frozenset(
    {"script", "foreignobject", "iframe", "object", "embed", "handler", "listener", "set", "animate"}
)


def _unsafe_parts(data: bytes) -> list[tuple[str, int, int]]:
    """What makes an SVG unsafe, each with its line and column."""
    found: list[tuple[str, int, int]] = []
    parser = expat.ParserCreate()

    def note(message: str) -> None:
        found.append((message, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1))

    def element(name: str, attributes: dict[str, str]) -> None:
        plain = name.rpartition(":")[2].lower()
        if plain in _SCRIPTING:
            note(f"the picture holds a <{plain}>")
        for key, value in attributes.items():
            attribute = key.rpartition(":")[2].lower()
            if attribute.startswith("on"):
                note(f"the picture holds {attribute}, which runs a script")
            elif attribute in ("href", "src") and not value.startswith(("#", "data:image/png", "data:image/jpeg")):
                note(f"the picture reaches for {value[:40]}")
            elif "url(" in value.replace(" ", "") and "url(#" not in value.replace(" ", "").replace("'", "").replace(
                '"', ""
            ):
                note("the picture reaches for a file outside itself")

    def doctype(*_: object) -> None:
        note("the picture declares entities or a document type")

    def style_text(text: str) -> None:
        if "@import" in text or "url(http" in text.replace(" ", "").replace('"', "").replace("'", ""):
            note("the picture's style reaches for a file outside itself")

    parser.StartElementHandler = element
    parser.EntityDeclHandler = doctype
    parser.CharacterDataHandler = style_text
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        found.append((f"the picture can't be read: {expat.ErrorString(error.code)}", error.lineno, error.offset + 1))
    return found
