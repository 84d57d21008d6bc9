"""The commands of `otpt`: one module for each, from arguments to an exit code. `cli.py` puts them together.

What a command needs beyond click is imported when it runs, so that `otpt --help` starts fast.
"""
