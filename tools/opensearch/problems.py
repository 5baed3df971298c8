"""What a cluster cannot be started for, as a sentence for whoever asked for it."""

from __future__ import annotations


class CannotStart(Exception):
    """Something that a cluster needs is not to be had; its text says what, and the way out."""
