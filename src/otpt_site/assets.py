"""Styles, scripts and pictures to files whose names hold their digest, so that browsers may keep them for ever.

Pictures come from content/media/, scripts from templates/assets/. Styles are not here: templates inline them.
"""

import hashlib
import posixpath
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple
from xml.parsers import expat

import msgspec

from otpt_site.diagnostics import Place, Report, problem
from otpt_site.sources import SourceFile
from otpt_site.template_files import TemplateFolder

# The files beside the templates that are published, and those of them that are text.
_PUBLISHED: Final = (".js", ".svg", ".png", ".ico", ".txt")
_TEXTS: Final = (".js", ".svg", ".txt")
_PICTURES: Final = (".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif")


class Asset(msgspec.Struct, frozen=True):
    """A file to publish: the name it is asked for by, its URL in the site, its bytes and its source."""

    name: str
    url: str
    data: bytes
    origin: Place


def is_picture(path: str) -> bool:
    """Whether a file of content/media/ is a picture; what is none may run scripts and is not published."""
    return path.lower().endswith(_PICTURES)


def fingerprinted(folder: str, name: str, data: bytes) -> str:
    """The URL of a file with its digest in the name: `/assets/finder.3fa9c1d2.js`."""
    stem, ending = posixpath.splitext(name)
    return f"/{folder}/{stem}.{hashlib.sha256(data).hexdigest()[:8]}{ending}"


def template_assets(folders: Iterable[TemplateFolder], report: Report) -> tuple[Asset, ...]:
    """The scripts and icons beside the templates; the first folder that has a name wins."""
    found: dict[str, Asset] = {}
    for folder in folders:
        for path in sorted((folder.path / "assets").glob("*")):
            if path.suffix in _PUBLISHED and path.name not in found and path.is_file():
                asset = _template_asset(path, Place(f"{folder.shown}/assets/{path.name}"), report)
                if asset:
                    found[path.name] = asset
    return tuple(found[name] for name in sorted(found))


def _template_asset(path: Path, place: Place, report: Report) -> Asset | None:
    try:
        data = path.read_bytes()
    except OSError as error:
        report(problem("file-unreadable", place, f"the file can't be read: {error.strerror or error}"))
        return None
    if path.suffix in _TEXTS:
        # A checkout on Windows may have changed the line ends; the site must be the same everywhere.
        data = data.replace(b"\r\n", b"\n")
    return Asset(path.name, fingerprinted("assets", path.name, data), data, place)


def media_assets(files: Iterable[SourceFile], report: Report) -> tuple[Asset, ...]:
    """The pictures of the content. An SVG that could run a script or fetch something is refused and reported."""
    assets = []
    for file in files:
        if file.path.lower().endswith(".svg") and not file.refused:
            for fault in _Inspection().faults(file.data):
                report(problem("unsafe-svg", Place(file.shown_path, fault.line, fault.column), fault.message))
        folder, name = posixpath.split(file.path)
        assets.append(Asset(file.path, fingerprinted(folder, name, file.data), file.data, Place(file.shown_path)))
    return tuple(assets)


_SCRIPTING: Final = frozenset(
    {"script", "foreignobject", "iframe", "object", "embed", "handler", "listener", "set", "animate"}
)
_XHTML: Final = "http://www.w3.org/1999/xhtml"
_OWN_PARTS: Final = ("#", "data:image/png", "data:image/jpeg")
_URL: Final = re.compile(r"url\(\s*[\"']?\s*([^)]*)", re.IGNORECASE)
# A backslash can spell any word of CSS in another way, and these two fetch without url().
_FETCHING: Final = re.compile(r"@import|image-set\s*\(|\\", re.IGNORECASE)


class _Fault(NamedTuple):
    message: str
    line: int
    column: int


class _Inspection:
    """Walks one SVG and notes what makes it unsafe."""

    def __init__(self) -> None:
        self._found: list[_Fault] = []
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._style_depth = 0
        self._parser.StartElementHandler = self._element
        self._parser.EndElementHandler = self._end
        self._parser.EntityDeclHandler = lambda *_: self._note("the picture declares entities")
        self._parser.ProcessingInstructionHandler = self._instruction
        self._parser.CharacterDataHandler = self._text

    def faults(self, data: bytes) -> list[_Fault]:
        """What is wrong, in the order of the file."""
        try:
            self._parser.Parse(data, True)
        except (expat.ExpatError, ValueError, LookupError) as error:
            # The last two: a file may claim any encoding.
            line, column = getattr(error, "lineno", 1), getattr(error, "offset", 0)
            self._found.append(_Fault(f"the picture can't be read: {error}", line, column + 1))
        return self._found

    def _note(self, message: str) -> None:
        self._found.append(_Fault(message, self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1))

    def _element(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, plain = name.rpartition(" ")
        if plain.lower() in _SCRIPTING or namespace == _XHTML:
            self._note(f"the picture holds a <{plain}>")
        self._style_depth += plain == "style"
        for key, value in attributes.items():
            self._attribute(key.rpartition(" ")[2].lower(), value.strip())

    def _attribute(self, name: str, value: str) -> None:
        if name.startswith("on"):
            self._note(f"the picture holds {name}, which runs a script")
        elif name in {"href", "src", "base"} and not value.startswith(_OWN_PARTS):
            self._note(f"the picture reaches for {value[:40]}")
        elif _reaches_out(value) or (name == "style" and _FETCHING.search(value)):
            self._note("the picture reaches for a file outside itself")

    def _end(self, name: str) -> None:
        self._style_depth -= name.rpartition(" ")[2] == "style"

    def _text(self, text: str) -> None:
        if self._style_depth and (_reaches_out(text) or _FETCHING.search(text)):
            self._note("the picture's style reaches for a file outside itself")

    def _instruction(self, target: str, _: str) -> None:
        if target.lower() == "xml-stylesheet":
            self._note("the picture asks for a style sheet outside itself")


def _reaches_out(css: str) -> bool:
    return any(not found[1].startswith(_OWN_PARTS) for found in _URL.finditer(css))
