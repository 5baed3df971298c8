"""Versions of installed libraries, as the fingerprint names them."""

from __future__ import annotations

import re
import sys
from functools import cache
from pathlib import Path


@cache
def installed_version(name: str) -> str:
    """Return the version of an installed distribution.

    Source: its folder is ``{name}-{version}.dist-info`` (PyPA, Recording installed projects). ``importlib.metadata``
    knows more ways, and is loaded where that one fails: loading it takes longer than answering a query.
    """
    folder = re.compile(rf"{re.sub('[-_.]+', '[-_.]+', name)}-([^-]+)\.dist-info", re.IGNORECASE)
    for location in sys.path:
        try:
            names = [entry.name for entry in Path(location or ".").iterdir()]
        except OSError:  # a zip file, or nothing
            continue
        for found in filter(None, map(folder.fullmatch, names)):
            return found[1]
    from importlib import metadata

    return metadata.version(name)
