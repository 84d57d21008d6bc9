"""The templates: finds them, proves that they are closed, and fills them. The only user of Jinja2.

A template sees the values of its view, the pure filters below and the interface words; nothing else. Names of
templates are literals, so that all a page depends on can be known and digested before it is filled.
"""

import datetime
import hashlib
import traceback
from collections.abc import Iterator, Sequence
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Final

import jinja2
import jinja2.meta
import msgspec
from babel import Locale, dates, support
from markupsafe import Markup

from otpt_site.diagnostics import Diagnostic, Place, problem

_LIBRARIES: Final = ("jinja2", "markupsafe", "babel", "markdown", "pymdown-extensions", "nh3", "msgspec")
_PACKAGE: Final = Path(__file__).parent


def template_folders(project_templates: Path) -> tuple[Path, ...]:
    """Where templates are looked up, first the project's own, then those that came with the tool."""
    shipped = [_PACKAGE / "templates", _PACKAGE.parents[1] / "templates"]
    folders = [project_templates, *shipped]
    return tuple(dict.fromkeys(folder.resolve() for folder in folders if folder.is_dir()))


class TemplateFailure(Exception):
    """A template could not be read or filled; holds the diagnostic."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


class Theme:
    """The templates of one language, in the folders given."""

    def __init__(self, folders: Sequence[Path], language: str) -> None:
        self._folders = folders
        self._locale = Locale.parse(language, sep="-")
        loader = jinja2.FileSystemLoader(folders)
        self._environment = jinja2.Environment(
            loader=loader,
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        # Jinja's own globals (range, dict, lipsum, cycler …) include a source of chance: only the words remain.
        self._environment.globals.clear()
        self._environment.add_extension("jinja2.ext.i18n")
        words = support.Translations.load(_PACKAGE / "locale", [str(self._locale)])
        self._environment.install_gettext_translations(words, newstyle=True)  # type: ignore[attr-defined]
        self._environment.filters["html"] = Markup
        self._environment.filters["day"] = self._day
        self._environment.filters["iso"] = datetime.date.isoformat
        self._closures: dict[str, str] = {}

    def _day(self, day: datetime.date) -> str:
        return dates.format_date(day, format="long", locale=self._locale)

    @cached_property
    def _engine_digest(self) -> str:
        """Digest of what renders beside the templates: our own source, the libraries, the locale and its words."""
        digest = hashlib.sha256(str(self._locale).encode())
        for library in _LIBRARIES:
            digest.update(f"{library} {version(library)}\n".encode())
        for path in sorted([*_PACKAGE.rglob("*.py"), *_PACKAGE.rglob("locale/**/*.mo")]):
            digest.update(path.relative_to(_PACKAGE).as_posix().encode() + path.read_bytes())
        return digest.hexdigest()

    def fingerprint(self, template: str, view: msgspec.Struct) -> str:
        """The digest of all that the page made of `view` depends on. Raises TemplateFailure."""
        digest = hashlib.sha256(self._engine_digest.encode())
        digest.update(self.closure_digest(template).encode())
        digest.update(msgspec.json.encode(view, order="sorted"))
        return digest.hexdigest()

    def closure_digest(self, template: str) -> str:
        """The digest of a template and all that it extends, includes and imports. Raises TemplateFailure."""
        if template not in self._closures:
            digest = hashlib.sha256()
            for name in sorted(self._closure(template)):
                digest.update(f"{name}\0{self._source(name, template)}\0".encode())
            self._closures[template] = digest.hexdigest()
        return self._closures[template]

    def _closure(self, template: str) -> set[str]:
        closed: set[str] = set()
        waiting = [template]
        while waiting:
            name = waiting.pop()
            if name not in closed:
                closed.add(name)
                waiting.extend(self._named_in(name, template))
        return closed

    def _source(self, name: str, asked_by: str) -> str:
        try:
            return self._environment.loader.get_source(self._environment, name)[0]  # type: ignore[union-attr]
        except jinja2.TemplateNotFound:
            raise TemplateFailure(
                problem("template-missing", Place(f"templates/{asked_by}"), f"there is no template '{name}'")
            ) from None

    def _named_in(self, name: str, asked_by: str) -> Iterator[str]:
        try:
            tree = self._environment.parse(self._source(name, asked_by), name)
        except jinja2.TemplateSyntaxError as error:
            raise TemplateFailure(self._syntax_problem(error)) from None
        for reference in jinja2.meta.find_referenced_templates(tree):
            if reference is None:
                raise TemplateFailure(
                    problem(
                        "dynamic-template",
                        self._dynamic_place(tree, name),
                        "the name of the template is worked out, not written",
                    )
                )
            yield reference

    def _dynamic_place(self, tree: jinja2.nodes.Template, name: str) -> Place:
        kinds = (jinja2.nodes.Extends, jinja2.nodes.Include, jinja2.nodes.Import, jinja2.nodes.FromImport)
        for node in tree.find_all(kinds):
            if isinstance(node, kinds) and not isinstance(node.template, jinja2.nodes.Const):
                return Place(f"templates/{name}", node.lineno)
        return Place(f"templates/{name}")

    def render(self, template: str, view: msgspec.Struct) -> str:
        """The text of the page made of `view`. Raises TemplateFailure."""
        values = {name: getattr(view, name) for name in view.__struct_fields__}
        try:
            return self._environment.get_template(template).render(values)
        except jinja2.TemplateNotFound as error:
            raise TemplateFailure(
                problem("template-missing", Place(f"templates/{template}"), f"there is no template '{error.name}'")
            ) from None
        except jinja2.TemplateSyntaxError as error:
            raise TemplateFailure(self._syntax_problem(error)) from None
        except Exception as error:  # noqa: BLE001 - whatever an editor's template does wrong is a problem to report
            raise TemplateFailure(self._failure(template, error)) from error

    def _syntax_problem(self, error: jinja2.TemplateSyntaxError) -> Diagnostic:
        return problem(
            "template-syntax",
            Place(f"templates/{error.name}", error.lineno),
            f"the template can't be read: {error.message}",
        )

    def _failure(self, template: str, error: Exception) -> Diagnostic:
        """The innermost line of a template that the error passed through."""
        place = Place(f"templates/{template}")
        for step in traceback.extract_tb(error.__traceback__):
            for folder in self._folders:
                path = Path(step.filename)
                if path.is_relative_to(folder) and step.lineno:
                    place = Place(f"templates/{path.relative_to(folder).as_posix()}", step.lineno)
        said = str(error) or type(error).__name__
        return problem("template-error", place, f"the template failed: {said}")
