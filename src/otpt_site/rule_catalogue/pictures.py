"""Pictures: why each rule is held, with examples."""

from typing import Final

from otpt_site.rule_catalogue.entry import Entry, body, file
from otpt_site.rule_catalogue.standards import ALT_TEXT, XSS

_WALKER: Final = file("media/walker.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>\n')

ENTRIES: Final = {
    "missing-image": Entry(
        why="Capital and small letters differ on the web, also where your own computer takes them for the same.",
        bad=(*body("![A walker with two wheels](media/Walker.svg)"), *_WALKER),
        good=(*body("![A walker with two wheels](media/walker.svg)"), *_WALKER),
    ),
    "missing-alt": Entry(
        why="Who can't see the picture hears these words in its place.",
        follows=(ALT_TEXT,),
        bad=(*body("![](media/walker.svg)"), *_WALKER),
        good=(*body("![A walker with two wheels](media/walker.svg)"), *_WALKER),
    ),
    "unsafe-svg": Entry(
        why="An SVG picture is a program as well: it can run scripts and fetch files from elsewhere.",
        follows=(XSS,),
        bad=file("media/walker.svg", '<svg xmlns="http://www.w3.org/2000/svg" onload="ask()"/>\n'),
        good=_WALKER,
    ),
}
