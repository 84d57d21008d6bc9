"""Files: why each rule is held, with examples."""

from typing import Final

from otpt_site.rule_catalogue.entry import Entry, body, file
from otpt_site.rule_catalogue.standards import UTF_8

_ON_DISK: Final = "It is about the disk; tests/test_sources.py shows it."
_BY_NAME: Final = "It is about names and bytes; tests/bad_input/test_files.py shows it."

ENTRIES: Final = {
    "content-missing": Entry(
        why="An empty guide must never take the place of the one that is published.",
        bad="You run `otpt build` in your home folder.",
        good="You run `otpt build` in the folder that holds `content/`.",
        unrun=_ON_DISK,
    ),
    "file-too-large": Entry(
        why="A page of this guide opens in one round trip, also on an old phone. So large a file is a mistake.",
        bad="`content/media/walker.png` is a photo of 14 MB, straight from the camera.",
        good="The same photo, 800 pixels wide, has 90 KB.",
        unrun=_ON_DISK,
    ),
    "file-unreadable": Entry(
        why="To go on without the file would drop a page from the site, and nobody would know.",
        bad="Another program holds `content/goals.yaml` open, and the system lets nobody else read it.",
        good="You close that program and build again.",
        unrun=_ON_DISK,
    ),
    "foreign-symlink": Entry(
        why="Content must be whole in its own folder: a link out of it works on one computer only, and could publish a "
        "private file.",
        bad="`content/media/logo.svg` is a link to `/home/robin/logo.svg`.",
        good="`content/media/logo.svg` is the picture itself.",
        unrun=_ON_DISK,
    ),
    "misplaced-file": Entry(
        why="A file in the wrong place is never shown, and whoever wrote it thinks that it is.",
        bad="`content/stroke.md`",
        good="`content/conditions/stroke.md`",
        unrun=_BY_NAME,
    ),
    "not-utf8": Entry(
        why="Stored in another way, letters such as é and ’ turn into wrong ones, on some computers only.",
        follows=(UTF_8,),
        bad="Notepad, *Save as*, encoding *ANSI*.",
        good="Notepad, *Save as*, encoding *UTF-8*.",
        unrun=_BY_NAME,
    ),
    "bad-file-name": Entry(
        why="The file's name is the page's id and its address. Spaces and capital letters don't work alike everywhere.",
        bad=file(
            "articles/Which First.md",
            "---\ntitle: Which one first?\nsummary: Where to begin\nauthor: guide-project\n"
            "updated_on: 2026-11-01\nreviews: [{by: reviewer, on: 2026-11-01}]\n---\nBegin with either.\n",
        ),
        good=body("Begin with either.", "articles/which-first.md"),
    ),
}
