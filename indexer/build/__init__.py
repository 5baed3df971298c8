"""Holds what makes an index and keeps it up to date: which files changed, reading them in processes, one commit.

Never how a format is read, a query, or how an engine stores. To add a step of an update, give it a module of its own
that ``update`` calls, and a count in ``UpdateReport``.
"""
