"""The quick ways through Jinja2: what comes out is what Jinja2's own sandbox makes of the same template, or refuses."""

from unittest.mock import patch

import jinja2
import jinja2.sandbox
import msgspec
import pytest
from markupsafe import Markup

from otpt_site import sandbox
from otpt_site.sandbox import Sandbox

WORDS = {"Main": "Haupt<b>", "Half": "50 %%", "Call %(number)s": "Ruf %(number)s", "Broken": "100 %"}


class _Inner(msgspec.Struct, frozen=True):
    """What a view holds."""

    label: str = "<i>"
    _hidden: str = "no"
    names: tuple[str, ...] = ("a<", "b")

    @property
    def worked_out(self) -> str:
        """No field."""
        return "&"


class _Loose(msgspec.Struct, frozen=True):
    """What holds something that can change."""

    table: dict[str, str]


class _Shouting(str):
    """A text with an opinion on its own HTML."""

    __slots__ = ()

    def __html__(self) -> str:
        return f"<b>{self}</b>"


VALUES = {
    "inner": _Inner(),
    "text": "<a href='x'>&\"",
    "markup": Markup("<br>"),
    "shouting": _Shouting("hey"),
    "number": 3,
    "table": {"key": "<value>", "items": "mine"},
    "letters": ["a", "b<"],
    "loose": _Loose({"a": "<"}),
}


def _environment(kind: type[jinja2.sandbox.SandboxedEnvironment], **options: bool) -> jinja2.Environment:
    loader = jinja2.DictLoader({"part.html": PART})
    made = kind(loader=loader, undefined=jinja2.StrictUndefined, **options)
    made.globals.clear()
    made.add_extension("jinja2.ext.i18n")
    made.install_gettext_callables(lambda word: WORDS.get(word, word), lambda one, *_: one, newstyle=True)  # type: ignore[attr-defined]
    return made


PART = """{% macro one(a, b="<none>", c=()) %}{{ a }}{{ b }}{{ c | join }}{% endmacro %}
{% macro word() %}{{ _("Main") }}{% endmacro %}
{% macro spread(a) %}{{ a }}{{ varargs | join }}{{ kwargs.x }}{% endmacro %}
{% macro around(a) %}<p>{{ caller(a) }}</p>{% endmacro %}
{% autoescape false %}{% macro raw(a) %}{{ a }}{% endmacro %}{% endautoescape %}"""


def _outcome(environment: jinja2.Environment, template: str) -> str:
    source = '{% from "part.html" import one, word, spread, around, raw %}' + template
    try:
        return environment.from_string(source).render(VALUES)
    except (jinja2.TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        return f"{type(error).__name__}: {error}"


@pytest.mark.parametrize(
    "template",
    [
        "{{ text }}{{ markup }}{{ shouting }}{{ number }}{{ letters }}{{ none }}",
        "{{ inner.label }}{{ inner.names[0] }}{{ inner.worked_out }}{{ inner.names | join }}",
        "{{ inner._hidden }}",
        "{{ inner.__class__ }}",
        "{{ inner.missing }}",
        "{{ inner['label'] }}",
        "{{ gone }}",
        "{{ gone.label }}",
        "{{ text.format(1) }}{{ '{0.__class__}'.format(text) }}",
        "{{ inner.label.upper() }}{{ markup.upper() }}",
        "{{ table.key }}{{ table.items }}{{ table['key'] }}",
        "{{ letters.append(1) }}",
        "{{ one(text) }}{{ one(markup, text) }}{{ one(text, c=letters) }}{{ one(b=1, a=2) }}",
        "{{ one() }}",
        "{{ one(1, 2, 3, 4) }}",
        "{{ one(1, d=4) }}",
        "{{ one(one(text)) }}{{ [one(text)] }}{{ one(text) ~ text }}",
        "{% for letter in letters %}{{ one(letter) }}{{ loop.index }}{{ _('Main') }}{% endfor %}",
        "{{ spread(1, text, 3, x=text) }}",
        "{{ spread(1) }}",
        "{% call(x) around(text) %}{{ x }}!{% endcall %}",
        "{{ around(text) }}",
        "{{ raw(text) }}",
        "{{ word() }}",
        "{{ text() }}",
        "{% autoescape false %}{{ text }}{{ one(text) }}{{ raw(text) }}{{ _('Main') }}{% endautoescape %}",
        "{{ _('Main') }}{% autoescape false %}{{ one(_('Main')) }}{% endautoescape %}{{ one(_('Main')) }}",
        "{% autoescape number %}{{ text }}{{ one(text) }}{{ raw(text) }}{{ _('Main') }}{% endautoescape %}",
        "{% set x %}{{ text }}{% endset %}{{ x }}{{ one(x) }}",
        "{{ _('Main') }}{{ _('Main') }}{{ _('unknown <') }}{{ _('Half') }}",
        "{{ _('Call %(number)s', number=text) }}",
        "{{ _('Call %(number)s') }}",
        "{{ _('Broken') }}",
        "{{ _(text) }}{{ _(markup) }}",
        "{{ _(letters) }}",
        "{{ _(gone) }}",
        "{{ gettext('Main') }}",
        "{% set _ = 'mine' %}{{ _ }}",
        "{% macro _(a) %}own {{ a }}{% endmacro %}{{ _('Main') }}",
        "{% trans %}Main{% endtrans %}{% trans number=text %}Call {{ number }}{% endtrans %}",
        "{% block b %}{{ one(text) }}{{ _('Main') }}{% endblock %}{{ self.b() }}",
        "{% include 'part.html' %}",
        "{{ one(1) }}{{ one(true) }}{{ one('1') }}{{ one(1.0) }}{{ one(none) }}",
        "{{ one('<') }}{{ one('<' | safe) }}{{ one('<') }}{{ one('<', b=1) }}{{ one('<', 1) }}{{ one('<', true) }}",
        "{{ one(inner) }}{{ one(inner) }}{{ one(loose) }}{{ one(loose) }}{{ one(letters) }}{{ one(shouting) }}",
        "{{ one(text) }}{% autoescape false %}{{ one(text) }}{{ word() }}{% endautoescape %}{{ one(text) }}",
        "{% set n = 1 %}{% macro own() %}{{ n }}{% endmacro %}{{ own() }}{% set n = 2 %}{{ own() }}",
        "{% import 'part.html' as part with context %}{{ part.one(1) }}{{ part.one(1) }}",
        "{% for _ in letters %}{{ _ }}{% endfor %}{{ _('Main') }}",
        "{% import 'part.html' as _ %}{{ _.one(1) }}{{ _('Main') }}",
        "{% from 'part.html' import one as _ %}{{ _('Main') }}",
        "{% from 'part.html' import _ %}{{ _('Main') }}",
        "{{ [_('Main')] }}{{ _('Main') | upper }}{{ _('Main') ~ text }}{{ _('Main') if number else _('Half') }}",
        "{% set _two = _('Main') %}{{ _two }}{% for word in [_('Main'), _('Half')] %}{{ word }}{% endfor %}",
        "{{ _('Main', **table) }}",
        "{{ _(*letters) }}",
        "{{ _('Main', 'Half') }}",
        "{{ _() }}{{ _(3) }}",
    ],
)
def test_what_comes_out_is_what_comes_out_of_jinja(template: str) -> None:
    ours = _environment(Sandbox)
    plain = _environment(jinja2.sandbox.ImmutableSandboxedEnvironment, autoescape=True)
    assert _outcome(ours, template) == _outcome(plain, template)


def test_some_of_these_templates_come_to_something() -> None:
    ours = _environment(Sandbox)
    assert _outcome(ours, "{{ one(text) }}{{ inner.label }}") == (
        "&lt;a href=&#39;x&#39;&gt;&amp;&#34;&lt;none&gt;&lt;i&gt;"
    )
    assert _outcome(ours, "{{ _('Main') }} {{ inner.label }}") == "Haupt<b> &lt;i&gt;"
    assert "SecurityError" in _outcome(ours, "{{ inner.__class__.__mro__ }}")


def _times_filled(template: str, number: int = 1) -> int:
    """How many macros were filled to fill this template so many times."""
    ours = _environment(Sandbox)
    made = ours.from_string('{% from "part.html" import one %}' + template)
    with patch.object(Sandbox, "_filled", autospec=True, side_effect=Sandbox._filled) as filled:
        texts = {made.render(VALUES) for _ in range(number)}
    assert len(texts) == 1
    return filled.call_count


def test_what_a_shared_macro_made_of_steady_values_is_remembered() -> None:
    assert _times_filled("{{ one(text) }}{{ one(text) }}{{ one(inner) }}{{ one(inner, 3) }}", 5) == 3
    assert _times_filled("{{ one(letters) }}{{ one(letters) }}", 2) == 4
    assert _times_filled("{{ one(loose) }}{{ one(text) }}", 3) == 6
    assert _times_filled("{% macro own(a) %}{{ a }}{% endmacro %}{{ own(text) }}{{ own(text) }}", 2) == 4


def test_no_more_is_remembered_than_has_room() -> None:
    with patch.object(sandbox, "_MOST", 2):
        assert _times_filled("{{ one(1) }}{{ one(2) }}{{ one(3) }}{{ one(3) }}", 2) == 6


def test_words_are_no_calls() -> None:
    ours = _environment(Sandbox)
    made = ours.from_string("<p>{{ _('Main') }}</p>{{ _('Call %(number)s', number=3) }}")
    with patch.object(Sandbox, "call", autospec=True, side_effect=Sandbox.call) as call:
        assert made.render() == "<p>Haupt<b></p>Ruf 3"
    assert call.call_count == 1
