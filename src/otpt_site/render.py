"""The site plan to bytes: fills every template, and keeps going when one fails so that all failures are told."""

from collections.abc import Callable, Iterator

import msgspec

from otpt_site.diagnostics import Diagnostic, Report, problem
from otpt_site.pages.plan import Page, SitePlan, output_path
from otpt_site.theme import TemplateFailure, Theme


class OutputFile(msgspec.Struct, frozen=True):
    """A file of the site: its path in the output folder and its bytes."""

    path: str
    data: bytes


def render_site(
    plan: SitePlan, theme: Theme, report: Report, progress: Callable[[int, int], None]
) -> tuple[OutputFile, ...]:
    """Every file of the plan, pages rendered. A failing page is reported and left out.

    `progress` is called with the number of pages done and of all pages.
    """
    failures: dict[Diagnostic, str] = {}
    rendered = tuple(_rendered(plan, theme, failures, progress))
    for diagnostic, url in failures.items():
        # One faulty line fails many pages: it is told once, with the first page that it failed.
        report(msgspec.structs.replace(diagnostic, message=f"{diagnostic.message} (on the page {url})"))
    return rendered + tuple(OutputFile(output_path(file.url), file.data) for file in plan.files)


def _rendered(
    plan: SitePlan, theme: Theme, failures: dict[Diagnostic, str], progress: Callable[[int, int], None]
) -> Iterator[OutputFile]:
    for done, page in enumerate(plan.pages, start=1):
        try:
            yield render_page(page, theme)
        except TemplateFailure as failure:
            failures.setdefault(failure.diagnostic, page.url)
        progress(done, len(plan.pages))


def render_page(page: Page, theme: Theme) -> OutputFile:
    """One page. Raises TemplateFailure."""
    # Also proves that the page depends on nothing but what its fingerprint covers.
    theme.closure_digest(page.template)
    text = theme.render(page.template, page.view)
    try:
        return OutputFile(output_path(page.url), text.encode())
    except UnicodeEncodeError as error:
        sign = f"U+{ord(text[error.start]):04X}"
        message = f"the page holds the sign {sign}, which no file can hold"
        raise TemplateFailure(problem("template-error", page.origin, message, "Take it out of the text.")) from None
