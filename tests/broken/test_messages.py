"""Each message that the readers and the rules have for an editor is told of one of the broken inputs."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.broken.cases import CASES, EXPECTED

PACKAGE: Final = Path(__file__).parents[2] / "src" / "otpt_site"
# Whatever reads or judges content. What publishes it, or answers a command, has its own tests.
MODULES: Final = (
    "assets.py", "documents.py", "library.py", "marked_yaml.py", "parts.py", "render.py", "sources.py", "theme.py",
    "yaml_faults.py", *(path.relative_to(PACKAGE).as_posix() for folder in ("checks", "guide", "markup", "pages")
    for path in sorted((PACKAGE / folder).glob("*.py"))),
)  # fmt: skip
# In which place each call takes its message.
MESSAGE_OF: Final = {
    "problem": 2, "Finding": 2, "_fail": 2, "trouble": 2, "Trouble": 2, "_wrong": 2, "_refused": 2, "Fault": 1,
    "Refused": 1,
}  # fmt: skip
UNREADABLE: Final = "the permissions of a file are not kept by git; tests/test_sources.py sets them"
DIED: Final = "takes a process that dies; tests/test_workers.py ends one"
EXEMPT: Final = {
    "the file can't be read: .*": UNREADABLE,
    "the folder can't be read: .*": UNREADABLE,
    "this is not a file": "git keeps no pipes; tests/test_sources.py makes one",
    "there is no such folder": "a case is laid over a folder that is there; tests/test_sources.py has it",
    "the file is larger than .* MB": "a file of more than 1 MB is no tiny input; tests/test_sources.py makes one",
    "this picture has .* KB, of at most .*": "a picture of 200 KB is no tiny input; tests/checks/ makes one",
    "the process that checked this text ended before it was done": DIED,
    "the process that read this file ended before it was done": DIED,
    "the process that made this page ended before it was done": DIED,
    "the page holds the sign .*, which no file can hold": "no UTF-8 file holds it; tests/test_render.py makes it",
}


def _calls() -> Iterator[tuple[ast.Call, ast.FunctionDef]]:
    for module in MODULES:
        for function in ast.walk(ast.parse((PACKAGE / module).read_text("utf-8"))):
            if isinstance(function, ast.FunctionDef):
                yield from ((node, function) for node in ast.walk(function) if isinstance(node, ast.Call))


def _messages(node: ast.expr, function: ast.FunctionDef) -> Iterator[str]:
    """The texts that an expression may be, `.*` where something is put in; none when they come from elsewhere."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else ".*" for part in node.values)
    elif isinstance(node, ast.IfExp):
        yield from (*_messages(node.body, function), *_messages(node.orelse, function))
    elif isinstance(node, ast.Name):
        for value in _assigned(node.id, function):
            yield from _messages(value, function)


def _assigned(name: str, function: ast.FunctionDef) -> Iterator[ast.expr]:
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            target = node.targets[0]
            if isinstance(target, ast.Name) and target.id == name:
                yield node.value
            elif isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                names = [isinstance(one, ast.Name) and one.id for one in target.elts]
                yield from (value for one, value in zip(names, node.value.elts, strict=True) if one == name)


def _called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


KNOWN: Final = sorted(
    {
        message
        for call, function in _calls()
        if (place := MESSAGE_OF.get(_called(call), 99)) < len(call.args)
        for message in _messages(call.args[place], function)
    }
)


def test_there_are_many_messages() -> None:
    assert len(KNOWN) > 150


@pytest.mark.parametrize("message", KNOWN)
def test_a_broken_input_is_told_of_in_these_words(message: str) -> None:
    text = "\n".join((case / EXPECTED).read_text("utf-8") for case in CASES)
    pattern = ".*".join(map(re.escape, message.split(".*")))
    told = re.search(rf"^\S.* (?:error|warning|note)\[[\w-]+\] {pattern}$", text, re.MULTILINE) is not None
    assert told is not (message in EXEMPT), EXEMPT.get(message, "no broken input has it: see tests/broken/README.md")


def test_what_is_exempt_is_a_message() -> None:
    assert set(EXEMPT) <= set(KNOWN)
