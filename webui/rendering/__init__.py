"""From values to markup: the templates' environment, highlights and messages.

Holds what several templates need to show something. Never what one page shows (``pages``), or a search. To add
something that templates can call: a function in a module here, named in ``templates``.
"""
