"""The command line: all commands under one name, each imported only when it is asked for."""

import sys
from importlib import import_module
from typing import Final

import click

# Each command's module, and what the list of commands says of it: the first sentence of its help. To make that list of
# the commands themselves would import them all.
COMMANDS: Final = {
    "build": ("build", "Build the site."),
    "check": ("build", "Look for problems; write nothing."),
    "desk": ("desk", "See what waits for editors and reviewers."),
    "init": ("init", "Make a new guide of your own in DIR, which builds at once."),
    "links": ("links", "Ask other sites whether the guide's links to them still lead somewhere."),
    "new": ("new", "Begin a page or a row of your own."),
    "next-change": ("next_change", "Print the next day on which the site changes by itself."),
    "review": ("review", "Record that a person has reviewed a page."),
    "schema": ("schema", "Print the JSON Schema of one KIND of content, or write all of them."),
    "serve": ("serve", "Show the guide in your browser while you write it."),
}
_EXAMPLES: Final = """
\b
Examples:
  otpt build                      build content/ into build/
  otpt serve                      see it in your browser while you write
  otpt check                      look for problems, write nothing
  otpt links                      ask whether links to other sites still work
  otpt build --base-url https://example.org/guide/
                                  build for that address
  otpt build --drafts --out draft-site
                                  see drafts and scheduled pages too
  otpt review content/conditions/stroke.md --by robin-reed
                                  record that Robin Reed reviewed that page today
  otpt desk                       see what waits for editors and reviewers
  otpt new condition "Tennis elbow"
                                  begin a page of your own
"""


class _Commands(click.Group):
    """Imports a command when it is asked for."""

    def list_commands(self, _context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module = import_module(f"otpt_site.commands.{COMMANDS[name][0]}")
        command: click.Command = getattr(module, name.replace("-", "_"))
        return command

    def format_commands(self, _context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, says) for name, (_, says) in COMMANDS.items()])


@click.group(
    cls=_Commands, epilog=_EXAMPLES, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(package_name="otpt-site", prog_name="otpt")
def main() -> None:
    """Builds the therapy guide: Markdown and tables in, a web site out.

    Run it in the folder that holds content/. Every problem is told with its file, its line and what to do; while
    there is one, the site that was built before stays as it is.

    Exit codes: 0 all is well, 1 the content has problems, 2 the command was used wrongly.
    """
    # Windows consoles may use an old code page: what it can't show must not stop the report.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace", newline="\n" if not stream.isatty() else None)
