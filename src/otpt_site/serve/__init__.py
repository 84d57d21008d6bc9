"""The preview: builds the site while it is written, shows it on this machine, and says in the page what is wrong.

It builds into a folder of its own and decorates pages only as it answers: what is published never knows of it.
"""
