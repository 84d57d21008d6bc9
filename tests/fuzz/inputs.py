"""What the fuzzers type: places to type into, signs that mean something there, and texts to begin with."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from tests.kit import DEFAULTS, article, comparison, condition, plain_page

ROOT: Final = Path(__file__).parents[2]


class Target(NamedTuple):
    """A place to type into: the file, and the file's text made of what is typed."""

    path: str
    whole: Callable[[str], str]


def _whole(text: str) -> str:
    return text


def _front_matter(text: str) -> str:
    return f"---\n{text}\n---\n\nText.\n"


def _quoted(text: str) -> str:
    return condition(why=f'"{text}"')


def _plain(text: str) -> str:
    return condition(why=text, questions=f"[{text}]")


def _block(text: str) -> str:
    return condition(why="|\n  " + text.replace("\n", "\n  "))


def _goal(text: str) -> str:
    return DEFAULTS["goals.yaml"].replace("It builds strong legs", text)


def _row(text: str) -> str:
    return f"{DEFAULTS['glossary.yaml']}- {text}\n"


TARGETS: Final = {
    "page": Target("conditions/x.md", _whole),
    "keys": Target("conditions/x.md", _front_matter),
    "quoted": Target("conditions/x.md", _quoted),
    "plain": Target("conditions/x.md", _plain),
    "block": Target("conditions/x.md", _block),
    "body": Target("conditions/x.md", condition),
    "comparison": Target("comparisons/x.md", comparison),
    "article": Target("articles/x.md", article),
    "about": Target("pages/x.md", plain_page),
    "goal": Target("goals.yaml", _goal),
    "row": Target("glossary.yaml", _row),
    "goals": Target("goals.yaml", _whole),
    "glossary": Target("glossary.yaml", _whole),
    "safety": Target("safety.yaml", _whole),
    "sources": Target("sources.yaml", _whole),
    "people": Target("people.yaml", _whole),
    "words": Target("words.yaml", _whole),
    "site": Target("site.yaml", _whole),
}
# Signs that mean something to YAML or Markdown, so that many inputs come close to being right.
SIGNS: Final = (
    *" \n\t-:#\"'[]{}|>*&!%@`,?~\\/^_<=()+.;$",
    *("\n- ", ": ", "\n  ", "\n    ", "---\n", "...\n", "\n\n", "  \n", "\n: ", "1. ", "\n> ", "\n# ", "\n===\n"),
    *("why: ", "lead: pt\n", "draft: true\n", "a", "A", "é", "😀", "1", "no", "12:30", "2026-11-23"),
    *("\u00a0", "\u2028", "\x85", "\ufeff", "\x07", "\r\n", "\r", "\u200b", "\u0301", "\x02", "\x03", "\U000f0001"),
    *("[a](term:gait)", "[@trial-2020]", "[@", "[a](#b)", "[a](condition:stroke)", "](", "](<", "[](site:crisis)"),
    *("[a]: /b\n", "[a]", "[a][a]", "![a](media/x.svg)", "![", "https://a.example/", "<https://a.example>", "<a@b.c>"),
    *("/// note\n", "///\n", "/// pt-does\n", "/// safety | stroke-signs\n", "/// emergency | call\n", "\n## H\n"),
    *("<b>", "</b>", "<sub>", "<!--", "-->", "<script>", "</script>", "<span class=a>", "<?", "&amp;", "&#x41;", "&"),
    *("[^1]", "\n[^1]: a\n", "{: #x }", "{: .a b=c }", "{#x}", "\\*", "~~~\n", "```\n", "**", "__", "***", "--", "..."),
    *(
        "| a | b |\n| - | - |\n",
        "|",
        "*[PT]: a\n",
        "[here](#b)",
        " QX the elderly zq",
        "PT",
        "\n- id: x\n",
        "terms:\n",
        "goals:\n",
        "&a ",
        "*a",
        "!!x ",
        "<<: ",
    ),
)


def seeds() -> Iterator[tuple[str, str]]:
    """Texts to begin with, each with the target it belongs to: the shipped guide and the broken inputs."""
    broken = ROOT / "tests" / "broken"
    for path in sorted([*(ROOT / "content").rglob("*"), *broken.rglob("*")]):
        name = _target_of(path)
        if name and path.is_file():
            yield name, path.read_bytes().decode(errors="replace")


def _target_of(path: Path) -> str:
    if path.suffix == ".md":
        return "page"
    return path.stem if path.suffix == ".yaml" and path.stem in TARGETS else ""
