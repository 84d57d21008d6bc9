"""Templates compiled by another process while this one reads and checks what they will be filled with.

To look through all of them takes as long as to read a hundred pages, and depends on no page. What is heavy is imported
by the other process alone.
"""

import re
import sys
from collections.abc import Iterable
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

import msgspec

from otpt_site.request import Inputs
from otpt_site.sources import SourceFile
from otpt_site.workers import Ahead, Tell

if TYPE_CHECKING:
    from otpt_site.theme import Findings

_THEME: Final = "otpt_site.theme"
_SITE_FILE: Final = "site.yaml"
_LANGUAGE: Final = re.compile(rb"^language: *[\"']?([a-zA-Z-]+)", re.MULTILINE)
_DEFAULT_LANGUAGE: Final = "en-US"
# What fills the pages of a folder of the content.
_TEMPLATES: Final = {
    "articles": "pages/article.html",
    "comparisons": "pages/comparison.html",
    "conditions": "pages/condition.html",
    "pages": "pages/plain.html",
    "therapies": "pages/therapy.html",
}


class TemplatesAhead:
    """The templates of these inputs; those that pages of the `edited` files need are compiled first."""

    def __init__(self, inputs: Inputs, edited: Iterable[SourceFile] = ()) -> None:
        self._language = _language_of(inputs.sources)
        self._inputs = inputs
        self._first = {_TEMPLATES.get(source.path.partition("/")[0], "") for source in edited}
        # A process that lives on remembers what it compiled.
        self._ahead = None if _THEME in sys.modules else Ahead(self._compile)

    def __enter__(self) -> Self:
        """Nothing more: it has begun."""
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _: TracebackType | None
    ) -> None:
        """Lets the other process go."""
        if self._ahead:
            self._ahead.end()

    def _compile(self, tell: Tell) -> None:
        """Tells of each template as soon as it is compiled, and in the end of what is wrong with them."""
        from otpt_site.theme import Theme, compiled_in

        compiled_in(self._language).tell = lambda key, code: tell(msgspec.msgpack.encode((key, code)))
        theme = Theme(self._inputs.folders, self._language, self._inputs.engine)
        tell(msgspec.msgpack.encode(theme.look_through(self._first)))

    def take(self, language: str, *, wait: bool) -> "Findings | None":
        """Lets this process know what is compiled by now, in this language; with `wait`, all of it.

        What is wrong with the templates, if all were looked through.
        """
        from otpt_site.theme import Findings, compiled_in

        if self._ahead is None or language != self._language:
            return None
        findings = None
        for piece in self._ahead.pieces(wait=wait):
            match msgspec.msgpack.decode(piece, type=tuple[str, bytes] | Findings):
                case Findings() as found:
                    findings = found
                case key, code:
                    compiled_in(language).learn(key, code)
        return findings


def _language_of(sources: Iterable[SourceFile]) -> str:
    """The site's language, as it seems to be before the settings are read. If it is not, work was done in vain."""
    settings = next((source.data for source in sources if source.path == _SITE_FILE), b"")
    found = _LANGUAGE.search(settings)
    return found[1].decode() if found else _DEFAULT_LANGUAGE
