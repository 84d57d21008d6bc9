"""Files to publish: digests in names, project before tool, and pictures that can do no harm."""

import errno
from pathlib import Path
from typing import NoReturn

import pytest

from otpt_site.assets import fingerprinted, is_picture, media_assets, template_assets
from otpt_site.diagnostics import Diagnostic
from otpt_site.template_files import TemplateFolder
from tests.kit import source

PNG = b"\x89PNG\r\n\x1a\n\r\nmore\r\n"


def _folder(path: Path, files: dict[str, bytes], shown: str = "templates") -> TemplateFolder:
    (path / "assets").mkdir(parents=True)
    for name, data in files.items():
        (path / "assets" / name).write_bytes(data)
    return TemplateFolder(path, shown)


def test_the_name_holds_a_digest_of_the_bytes() -> None:
    assert fingerprinted("assets", "finder.js", b"a") == "/assets/finder.ca978112.js"
    assert fingerprinted("assets", "finder.js", b"b") != fingerprinted("assets", "finder.js", b"a")


def test_the_projects_files_win_one_by_one(tmp_path: Path) -> None:
    own = _folder(tmp_path / "own", {"icon.svg": b"own"})
    shipped = _folder(tmp_path / "shipped", {"icon.svg": b"tool", "site.js": b"tool", "site.css": b"inlined"}, "tool")
    found: list[Diagnostic] = []
    assets = template_assets((own, shipped), found.append)
    assert [(asset.name, asset.data, asset.origin.path) for asset in assets] == [
        ("icon.svg", b"own", "templates/assets/icon.svg"),
        ("site.js", b"tool", "tool/assets/site.js"),
    ]
    assert not found


def test_texts_get_the_same_line_ends_everywhere_and_pictures_stay_as_they_are(tmp_path: Path) -> None:
    folder = _folder(tmp_path, {"site.js": b"a\r\nb\r\n", "icon.png": PNG, "icon.ico": PNG})
    assets = template_assets((folder,), lambda _: None)
    assert {asset.name: asset.data for asset in assets} == {"site.js": b"a\nb\n", "icon.png": PNG, "icon.ico": PNG}


def test_a_script_that_can_not_be_read_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(_: Path) -> NoReturn:
        raise PermissionError(errno.EACCES, "Permission denied")

    folder = _folder(tmp_path, {"site.js": b"", "folder.js": b""})
    (tmp_path / "assets/folder.js").unlink()
    (tmp_path / "assets/folder.js").mkdir()
    monkeypatch.setattr(Path, "read_bytes", locked)
    found: list[Diagnostic] = []
    assert template_assets((folder,), found.append) == ()
    assert [(one.rule, one.place.path) for one in found] == [("file-unreadable", "templates/assets/site.js")]


@pytest.mark.parametrize("name", ["a.svg", "a.PNG", "a.jpg", "a.jpeg", "a.gif", "a.webp", "a.avif"])
def test_pictures(name: str) -> None:
    assert is_picture(f"media/{name}")


@pytest.mark.parametrize("name", ["a.html", "a.js", "a.svgz", "a.xhtml", "a", "a.svg.html", "a.css", "a.pdf"])
def test_no_pictures(name: str) -> None:
    assert not is_picture(f"media/{name}")


def _faults(svg: str | bytes) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    media_assets([source("media/a.SVG", svg)], found.append)
    assert {one.rule for one in found} <= {"unsafe-svg"}
    return found


def _svg(inside: str) -> str:
    links = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f'<svg {links} xmlns:h="http://www.w3.org/1999/xhtml">{inside}</svg>'


HARMLESS = {
    "shapes": '<circle r="1" fill="url(#g)" style="fill: url( \'#g\' )"/>',
    "a link inside": '<use href="#a"/><use xlink:href="#b"/>',
    "a picture inside": '<image href="data:image/png;base64,AA=="/>',
    "style": "<style>circle { fill: url(#g); color: red }</style>",
    "text that speaks of CSS": r"<text>url(http://x) @import C:\temp</text>",
    "other tools' marks": '<x:view xmlns:x="http://www.inkscape.org/" x:zoom="1"/>',
    "a document type": "",
}


@pytest.mark.parametrize("inside", HARMLESS.values(), ids=HARMLESS.keys())
def test_a_harmless_picture_is_let_through(inside: str) -> None:
    assert _faults('<?xml version="1.0"?><!DOCTYPE svg>' + _svg(inside)) == []


HARMFUL = {
    "script": "<script>alert(1)</script>",
    "script by another prefix": '<x:script xmlns:x="http://www.w3.org/2000/svg"/>',
    "handler": '<circle r="1" onclick="x()"/>',
    "handler in capitals": '<circle r="1" ONLOAD="x()"/>',
    "HTML": '<h:meta http-equiv="refresh"/>',
    "foreign object": "<foreignObject/>",
    "animated link": '<a><set attributeName="href" to="javascript:x()"/></a>',
    "javascript": '<a href=" javascript:x()"><text>x</text></a>',
    "another host": '<image href="https://example.org/x.png"/>',
    "an SVG in a link": '<use xlink:href="data:image/svg+xml,x"/>',
    "an attribute": '<circle fill="url(//x)"/>',
    "one of two in an attribute": '<circle fill="url(#a) url(//x)"/>',
    "with a line break": '<circle style="fill: url(\n//x)"/>',
    "in quotes": """<circle style="fill: url( '//x')"/>""",
    "a style sheet": "<style>circle { fill: url(//x) }</style>",
    "a file's own path": "<style>circle { fill: url(x.png) }</style>",
    "import": "<style>@IMPORT '//x';</style>",
    "spelt with codes": r"<style>circle { fill: u\72l(//x) }</style>",
    "a set of pictures": '<style>circle { fill: image-set("//x" 1x) }</style>',
    "in a style attribute": r'<circle style="fill: u\72l(//x)"/>',
    "in character data": "<style><![CDATA[ a { b: url(//x) } ]]></style>",
    "base": '<a xml:base="//x"/>',
}


@pytest.mark.parametrize("inside", HARMFUL.values(), ids=HARMFUL.keys())
def test_a_harmful_picture_is_refused(inside: str) -> None:
    assert len(_faults(_svg(inside))) == 1


def test_a_fault_is_told_with_its_place() -> None:
    fault = _faults(_svg("\n  <script/>"))[0]
    assert (fault.place.path, fault.place.line, fault.place.column) == ("content/media/a.SVG", 2, 3)


@pytest.mark.parametrize(
    "data",
    [
        b"", b"<svg", b"no XML", b"\x00\x01", b'<?xml version="1.0" encoding="no-such"?><svg/>',
        b'<?xml version="1.0" encoding="utf-7"?><svg/>', b'<?xml-stylesheet href="x.css"?><svg/>',
    ],
)  # fmt: skip
def test_what_can_not_be_judged_is_refused(data: bytes) -> None:
    assert len(_faults(data)) == 1


def test_entities_are_refused_and_do_not_explode() -> None:
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    assert _faults(f'<!DOCTYPE svg [<!ENTITY e0 "ha">{bomb}]><svg>&e11;</svg>')


def test_media_keep_their_folder() -> None:
    asset = media_assets([source("media/signs/a.png", PNG)], lambda _: None)[0]
    assert asset.name == "media/signs/a.png"
    assert asset.url.startswith("/media/signs/a.")
    assert asset.data == PNG
