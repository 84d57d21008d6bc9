"""The command line: all commands under one name."""

import sys
from typing import Final

import click

from otpt_site.commands.build import build, check
from otpt_site.commands.desk import desk
from otpt_site.commands.init import init
from otpt_site.commands.links import links
from otpt_site.commands.new import new
from otpt_site.commands.next_change import next_change
from otpt_site.commands.review import review
from otpt_site.commands.schema import schema
from otpt_site.commands.serve import serve

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


@click.group(epilog=_EXAMPLES, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
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


main.add_command(build)
main.add_command(check)
main.add_command(desk)
main.add_command(links)
main.add_command(next_change)
main.add_command(review)
main.add_command(serve)
main.add_command(init)
main.add_command(new)
main.add_command(schema)
