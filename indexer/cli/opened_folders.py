"""Where the indexes are that ``open`` makes: in the user's cache, one for each folder."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import platformdirs

import indexer

# Hexadecimal digits of the digest of a folder's location that tell its index from those of folders of the same name.
_DIGITS = 12


def index_folder(folder: Path) -> Path:
    """Where in the user's cache the index of a folder is."""
    real = os.path.realpath(folder)
    digest = hashlib.blake2b(os.fsencode(real), digest_size=_DIGITS // 2).hexdigest()
    name = f"{Path(real).name or 'root'}-{digest}"
    return _kept() / name


def opened_indexes() -> list[Path]:
    """Where the indexes of folders are that were opened before, the last changed first."""
    places = [place for place in _kept().glob("*") if indexer.exists(place)]
    return sorted(places, key=lambda place: place.stat().st_mtime, reverse=True)


def _kept() -> Path:
    return platformdirs.user_cache_path("xunzhang", appauthor=False) / "indexes"
