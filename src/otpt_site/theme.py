"""The templates: finds them, proves that they are closed, and fills them. The only user of Jinja2.

A template sees the values of its view, the pure filters below and the interface words; nothing else. Names of
templates are literals, so that all a page depends on can be known and digested before it is filled.
"""

import base64
import datetime
import hashlib
import json
import traceback
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import jinja2
import msgspec
from babel import Locale, UnknownLocaleError, dates, support
from markupsafe import Markup

from otpt_site.diagnostics import Diagnostic, Place, problem
from otpt_site.sandbox import Compiled, Sandbox, as_it_is
from otpt_site.template_files import TemplateFolder

_PACKAGE: Final = Path(__file__).parent
_REFERRING: Final = (jinja2.nodes.Extends, jinja2.nodes.Include, jinja2.nodes.Import, jinja2.nodes.FromImport)
# Tables are written in one order, however they came about.
_ENCODER: Final = msgspec.msgpack.Encoder(order="sorted")
# So much of a digest tells all values apart that a site can ever hold.
_ENOUGH_BYTES: Final = 16
# Where the templates of whole pages lie; all others are parts of these.
_WHOLE: Final = ("pages/", "machines/", "desk/")
_ENDINGS: Final = (".html", ".xml", ".txt", ".json")


def is_known_language(language: str) -> bool:
    """Whether dates and words can be written in this language, such as `en-US`."""
    try:
        Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError, TypeError):
        return False
    return True


def csp_hash(text: str) -> Markup:
    """The source expression that lets a Content-Security-Policy allow exactly this inline text.

    Source: https://www.w3.org/TR/CSP3/#grammardef-hash-source
    """
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return Markup(f"'sha256-{digest}'")  # noqa: S704 - base64 holds nothing to escape


class TemplateFailure(Exception):
    """A template could not be read or filled; holds the diagnostic."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


class Fingerprint(msgspec.Struct, frozen=True, array_like=True):
    """Two pages of one fingerprint are the same: the engine, the templates, and each value of the view, as digests."""

    engine: str
    templates: str
    values: dict[str, bytes]


class Findings(msgspec.Struct, frozen=True):
    """What is wrong with the templates as they are written, and the digest of all that each fine one pulls in."""

    problems: tuple[Diagnostic, ...]
    closures: dict[str, str]


class _Wanted(NamedTuple):
    """A template, and the template and line that ask for it."""

    name: str
    asked_by: str
    line: int = 0


class _Part(NamedTuple):
    """A template's text, and the templates that it asks for."""

    source: str
    wants: tuple[_Wanted, ...]


class _ReadOnce(jinja2.FileSystemLoader):
    """Reads each template once, so that what is filled is what was digested, whatever an editor does meanwhile."""

    def __init__(self, folders: Sequence[TemplateFolder]) -> None:
        super().__init__([folder.path for folder in folders])
        self._read: dict[str, tuple[str, str]] = {}

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        if template not in self._read:
            source, path, _ = super().get_source(environment, template)
            self._read[template] = (source, path)
        return (*self._read[template], lambda: True)


@cache
def compiled_in(_language: str) -> Compiled:
    """What this process compiled for a language, such as `en-US`."""
    return Compiled()


def _json(value: object, **options: Any) -> str:
    """What `tojson` makes of a value; of a view, an object with its fields."""
    return json.dumps(value, default=msgspec.structs.asdict, **options)


class Theme:
    """The templates of one language, in the folders given. `engine` is the digest of all else that renders."""

    def __init__(self, folders: Sequence[TemplateFolder], language: str, engine: str = "") -> None:
        self._folders = folders
        self._engine = engine
        self._locale = Locale.parse(language, sep="-")
        self._environment = Sandbox(
            loader=_ReadOnce(folders),
            bytecode_cache=compiled_in(language),
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        # Jinja's own globals (range, dict, lipsum, cycler …) include a source of chance: only the words remain.
        self._environment.globals.clear()
        del self._environment.filters["random"]
        self._environment.add_extension("jinja2.ext.i18n")
        words = support.Translations.load(_PACKAGE / "locale", [str(self._locale)])
        self._environment.install_gettext_translations(words, newstyle=True)  # type: ignore[attr-defined]
        self._environment.filters["html"] = as_it_is
        self._environment.filters["day"] = lru_cache(self._day)
        self._environment.filters["iso"] = datetime.date.isoformat
        self._environment.filters["csp_hash"] = csp_hash
        self._environment.policies["json.dumps_function"] = _json
        self._parts: dict[str, _Part] = {}
        self._closures: dict[str, str] = {}

    def _day(self, day: datetime.date) -> str:
        return dates.format_date(day, format="long", locale=self._locale)

    def look_through(self, first: Collection[str] = ()) -> Findings:
        """Looks through the templates as they are written, before any page is filled, and compiles them.

        Those named `first` come before others.
        """
        problems = tuple(self._problems(first))
        return Findings(problems, dict(self._closures))

    def trust(self, findings: Findings) -> None:
        """Takes what was found when the same templates were looked through before."""
        self._closures |= findings.closures

    def _problems(self, first: Collection[str]) -> Iterator[Diagnostic]:
        names = self._environment.list_templates(filter_func=_is_whole)
        for name in sorted(names, key=lambda name: name not in first):
            try:
                for part in sorted(self._closure(name)):
                    with self._telling(part):
                        self._environment.get_template(part)
                self.closure_digest(name)
            except TemplateFailure as failure:
                yield failure.diagnostic

    def fingerprint(self, template: str, view: msgspec.Struct) -> Fingerprint:
        """All that the page made of `view` depends on, as digests. Raises TemplateFailure."""
        values = {
            name: hashlib.sha256(_ENCODER.encode(getattr(view, name))).digest()[:_ENOUGH_BYTES]
            for name in view.__struct_fields__
        }
        return Fingerprint(f"{self._engine} {self._locale}", f"{template} {self.closure_digest(template)}", values)

    def closure_digest(self, template: str) -> str:
        """The digest of a template and all that it extends, includes and imports. Raises TemplateFailure."""
        if template not in self._closures:
            digest = hashlib.sha256(template.encode())
            for name, source in sorted(self._closure(template).items()):
                digest.update(f"\0{name}\0{source}".encode())
            self._closures[template] = digest.hexdigest()
        return self._closures[template]

    def _closure(self, template: str) -> dict[str, str]:
        """The names and texts of a template and of all that it pulls in."""
        closed: dict[str, str] = {}
        waiting = [_Wanted(template, template)]
        while waiting:
            wanted = waiting.pop()
            if wanted.name not in closed:
                part = self._part(wanted)
                closed[wanted.name] = part.source
                waiting.extend(part.wants)
        return closed

    def _part(self, wanted: _Wanted) -> _Part:
        if wanted.name not in self._parts:
            with self._telling(wanted.name, wanted):
                source = self._source(wanted.name)
                tree = self._environment.parse_ahead(source, wanted.name)
            self._parts[wanted.name] = _Part(source, tuple(self._wanted_by(tree, wanted.name)))
        return self._parts[wanted.name]

    def _source(self, name: str) -> str:
        loader = self._environment.loader
        return loader.get_source(self._environment, name)[0] if loader else ""

    def _wanted_by(self, tree: jinja2.nodes.Template, asked_by: str) -> Iterator[_Wanted]:
        for node in tree.find_all(_REFERRING):
            template = node.template  # type: ignore[attr-defined]
            choices = template.items if isinstance(template, jinja2.nodes.List | jinja2.nodes.Tuple) else [template]
            for choice in choices:
                if not (isinstance(choice, jinja2.nodes.Const) and isinstance(choice.value, str)):
                    place = self._place(asked_by, node.lineno)
                    message = "the name of the template is worked out, not written"
                    raise TemplateFailure(problem("dynamic-template", place, message))
                yield _Wanted(choice.value, asked_by, node.lineno)

    def _place(self, name: str, line: int = 0) -> Place:
        """A line of a template, in the folder where it was found."""
        for folder in self._folders:
            if (folder.path / name).is_file():
                return Place(f"{folder.shown}/{name}", line)
        return Place(f"{self._folders[0].shown if self._folders else 'templates'}/{name}", line)

    def render(self, template: str, view: msgspec.Struct) -> str:
        """The text of the page made of `view`. Raises TemplateFailure."""
        values = {name: getattr(view, name) for name in view.__struct_fields__}
        with self._telling(template):
            return self._environment.get_template(template).render(values)

    @contextmanager
    def _telling(self, template: str, wanted: _Wanted | None = None) -> Iterator[None]:
        """Turns what goes wrong with a template into a TemplateFailure that names its file and line."""
        try:
            yield
        except jinja2.TemplateNotFound as error:
            place = self._place(wanted.asked_by, wanted.line) if wanted else self._place(template)
            message = f"there is no template '{error.name}'"
            raise TemplateFailure(problem("template-missing", place, message)) from None
        except jinja2.TemplateSyntaxError as error:
            place = self._place(error.name or template, error.lineno)
            message = f"the template can't be read: {error.message}"
            raise TemplateFailure(problem("template-syntax", place, message)) from None
        except (OSError, UnicodeError) as error:
            message = f"the template can't be read: {error}"
            raise TemplateFailure(problem("template-syntax", self._place(template), message)) from None
        except Exception as error:  # whatever an editor's template does wrong is a problem to report
            raise TemplateFailure(self._failure(template, error)) from error

    def _failure(self, template: str, error: Exception) -> Diagnostic:
        """The innermost line of a template that the error passed through."""
        place = self._place(template)
        for step in traceback.extract_tb(error.__traceback__):
            for folder in self._folders:
                path = Path(step.filename)
                if path.is_relative_to(folder.path) and step.lineno:
                    place = Place(f"{folder.shown}/{path.relative_to(folder.path).as_posix()}", step.lineno)
        return problem("template-error", place, f"the template failed: {str(error) or type(error).__name__}")


def _is_whole(name: str) -> bool:
    return name.startswith(_WHOLE) and name.endswith(_ENDINGS) and not name.rpartition("/")[2].startswith(".")
