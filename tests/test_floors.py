"""The house is built in floors: a module imports only from lower ones, and some libraries have a single user."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

PACKAGE: Final = Path(__file__).parents[1] / "src" / "otpt_site"

# From the ground up. A folder stands for the modules in it, which keep an order of their own below.
FLOORS: Final = (
    {
        "rules",
        "sieve",
        "word_lines",
        "cache",
        "spool",
        "whole_file",
        "workers",
        "timings",
        "link_check",
        "suggestions",
        "starter",
        "sandbox",
    },
    {"syllables", "dictionary"},
    {"diagnostics", "link_notes", "readability", "rule_catalogue"},
    {"yaml_faults", "sources", "template_files", "markup", "lock"},
    {"marked_yaml", "outcome"},
    {"documents", "guide", "table_rows"},
    {"parts", "review_entry", "new_content"},
    {"part_bytes"},
    {"texts", "resolving"},
    {"library", "schemas", "holdings"},
    {"assets", "wording", "outside_links"},
    {"checks"},
    {"pages", "theme"},
    {"output_folder", "desk"},
    {"publish"},
    {"request"},
    {"render", "reporters", "templates_ahead"},
    {"pipeline"},
    {"text_edits"},
    {"build", "review"},
    {"serve"},
    {"commands"},
    {"cli"},
    {"__main__"},
)
# Within guide/: what records are, their keys, how they are read, what kinds share, the kinds, and what names the kinds.
GUIDE_FLOORS: Final = (
    {"drawers"},
    {"records"},
    {"keys"},
    {"reading"},
    {"common", "reviewed_text"},
    {"articles", "comparisons", "conditions", "goals", "references", "safety", "site", "therapies", "words"},
    {"__init__"},
)
FOLDERS: Final = ("rules", "rule_catalogue", "markup", "guide", "checks", "pages", "reporters", "serve", "commands")
SINGLE_USERS: Final = {
    "yaml": {"marked_yaml"},
    "markdown": {"markup"},
    "nh3": {"markup"},
    "pyphen": {"syllables"},
    "spellchecker": {"dictionary"},
    "imagesize": {"checks"},
    "jinja2": {"theme", "sandbox"},
    "markupsafe": {"theme", "sandbox"},
    "click": {"cli", "commands"},
    "httpx": {"link_check"},
    "rich": {"commands"},
    "starlette": {"serve"},
    "uvicorn": {"serve"},
    "watchfiles": {"serve"},
}
CLOCKS: Final = {"now", "today", "utcnow", "time", "time_ns", "localtime", "gmtime", "strftime", "ctime"}
# `commands.build` and `timings` measure how long builds take, `commands.links` notes on which day a link was fine, and
# `lock` waits for another build; none of it ever reaches a page.
CLOCK_MODULES: Final = {
    "commands.build": {"monotonic"},
    "commands.links": {"now"},
    "lock": {"sleep"},
    "timings": {"perf_counter"},
    "serve.workshop": {"monotonic", "sleep"},
}

MODULES: Final = sorted(PACKAGE.rglob("*.py"))


def _name(path: Path) -> str:
    """The module's name within the package: `guide.records`."""
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts)


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute here"
            # `from otpt_site.guide import site` names a module too.
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _own(path: Path) -> Iterator[str]:
    """The modules of this package that a module imports."""
    for name in _imports(path):
        top, *parts = name.split(".")
        if top == "otpt_site":
            while parts and not _is_module(parts):
                parts.pop()
            yield ".".join(parts) or "__init__"


def _is_module(parts: list[str]) -> bool:
    path = PACKAGE.joinpath(*parts)
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()


def _floor(name: str, floors: tuple[set[str], ...]) -> int:
    found = [number for number, modules in enumerate(floors) if name in modules]
    assert found, f"{name} has no floor: give it one in this test and in docs/architecture.md"
    return found[0]


def _top(name: str) -> str:
    return name.split(".", maxsplit=1)[0]


def _faults(name: str, imported: Iterator[str]) -> Iterator[str]:
    top = _top(name)
    for other in imported:
        if _top(other) == top and top in FOLDERS:
            continue
        if _floor(_top(other), FLOORS) >= _floor(top, FLOORS):
            yield f"{name} imports {other}, which is not on a lower floor"


@pytest.mark.parametrize("path", [path for path in MODULES if _name(path) != "__init__"], ids=_name)
def test_modules_import_only_from_lower_floors(path: Path) -> None:
    assert list(_faults(_name(path), _own(path))) == []


@pytest.mark.parametrize("path", sorted((PACKAGE / "guide").glob("*.py")), ids=_name)
def test_the_kinds_of_content_keep_their_order(path: Path) -> None:
    for other in _own(path):
        if other.split(".")[0] == "guide":
            inner = [*other.split("."), "__init__"][1]
            assert _floor(inner, GUIDE_FLOORS) < _floor(path.stem, GUIDE_FLOORS), f"{_name(path)} imports {other}"


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = {_name(path).removesuffix(".__init__"): set(_own(path)) for path in MODULES}
    done: set[str] = set()
    while len(done) < len(graph):
        free = {name for name, imported in graph.items() if name not in done and imported - {name, "__init__"} <= done}
        assert free, f"a circle among {sorted(set(graph) - done)}"
        done |= free


def test_a_wrong_import_would_be_found() -> None:
    assert list(_faults("library", iter(["pages.frame"])))
    assert list(_faults("theme", iter(["pages.plan"])))
    assert list(_faults("marked_yaml", iter(["documents"])))
    assert not list(_faults("library", iter(["guide.records"])))


def test_the_libraries_of_this_test_are_spelt_as_they_are_imported() -> None:
    used = {name.split(".")[0] for path in MODULES for name in _imports(path)}
    assert set(SINGLE_USERS) <= used


@pytest.mark.parametrize("library", SINGLE_USERS)
def test_a_library_has_a_single_user(library: str) -> None:
    users = {_name(path).split(".")[0] for path in MODULES if library in {n.split(".")[0] for n in _imports(path)}}
    assert users <= SINGLE_USERS[library]


@pytest.mark.parametrize("path", [path for path in MODULES if path.stem != "build"], ids=_name)
def test_only_the_pipeline_reads_a_clock(path: Path) -> None:
    allowed = CLOCK_MODULES.get(_name(path), set())
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.expr)
        ):
            owner = ast.unparse(node.func.value).split(".")[-1]
            if owner in {"time", "datetime", "date"}:
                assert node.func.attr not in CLOCKS - allowed, f"{_name(path)}:{node.lineno} reads a clock"
    names = {name for name in _imports(path) if name.split(".")[0] == "time"}
    assert not names or _name(path) in CLOCK_MODULES, f"{_name(path)} imports time"
