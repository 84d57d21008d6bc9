"""What the target of a link means: a reference, a setting, an address elsewhere, or something to refuse."""

import html
import re
from difflib import get_close_matches
from typing import Final

from msgspec import Struct

from otpt_site.markup.prose import ReferenceHole, SettingHole, Spot, TermHole

KINDS: Final = ("condition", "goal", "comparison", "article", "therapy", "page", "person", "source", "term", "site")
SETTINGS: Final = ("emergency", "crisis", "feedback")
_OUTSIDE: Final = ("http", "https", "mailto", "tel")
_DANGEROUS: Final = frozenset(
    "about blob chrome data file filesystem ftp ftps git intent jar javascript livescript magnet mhtml mocha ms-its"
    " sftp skype sms ssh vbscript view-source ws wss".split()
)
# Browsers drop some of these inside a scheme and trim others; taking all of them out is the safe side.
_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufffd]+")
_WORD = re.compile(r"([^\W\d_][\w+.-]*):")
_HOST = re.compile(r"(?i)(www\.|[a-z0-9-]+(\.[a-z0-9-]+)*\.(com|org|net|gov|edu|uk|eu|int|info)(/|$))")


class Reference(Struct, frozen=True):
    """A link into the guide: one of KINDS, or `self` for a heading of the same page."""

    kind: str
    id: str
    fragment: str


class Outside(Struct, frozen=True):
    """A link to an address elsewhere; `page` tells web pages from mail and telephone."""

    page: bool


class Refused(Struct, frozen=True):
    """A link that is taken out, and why."""

    rule: str
    message: str
    hint: str = ""


def likely(word: str, known: tuple[str, ...]) -> str:
    """The known word that was probably meant, or nothing."""
    return next(iter(get_close_matches(word.lower(), known, 1, 0.6)), "")


def did_you_mean(word: str, known: tuple[str, ...], shape: str = "{}") -> str:
    """A hint for a word that is not known; `shape` is how the word is written."""
    near = likely(word, known)
    return f"Did you mean {shape.format(near)}?" if near else f"Use one of: {', '.join(known)}."


def read_target(href: str) -> Reference | Outside | Refused:
    """What a target means, as typed between the round brackets of a link."""
    bare = _INVISIBLE.sub("", html.unescape(href))
    if not bare:
        message = "this link leads nowhere: nothing stands in its round brackets"
        return Refused("unknown-reference", message, "Write where it leads: [stroke](condition:stroke).")
    if bare.startswith("#"):
        return Reference("self", "", href.strip()[1:])
    word = _WORD.match(bare)
    if word is None:
        return _without_word(bare)
    return _with_word(word[1], bare, href)


def hole_of(reference: Reference, spot: Spot) -> ReferenceHole | TermHole | SettingHole:
    """What stands in a text for a reference, whose words are not known yet."""
    if reference.kind == "term":
        return TermHole(reference.id, "", spot)
    if reference.kind == "site":
        return SettingHole(reference.id, "", spot)
    return ReferenceHole(reference.kind, reference.id, reference.fragment, "", spot)


def _without_word(bare: str) -> Refused:
    """A target that names neither a kind nor a scheme."""
    if bare.startswith(("//", "\\")):
        return Refused("unsafe-link", f"{bare!r} leads to another site without saying how")
    hint = f"Write https://{bare}." if _HOST.match(bare) else ""
    return Refused("unlinked-page", f"{bare!r} is an address, not a reference", hint)


def _with_word(word: str, bare: str, href: str) -> Reference | Outside | Refused:
    """A target that begins with a word and a colon."""
    if word in KINDS and href.strip().startswith(f"{word}:"):
        return _reference(word, href.strip()[len(word) + 1 :])
    scheme = word.lower()
    if scheme in _OUTSIDE and href.strip().lower().startswith(f"{scheme}:"):
        return Outside(scheme.startswith("http"))
    if scheme in _OUTSIDE or scheme in _DANGEROUS or bare[len(word) :].startswith("://"):
        return Refused("unsafe-link", f"links that begin with {scheme}: are not allowed")
    return Refused("unknown-kind", f"{word!r} is not a kind of page", did_you_mean(word, KINDS, "{}:"))


def _reference(kind: str, rest: str) -> Reference | Refused:
    """A reference of a known kind; settings are checked here, as there are only a few."""
    name, _, fragment = rest.partition("#")
    if kind == "site" and name not in SETTINGS:
        message = f"the site has no setting {name!r} to put here"
        return Refused("unknown-reference", message, did_you_mean(name, SETTINGS, "site:{}"))
    return Reference(kind, name.strip(), fragment)
