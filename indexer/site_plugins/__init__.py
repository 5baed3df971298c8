"""Plugins of programs that make sites: their pages become searchable whenever they are built.

Holds a module for each generator that is written in Python and takes plugins. Never how a built site is read or
exported, which is the same for all (``indexer.static_export``); generators in other languages call
``xunzhang export-static --site`` when they are done. To add one, write a module that calls ``export_site`` after the
build and puts the widget into the pages, give it an entry point and an extra in ``pyproject.toml``, and describe its
options in the handbook's chapter on sites.
"""
