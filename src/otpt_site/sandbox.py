"""Jinja2 as we use it: shut, so that templates reach nothing but their view, and without work that bears no fruit.

A page asks for some two hundred values, calls eighty macros and sixty words of the interface. Jinja2 looks at each of
these anew for what they might be elsewhere: a mutable list, a function that wants the context, a word with variables
in it. Here most are known at once for what they are. What comes out is the same, and what is not known goes Jinja2's
own way.
"""

from typing import Any, Final

import jinja2
import jinja2.compiler
import jinja2.sandbox
import msgspec
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import Markup, escape

# What the compiler hands on with every call, for functions that want to see the variables around it.
_AROUND: Final = frozenset({"_loop_vars", "_block_vars"})


def shown(value: object) -> str:
    """What `markupsafe.escape` makes of a value; what is escaped already is not looked at again."""
    return value if type(value) is Markup else escape(value)


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


class Compiled(jinja2.BytecodeCache):
    """The templates that this process compiled before, by their text: a preview fills them again and again."""

    def __init__(self) -> None:
        self._compiled: dict[str, bytes] = {}

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Puts into the bucket what is kept for its name; Jinja looks whether that was made of the same text."""
        if bucket.key in self._compiled:
            bucket.bytecode_from_string(self._compiled[bucket.key])

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Keeps what was compiled."""
        self._compiled[bucket.key] = bucket.bytecode_to_string()


class Sandbox(jinja2.sandbox.ImmutableSandboxedEnvironment):
    """Keeps templates from the file system and the clock, to which Python lets any value lead."""

    code_generator_class = _Compiler
    shown = staticmethod(shown)

    def __init__(self, **options: Any) -> None:
        super().__init__(autoescape=True, cache_size=-1, auto_reload=False, **options)
        self._safe: dict[tuple[type, str], bool] = {}
        self._fields = _Fields()
        self._words: dict[str, Any] = {}

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
        """What a template calls: as a rule a macro, or a word of the interface that has no variables in it."""
        if kwargs.keys() <= _AROUND:
            if type(called) is Macro:
                return self._filled(context, called, args)
            if called is self.globals.get("_") and len(args) == 1 and context.eval_ctx.autoescape:
                return self._word(context, called, args[0])
        return super().call(context, called, *args, **kwargs)

    def _filled(self, context: Context, macro: Macro, args: tuple[Any, ...]) -> Any:
        """What a macro makes of these values, which stand for its arguments in their order."""
        lacking = len(macro.arguments) - len(args)
        if lacking < 0 or macro.caller or macro.catch_kwargs or macro.catch_varargs:
            return macro(context.eval_ctx, *args)
        text = macro._func(*args, *(missing,) * lacking)  # noqa: SLF001 - what the macro itself would call, after asking all this again
        return Markup(text) if context.eval_ctx.autoescape else text  # noqa: S704 - a template escapes what it fills in

    def _word(self, context: Context, gettext: Any, word: str) -> Any:
        """A word of the interface in the language of the site."""
        if word not in self._words:
            self._words[word] = super().call(context, gettext, word)
        return self._words[word]
