"""Python-Markdown as we use it: with inline rules of ours, block rules that keep a tag, and a last look at the tree.

What a rule kept is read here and taken out again: links and pictures become hole characters with their places.
"""

import re
from collections import Counter
from html import unescape
from typing import Final, cast
from xml.etree.ElementTree import Element, SubElement

from markdown.blockprocessors import BlockProcessor, HashHeaderProcessor, ReferenceProcessor, SetextHeaderProcessor
from markdown.extensions import Extension
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.attr_list import AttrListExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.smarty import SmartyExtension
from markdown.extensions.tables import TableExtension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE, ETX, STX, AtomicString

from otpt_site.markup.captions import Captions
from otpt_site.markup.cleaning import RAW_TAGS, attribute_allowed
from otpt_site.markup.inline_rules import SIGNS, TAG_KEY, Reader, replace_inline_rules, tag_at
from otpt_site.markup.left_links import with_left_links
from otpt_site.markup.prose import ImageHole, Spot
from otpt_site.markup.sheet import CLOSE, HOLE, OPEN, TAG, Heads, Sheet, plain, untagged
from otpt_site.markup.swift import SwiftExtension
from otpt_site.markup.targets import Outside, Reference, hole_of, read_target

_HOLE_ELEMENT: Final = "our-hole"
_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
# What the site looks at even if it has no attributes.
_WITHOUT_ATTRIBUTES: Final = frozenset({"a", "img", *_HEADINGS, _HOLE_ELEMENT})
# The serializer writes an element without a name as what is in it and nothing around.
_NOTHING: Final = cast("str", None)
_IS_TAG: Final = re.compile(TAG)
_IS_HOLES: Final = re.compile(f"{HOLE}+")
_TARGET_START: Final = re.compile(r"[(:<]\s*<*\s*")
_TARGET: Final = re.compile(r"[^\s)>]*")
# What the library leaves behind where it cut one of its own marks in two, which some unpaired signs make it do.
_TORN: Final = re.compile("\x02?(?:klzzwxh:\\d+)?\x03|\x02")
_DEFINITION: Final = re.compile(ReferenceProcessor.RE.pattern.replace(r"\]:", rf"\]{TAG}:", 1), re.MULTILINE)


class Engine(Reader):
    """A Markdown reader for one text at a time; `sheet` is the text being read.

    `torn` tells that unpaired signs made the library lose words of the last text.
    """

    torn = False

    def __init__(self, inline: bool) -> None:
        footnotes = FootnoteExtension(BACKLINK_TITLE="", PLACE_MARKER=CLOSE)
        super().__init__(extensions=[footnotes, *_extensions(inline)], output_format="html")
        self.raw_tags = []
        self.inline = inline
        replace_inline_rules(self, footnotes)
        _replace_block_rules(self)
        self.treeprocessors.register(Captions(self), "captions", 30)
        self.treeprocessors.register(_Untag(self), "untag", 19)
        self.treeprocessors.register(_Holes(self), "holes", -10)
        SwiftExtension(SIGNS, _BLOCKS).extendMarkdown(self)

    def read(self, sheet: Sheet, text: str) -> str:
        """HTML with hole characters, for the text of the sheet as tagged."""
        self.sheet = sheet
        self.raw_tags.clear()
        html = untagged(self.reset().convert(text))
        _report_raw(self)
        self.torn = STX in html or ETX in html
        return _TORN.sub("", html) if self.torn else html


def _extensions(inline: bool) -> list[Extension]:
    # Made here: by a name, the library would look for them in the files of all that is installed.
    if inline:
        return [AttrListExtension(), SmartyExtension()]
    tables = TableExtension(use_align_attribute=True)
    return [
        AbbrExtension(), AttrListExtension(), DefListExtension(), FencedCodeExtension(), SaneListExtension(),
        SmartyExtension(), tables,
    ]  # fmt: skip


def _replace_block_rules(md: Engine) -> None:
    md.preprocessors.deregister("html_block")
    rules = md.parser.blockprocessors
    if md.inline:
        for name in "indent code hashheader setextheader hr olist ulist quote reference footnote".split():
            rules.deregister(name)
        return
    rules.register(_HoleParagraph(md.parser), "holes", 200)
    rules.register(_HashHeading(md.parser), "hashheader", 70)
    rules.register(_SetextHeading(md.parser), "setextheader", 60)
    rules.register(_Definition(md.parser), "reference", 15)


def _report_raw(md: Engine) -> None:
    """Report each foreign tag once: an end tag only when it has no beginning."""
    begun: Counter[str] = Counter()
    for start, length, tag in sorted(md.raw_tags, key=lambda found: found[0]):
        spot = md.sheet.spot(start, start + length)
        if tag.name in RAW_TAGS:
            if tag.foreign:
                message = f"{', '.join(tag.foreign)} is not allowed on <{tag.name}>"
                md.sheet.trouble("raw-html", spot, message, "Take it out of the tag.")
        elif tag.closes and begun[tag.name]:
            begun[tag.name] -= 1
        else:
            begun[tag.name] += not tag.closes
            name = f"<{'/' * tag.closes}{tag.name}>" if tag.name else "an HTML comment or declaration"
            md.sheet.trouble("raw-html", spot, f"{name} is not allowed", "" if tag.name else "Take it out.")


class _HoleParagraph(BlockProcessor):
    """A paragraph of hole characters, which `blocks.py` put in the place of a fence."""

    def test(self, _parent: Element, block: str) -> bool:
        return _IS_HOLES.fullmatch(block.strip("\n")) is not None

    def run(self, parent: Element, blocks: list[str]) -> None:
        SubElement(parent, _HOLE_ELEMENT).text = AtomicString(blocks.pop(0).strip("\n"))


class _HashHeading(HashHeaderProcessor):
    """`## Words`; the tag stands before the first sign."""

    RE = re.compile(rf"(?:^|\n)(?P<tag>{TAG})?" + HashHeaderProcessor.RE.pattern.removeprefix(r"(?:^|\n)"))

    def test(self, parent: Element, block: str) -> bool:
        return "#" in block and super().test(parent, block)

    def run(self, parent: Element, blocks: list[str]) -> None:
        found = self.RE.search(blocks[0])
        super().run(parent, blocks)
        if found and found["tag"]:
            parent[-1].set(TAG_KEY, found["tag"])


class _SetextHeading(SetextHeaderProcessor):
    """Words with a line of signs under them. No tag fits there: the sheet looks for the line."""

    def test(self, parent: Element, block: str) -> bool:
        return "\n" in block and super().test(parent, block)

    def run(self, parent: Element, blocks: list[str]) -> None:
        words = untagged(blocks[0].split("\n", 1)[0]).strip()
        super().run(parent, blocks)
        if tag := cast("Engine", self.parser.md).sheet.underlined(words):
            parent[-1].set(TAG_KEY, tag)


class _Definition(ReferenceProcessor):
    """`[label]: target`; the tag behind the bracket moves in front of the target."""

    def test(self, _parent: Element, block: str) -> bool:
        return "]" in block

    def run(self, parent: Element, blocks: list[str]) -> bool:
        original = blocks[0]
        blocks[0] = _DEFINITION.sub(_tag_before_target, original)
        if super().run(parent, blocks):
            return True
        blocks[0] = original
        return False


def _tag_before_target(m: re.Match[str]) -> str:
    tag = m.end(1) + 1
    target = m.end(2) - len(m[2].lstrip("<"))
    text = m.string
    return text[m.start() : tag] + text[tag + 1 : target] + text[tag] + text[target : m.end()]


_BLOCKS: Final = (_HoleParagraph, _HashHeading, _SetextHeading, _Definition)
"""Our block rules, all of which look for a sign at the beginning of a line."""


class _Untag(Treeprocessor):
    """Takes the tags out that nobody asked for: those in code and in what was no mark after all."""

    md: Engine

    def run(self, root: Element) -> None:
        some = _IS_TAG.search("".join(root.itertext())) is not None
        for element in root.iter():
            if some:
                element.text, element.tail = self._untag(element.text), self._untag(element.tail)
            for name, value in element.items():
                if name != TAG_KEY and value:
                    element.set(name, untagged(value))

    def _untag(self, text: str | None) -> str | None:
        if not text:
            return text
        if isinstance(text, AtomicString):
            return AtomicString(untagged(text))
        return untagged(with_left_links(self.md.sheet, text))


class _Holes(Treeprocessor):
    """The last look at the tree: links and pictures become holes, and attributes are looked over."""

    md: Engine

    def run(self, root: Element) -> None:
        if self.md.inline:
            for paragraph in root:
                paragraph.tag = _NOTHING
        for element in list(root.iter()):
            if not element.attrib and element.tag not in _WITHOUT_ATTRIBUTES:
                continue
            tag = _own_tag(element)
            if element.tag == "a":
                self._link(element, tag)
            elif element.tag == "img":
                self._image(element, tag)
            elif element.tag in _HEADINGS:
                self._heading(element, tag)
            elif element.tag == _HOLE_ELEMENT:
                element.tag = _NOTHING
            if element.tag is not _NOTHING:
                self._attributes(element)

    def _link(self, element: Element, tag: str) -> None:
        for inner in list(element.iter("a"))[1:]:
            inner.tag = _NOTHING
        if element.get("class") in ("footnote-ref", "footnote-backref"):
            element.attrib.pop("title", None)
            return
        href = _value(element, "href")
        meaning = read_target(href)
        spot = self._target_spot(tag, href)
        if isinstance(meaning, Outside):
            if meaning.page:
                element.set("rel", "external")
        elif isinstance(meaning, Reference):
            _wrap(element, OPEN + self.md.sheet.hole(hole_of(meaning, spot)), CLOSE)
        else:
            self.md.sheet.trouble(meaning.rule, spot, meaning.message, meaning.hint)
            element.tag = _NOTHING

    def _image(self, element: Element, tag: str) -> None:
        path, alt = _value(element, "src"), _value(element, "alt")
        sheet, spot = self.md.sheet, self._target_spot(tag, path)
        if not alt.strip():
            sheet.trouble(
                "missing-alt", self._brackets_spot(tag), "This picture has no words for those who can't see it"
            )
        if path.startswith("media/") and ".." not in path.split("/"):
            element.text = sheet.hole(ImageHole(path, alt, _value(element, "title"), spot))
        else:
            hint = "Put the picture into content/media/ and write its name: media/walker.png."
            sheet.trouble("missing-image", spot, f"{path!r} is not in media/: pictures come from content/media/", hint)
            element.text = AtomicString(alt)
        element.tag = _NOTHING

    def _heading(self, element: Element, tag: str) -> None:
        sheet = self.md.sheet
        start = sheet.offset(tag) if tag else 0
        line_end = f"{sheet.text}\n".index("\n", start)
        spot = sheet.spot(start, start + len(sheet.text[start:line_end].rstrip()))
        element.text = sheet.hole(Heads(spot)) + (element.text or "")
        element.tag = "h2" if element.tag == "h1" else element.tag

    def _attributes(self, element: Element) -> None:
        """Turn a column's alignment into a class, and take out what an attribute list may not set."""
        align = element.attrib.pop("align", None)
        if align in ("left", "center", "right"):
            element.set("class", f"{element.get('class', '')} align-{align}".strip())
        for name in [name for name in element.attrib if not attribute_allowed(element.tag, name)]:
            del element.attrib[name]
            message = f"{name} is not allowed on <{element.tag}>"
            self.md.sheet.trouble("raw-html", self._attribute_spot(name), message, "Take it out.")

    def _attribute_spot(self, name: str) -> Spot:
        found = re.search(rf"\{{[^{{}}\n]*?({re.escape(name)})", self.md.sheet.text)
        return self.md.sheet.spot(*found.span(1)) if found else Spot(1, 1, 1)

    def _brackets_spot(self, tag: str) -> Spot:
        """The place of a picture's square brackets, in which its words stand."""
        sheet = self.md.sheet
        end = sheet.offset(tag) if tag else 0
        return sheet.spot(max(0, sheet.text.rfind("![", 0, end)), end + 1)

    def _target_spot(self, tag: str, target: str) -> Spot:
        """The place of a link's target."""
        sheet = self.md.sheet
        if not tag:
            return Spot(1, 1, 1)
        begin = _TARGET_START.match(sheet.text, sheet.offset(tag))
        start = begin.end() if begin else sheet.offset(tag)
        if target and sheet.text.startswith(target, start):
            return sheet.spot(start, start + len(target))
        found = _TARGET.match(sheet.text, start)
        return sheet.spot(start, found.end() if found else start)


def _own_tag(element: Element) -> str:
    """The tag that a rule left on the element."""
    return tag_at(element.attrib.pop(TAG_KEY, ""), 0)


def _value(element: Element, name: str) -> str:
    """An attribute's value as the reader's browser would understand it."""
    return unescape(plain(element.get(name) or "").replace(AMP_SUBSTITUTE, "&"))


def _wrap(element: Element, before: str, after: str) -> None:
    """Leave only what is in the element, between two texts."""
    element.tag = _NOTHING
    element.text = before + (element.text or "")
    if len(element):
        element[-1].tail = (element[-1].tail or "") + after
    else:
        element.text += after
