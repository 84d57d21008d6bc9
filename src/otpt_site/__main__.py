"""`python -m otpt_site`: the same as `otpt`, where the system does not find that by its name."""

from otpt_site.cli import main

main(prog_name="python -m otpt_site")
