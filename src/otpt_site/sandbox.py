"""Jinja2 as we use it: shut, so that templates reach nothing but their view, and without work that bears no fruit.

A page asks for some two hundred values, calls eighty macros and sixty words of the interface. Jinja2 looks at each of
these anew for what they might be elsewhere: a mutable list, a function that wants the context, a word with variables
in it. Here most are known at once for what they are. Words are put into the templates as these are compiled, and what a
shared macro made of some values is remembered: a card, a source or a tag looks the same on every page. What comes out
is the same, and what is not known goes Jinja2's own way.
"""

import datetime
from collections.abc import Callable, Iterable
from enum import Enum
from typing import Any, Final

import jinja2
import jinja2.compiler
import jinja2.sandbox
import markupsafe
import msgspec
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

# What the compiler hands on with every call, for functions that want to see the variables around it.
_AROUND: Final = frozenset({"_loop_vars", "_block_vars"})
# What `escape` calls for a text. It makes Markup of what comes out, which takes several times as long as to escape it.
_escaped: Final = getattr(markupsafe, "_escape_inner", escape)
# What says what a name means, and whether a text is escaped.
_MEANING: Final = (
    jinja2.nodes.EvalContextModifier,
    jinja2.nodes.FromImport,
    jinja2.nodes.Import,
    jinja2.nodes.Macro,
    jinja2.nodes.Name,
)
# What the words of the interface go by.
_GETTEXT: Final = "_"
# Types whose values never change and look the same in every template, whatever else they are equal to.
_STEADY: Final = frozenset({str, Markup, int, bool, type(None), datetime.date})
# So much is remembered of each macro: it must not grow with the site.
_MOST: Final = 1_000


def shown(value: object) -> str:
    """What `markupsafe.escape` makes of a value; what is escaped already is not looked at again."""
    kind = type(value)
    if kind is Markup:
        return value  # type: ignore[return-value]
    return _escaped(value) if kind is str else escape(value)


def as_it_is(text: str) -> Markup:
    """What `Markup` makes of a text; it would ask first whether that has ideas of its own about its HTML."""
    return str.__new__(Markup, text)


class _Compiler(jinja2.compiler.CodeGenerator):
    """Lets templates escape with `shown`."""

    def visit_Template(self, node: jinja2.nodes.Template, frame: jinja2.compiler.Frame | None = None) -> None:  # noqa: N802
        """Writes the module of a template. The environment is among its names when it is run."""
        self.writeline("shown = environment.shown")
        super().visit_Template(node, frame)

    def _output_child_pre(self, node: jinja2.nodes.Expr, frame: jinja2.compiler.Frame, finalize: Any) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("shown(")
        else:
            super()._output_child_pre(node, frame, finalize)


class _Fields(dict[type, frozenset[str]]):
    """The fields of a view's type, which hold plain values; none of any other type."""

    def __missing__(self, kind: type) -> frozenset[str]:
        fields = kind.__struct_fields__ if issubclass(kind, msgspec.Struct) else ()
        return self.setdefault(kind, frozenset(name for name in fields if not name.startswith("_")))


class _Steady(dict[tuple[type, ...], bool]):
    """Whether values of these types, in this order, can be told apart by what they are equal to."""

    def __missing__(self, kinds: tuple[type, ...]) -> bool:
        steady = all(
            kind in _STEADY
            or issubclass(kind, Enum)
            or (issubclass(kind, msgspec.Struct) and kind.__struct_config__.frozen)
            for kind in kinds
        )
        return self.setdefault(kinds, steady)


class _Words(NodeTransformer):
    """Puts the words of the interface into a template, where they have no variables in them."""

    def __init__(self, environment: "Sandbox") -> None:
        self._environment = environment

    def visit_Call(self, node: jinja2.nodes.Call) -> jinja2.nodes.Node:  # noqa: N802
        """The word in the place of the call for it."""
        called, further = node.node, (node.kwargs, node.dyn_args, node.dyn_kwargs)
        if isinstance(called, jinja2.nodes.Name) and called.name == _GETTEXT and len(node.args) == 1:
            asked = node.args[0]
            if isinstance(asked, jinja2.nodes.Const) and isinstance(asked.value, str) and not any(further):
                return self._word(node, asked.value)
        return self.generic_visit(node)

    def _word(self, call: jinja2.nodes.Call, asked: str) -> jinja2.nodes.Node:
        try:
            return jinja2.nodes.Const(self._environment.word(asked), lineno=call.lineno)
        except Exception:  # noqa: BLE001 # a faulty translation fails the page that shows it
            return call


def _takes_words(template: jinja2.nodes.Template) -> bool:
    """Whether each call for a word means the same: none where escaping changes, nor where `_` is something else."""
    return not any(
        isinstance(node, jinja2.nodes.EvalContextModifier) or _GETTEXT in _given(node)
        for node in template.find_all(_MEANING)
    )


def _given(node: jinja2.nodes.Node) -> Iterable[str]:
    """The names to which a part of a template gives a meaning."""
    if isinstance(node, jinja2.nodes.FromImport):
        return [one if isinstance(one, str) else one[1] for one in node.names]
    if isinstance(node, jinja2.nodes.Import):
        return [node.target]
    if isinstance(node, jinja2.nodes.Name):
        return [] if node.ctx == "load" else [node.name]
    return [node.name] if isinstance(node, jinja2.nodes.Macro) else []


class _Template(jinja2.Template):
    """Tells the environment of the macros in it that see nothing but their arguments."""

    def make_module(self, *variables: Any, **named: Any) -> TemplateModule:
        """The module of the template, for one that imports it. Without variables it is the same for all."""
        module = super().make_module(*variables, **named)
        if not (variables or named) and isinstance(self.environment, Sandbox):
            self.environment.share(value for value in module.__dict__.values() if type(value) is Macro)
        return module


class Compiled(jinja2.BytecodeCache):
    """The templates that this process compiled before, by their text: a preview fills them again and again.

    They hold the words of one language. `tell` hears of each that is compiled, and another process may `learn` it.
    """

    def __init__(self) -> None:
        self._compiled: dict[str, bytes] = {}
        self.tell: Callable[[str, bytes], None] | None = None

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Puts into the bucket what is kept for its name; Jinja looks whether that was made of the same text."""
        if bucket.key in self._compiled:
            bucket.bytecode_from_string(self._compiled[bucket.key])

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Keeps what was compiled."""
        code = self._compiled[bucket.key] = bucket.bytecode_to_string()
        if self.tell:
            self.tell(bucket.key, code)

    def learn(self, key: str, code: bytes) -> None:
        """Keeps what another process of this program compiled."""
        self._compiled[key] = code


class Sandbox(jinja2.sandbox.ImmutableSandboxedEnvironment):
    """Keeps templates from the file system and the clock, to which Python lets any value lead."""

    code_generator_class = _Compiler
    template_class = _Template
    shown = staticmethod(shown)

    def __init__(self, **options: Any) -> None:
        super().__init__(autoescape=True, cache_size=-1, auto_reload=False, **options)
        self._safe: dict[tuple[type, str], bool] = {}
        self._fields = _Fields()
        self._steady = _Steady()
        self._filled_before: dict[Macro, dict[Any, Markup]] = {}
        self._parsed: dict[tuple[str | None, str], jinja2.nodes.Template] = {}

    def parse_ahead(self, source: str, name: str) -> jinja2.nodes.Template:
        """The tree of a template that will be compiled: it is not parsed again for that."""
        tree = self._parsed[name, source] = self.parse(source, name)
        return tree

    def _parse(self, source: str, name: str | None, filename: str | None) -> jinja2.nodes.Template:
        # Taken out: to compile a tree changes it.
        return self._parsed.pop((name, source), None) or super()._parse(source, name, filename)

    def _generate(self, source: jinja2.nodes.Template, *options: Any, **named: Any) -> str:
        """Compiles a template, its words put in."""
        if _GETTEXT in self.globals and _takes_words(source):
            _Words(self).visit(source)
        return super()._generate(source, *options, **named)

    def share(self, macros: Iterable[Macro]) -> None:
        """Remember what these macros make of their arguments."""
        self._filled_before |= {macro: {} for macro in macros}

    def make_globals(self, d: Any) -> Any:
        """What a template knows beside its view: the words. Jinja2 would put a layer for its own on top for each."""
        return super().make_globals(d) if d else self.globals

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Asked for what is no field. The answer depends on the type alone, and is worked out once for each."""
        known = (type(obj), attr)
        if known not in self._safe:
            self._safe[known] = super().is_safe_attribute(obj, attr, value)
        return self._safe[known]

    def getattr(self, obj: Any, attribute: str) -> Any:
        """The value that a template asks for. The field of a view is safe: it holds nothing that could be called."""
        if attribute in self._fields[type(obj)]:
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)

    def call(self, context: Context, called: Any, /, *args: Any, **kwargs: Any) -> Any:
        """What a template calls: as a rule a macro."""
        if type(called) is Macro and kwargs.keys() <= _AROUND:
            before = self._filled_before.get(called)
            if before is not None and context.eval_ctx.autoescape and self._steady[kinds := tuple(map(type, args))]:
                return self._remembered(context, called, args, kinds, before)
            return self._filled(context, called, args)
        return super().call(context, called, *args, **kwargs)

    def _remembered(
        self, context: Context, macro: Macro, args: tuple[Any, ...], kinds: tuple[type, ...], before: dict[Any, Markup]
    ) -> Any:
        """What a shared macro makes of these values, now or before."""
        key = (args, kinds)
        try:
            known = before.get(key)
        except TypeError:  # one of them holds what can change, such as a table
            del self._filled_before[macro]
            return self._filled(context, macro, args)
        if known is None:
            if len(before) >= _MOST:
                before.clear()
            known = before[key] = self._filled(context, macro, args)
        return known

    def _filled(self, context: Context, macro: Macro, args: tuple[Any, ...]) -> Any:
        """What a macro makes of these values, which stand for its arguments in their order."""
        lacking = len(macro.arguments) - len(args)
        if lacking < 0 or macro.caller or macro.catch_kwargs or macro.catch_varargs:
            return macro(context.eval_ctx, *args)
        text = macro._func(*args, *(missing,) * lacking)  # noqa: SLF001 - what the macro itself would call, after asking all this again
        return as_it_is(text) if context.eval_ctx.autoescape else text  # a template escapes what it fills in

    def word(self, asked: str) -> Any:
        """A word of the interface in the language of the site."""
        around = Context(self, self.globals, None, {})
        return super().call(around, self.globals[_GETTEXT], asked)
