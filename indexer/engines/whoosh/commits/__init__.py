"""Holds what makes a commit of documents, and which segments it merges.

Never answers a request, nor touches what readers use before the TOC is renamed. To add a step, put it before
``Commit.finish`` and let ``Commit.abort`` undo it.
"""
