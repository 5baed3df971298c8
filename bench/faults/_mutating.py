"""Ways to spoil a file: its bytes, its tags, the members of a container, each by chance."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from random import Random
from zipfile import BadZipFile, ZipFile

from bench.faults._sound_files import PLAIN, zipped

ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "cp950", "utf-16", "utf-16-le", "utf-32")
_JUNK = (
    *(b"\x00", b"\xff", b"\x80", b"\xef\xbb\xbf", b"\xff\xfe", b"\x1b[2J", b"\r", b"\x0c", b"\x1a", b"\x1e", b"\x85"),
    *("\u202e".encode(), "\u2028".encode(), "\ufffe".encode(), b"\xed\xa0\x80", b"\xf4\x8f\xbf\xbf", "ﷺ".encode()),
    *(b"<", b">", b"<!--", b"-->", b"<![CDATA[", b"<?", b"&#0;", b"&#x110000;", b"&#xD800;", b"</p>", b"<table><tr>"),
    *(b"---\n", b"...\n", b"*a: &a [*a]\n", b"- !!python/object:os.system\n", b"[", b"**", b"```", b"\n\n", b"\t"),
    *(
        b"> " * 50,
        "第一条".encode(),
        "（一）".encode(),
        "〇".encode() * 99,
        b"9" * 5000,
        "字".encode() * 3000,
        b"<b>" * 300,
    ),
)
_VALUES = (
    b"",
    b"-1",
    b"0",
    b"9" * 30,
    b"1e309",
    b"NaN",
    b"0x10",
    "１".encode(),
    b"a b",
    b"&lt;",
    b"../x",
    b"A1:ZZZ9999999",
)
_TAG = re.compile(rb"<[^<>]{0,300}>")
_VALUE = re.compile(rb"=(\"[^\"<>]{0,200}\"|'[^'<>]{0,200}')")
# The most that a mutation may make of a file, in bytes: it is repeated over and over.
_LARGEST = 2_000_000


def mutate(random: Random, content: bytes) -> bytes:
    """Spoil the bytes of a file in one to 64 places."""
    data = bytearray(content)
    for _ in range(random.choice((1, 1, 2, 4, 16, 64))):
        if len(data) < _LARGEST:
            random.choice(_MUTATIONS)(random, data)
    return bytes(data)


def mutate_container(random: Random, content: bytes) -> bytes:
    """Spoil a zip: its own bytes, or, in a sound zip, its members and their names."""
    if random.random() < 0.3:
        return mutate(random, content)
    try:
        with ZipFile(BytesIO(content)) as archive:
            members: dict[str, bytes] = {name: archive.read(name) for name in archive.namelist()}
    except BadZipFile:  # no zip: a tar, a PDF
        return mutate(random, content)
    for _ in range(random.choice((1, 1, 2, 4))):
        random.choice(_CHANGES)(random, members)
    return zipped(members)


def _flip(random: Random, data: bytearray) -> None:
    if data:
        data[random.randrange(len(data))] ^= 1 << random.randrange(8)


def _insert(random: Random, data: bytearray) -> None:
    at = random.randint(0, len(data))
    data[at:at] = random.choice(_JUNK)


def _repeat(random: Random, data: bytearray) -> None:
    start = random.randint(0, len(data))
    piece = data[start : start + random.randint(1, 40)]
    data[start:start] = piece * random.choice((2, 9, 200))


def _delete(random: Random, data: bytearray) -> None:
    start = random.randint(0, len(data))
    del data[start : start + random.choice((1, 2, 40, 400))]


def _move(random: Random, data: bytearray) -> None:
    start = random.randint(0, len(data))
    piece = data[start : start + random.randint(1, 200)]
    del data[start : start + len(piece)]
    at = random.randint(0, len(data))
    data[at:at] = piece


def _truncate(random: Random, data: bytearray) -> None:
    if random.random() < 0.3:
        del data[random.randint(0, len(data)) :]


def _append_other(random: Random, data: bytearray) -> None:
    data += random.choice((PLAIN.encode(random.choice(ENCODINGS), "ignore"), data[: random.randint(0, 4000)]))


def _spoil_tags(random: Random, data: bytearray) -> None:
    """Drop, repeat or exchange tags, from one to the same or another."""
    tags = list(_TAG.finditer(data))
    if not tags:
        return
    one, other = random.choice(tags), random.choice(tags)
    start, end = sorted((one.start(), other.end()))
    whole = bytes(data[start:end])
    replacement = random.choice((b"", whole * 2, whole * random.choice((3, 30, 300)), other.group(), b"<x>" * 500))
    if len(replacement) < _LARGEST:
        data[one.start() : one.end() if random.random() < 0.5 else max(end, one.start())] = replacement


def _spoil_value(random: Random, data: bytearray) -> None:
    if values := list(_VALUE.finditer(data)):
        start, end = random.choice(values).span(1)
        data[start + 1 : end - 1] = random.choice((*_VALUES, random.choice(values).group(1)[1:-1]))


def _change_member(random: Random, members: dict[str, bytes]) -> None:
    if members:
        name = random.choice(list(members))
        data = bytearray(members[name])
        for _ in range(random.choice((1, 1, 2, 8))):
            if len(data) < _LARGEST:
                random.choice((_spoil_tags, _spoil_value, _spoil_value, *_MUTATIONS))(random, data)
        members[name] = bytes(data)


def _drop_member(random: Random, members: dict[str, bytes]) -> None:
    if len(members) > 1:
        del members[random.choice(list(members))]


def _exchange_members(random: Random, members: dict[str, bytes]) -> None:
    if members:
        one, other = random.choice(list(members)), random.choice(list(members))
        members[one], members[other] = members[other], members[one]


def _rename_member(random: Random, members: dict[str, bytes]) -> None:
    if members:
        name = random.choice(list(members))
        members[random.choice((f"../{name}", f"/{name}", name.upper(), f"{name}/x", "a\\b.txt", f"x\u202e{name}"))] = (
            members.pop(name)
        )


_MUTATIONS: tuple[Callable[[Random, bytearray], None], ...] = (
    *(_flip, _insert, _insert, _repeat, _delete, _move, _truncate, _append_other, _spoil_tags, _spoil_value),
)
_CHANGES: tuple[Callable[[Random, dict[str, bytes]], None], ...] = (
    *(_change_member, _change_member, _change_member, _drop_member, _exchange_members, _rename_member),
)
