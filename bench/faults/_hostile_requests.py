"""Requests as an attacker might make them: every part of one drawn from what is known to trip servers, or at random."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from urllib.parse import quote_from_bytes

from indexer import CHOICES
from webui.urls.state import NAMES

TOKEN = "correct-horse-battery"

_METHODS = ("POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "PROPFIND", "M-SEARCH",
            "X" * 300)  # fmt: skip
_PATHS = ("/", "/documents", "/help", "/export", "/feed.atom", "/opensearch.xml", "/opensearch/suggest",
          "/widget.js", "/index.json", "/healthz", "/api/docs", "/api/v1/openapi.json", "/api/v1/search",
          "/api/v1/facets", "/api/v1/suggest", "/api/v1/diagnose", "/api/v1/verify", "/api/v1/document",
          "/api/v1/outline", "/api/v1/passage", "/api/v1/cite", "/api/v1/nothing", "/sign-in", "/static/base.css",
          "/nothing")  # fmt: skip
# Each is followed by a name.
_FOLDERS = ("/d/", "/p/", "/around/", "/original/", "/filters/", "/static/", "/static/js/", "/api/v1/", "/d/x/",
            "//")  # fmt: skip
_OTHERS = ("id", "format", "quote", "before", "after", "find", "facets", "facet_depth", "facet_limit", "chapters",
           "fields", "document", "next", "token", "lang", "style", "query", "Q", "q[]", "", "__class__", "\0",
           "q\r\nX: y")  # fmt: skip
_WORDS = (
    "数据",
    "安全",
    "的",
    "第十二条",
    "检索",
    "xunzhang",
    "szjj",
    "發展",
    "2020年",
    "一",
    "索引 网页",
    "a",
    "。",
    "，",
)
_OPERATORS = (" ", " OR ", " NOT ", " -", " NEAR/30 ", " NEAR/0 ", " NEAR/999999999 ", "|", "(", ")", '"', "“",
              "”", "*", "?", "章节:", "年份:", "2020..", "..", "NEAR/", "\\", "：", "title:", "*数", "数*", " \u3000",
              "- -")  # fmt: skip
_CHARACTERS = ("\0", "\r\n", "\n", "\t", "\x1b[2J", "\x7f", "\x85", "\u200b", "\u202e", "\u2028", "\ufeff", "\ufffd",
               "\uffff", "\U0001f600", "\U000e0001", "e\u0301" * 30, "\u0e33", "ﷺ", "㍿", "ß", "İ", "ﬁ", "<script>",
               "'", "&amp;", "%", "%00", "{{7*7}}", "../", "..\\", "//", "\u2100", "[", "]", "#", ";", "=", ",",
               "🀄️", "𠀀", "龘")  # fmt: skip
_NUMBERS = ("0", "-1", "1", "10", "99", "100", "101", "1000001", "9" * 30, "1e9", "0x10", "１２", "٣", "+1", " 1",
            "1.0", "NaN", "")  # fmt: skip
# What each address takes, and what it takes for it.
_SEARCHES = ("/", "/export", "/feed.atom", "/api/v1/search", "/api/v1/facets", "/api/v1/diagnose")
_TAKEN = {
    **dict.fromkeys(_SEARCHES, ("q", "q", "q", *NAMES)),
    "/api/v1/search": ("q", "q", "q", *NAMES, "facets", "facet_depth", "facet_limit", "chapters", "fields"),
    "/export": ("q", "q", *NAMES, "format", "format", "format"),
    "/api/v1/suggest": ("q", "limit"),
    "/opensearch/suggest": ("q",),
    "/api/v1/verify": ("quote", "quote", "document", "tag", "year"),
    "/api/v1/passage": ("id", "before", "after"),
    "/api/v1/cite": ("id",),
    "/api/v1/document": ("id", "offset", "limit"),
    "/api/v1/outline": ("document",),
    "/documents": ("offset", "find"),
}
_MEANT = {
    **{name: (*choice, "none") for name, choice in CHOICES.items()},
    "kind": ("body", "title", "heading", "table"),
    "year": ("2026", "2020..2026", "2026..2020", "..", "none", "2020.."),
    "format": ("csv", "json", "markdown"),
    "facets": ("section", "topic,year", "document", "kind,kind"),
    "fields": ("text", "id,snippet", "parts", "copies"),
    "lang": ("en", "zh"),
}
# Bytes that no UTF-8 is.
_BYTES = (b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf5\x80\x80\x80", b"\xe6\x95", b"\x80", b"\xfe\xff")
_HEADERS = {
    "Host": ("localhost", "127.0.0.1:8000", "[::1]", "evil.example", "", "[", "a, b", "x" * 5_000, "localhost:99999",
             "\xe6"),
    "Cookie": ("xunzhang_lang=en", "xunzhang_lang=\xff", "xunzhang_session=9999999999.x",
               "xunzhang_session=99999999999.", "xunzhang_session=", "=;=;;", 'a="\\',
               "xunzhang_session=1e9.x; " * 100, "a=b; " * 2_000),
    "Accept-Language": ("en", "zh-TW,en;q=0.5", "en;q=nan", "en;q=inf", "*", "en;q=-1", ";;;,,,", "x" * 9_000,
                        "\xff-\xfe"),
    "Accept-Encoding": ("gzip", "gzip;q=0", "*", "identity;q=0", "gzip;q=nan", "br,,gzip;q=1e999", "\xff"),
    "Accept": ("*/*", "text/html;q=nan", "application/json", ",", "\xff"),
    "If-None-Match": ("*", 'W/"x"', '"', "W/", "x" * 9_000, '"a",' * 1_000),
    "If-Modified-Since": ("Thu, 01 Jan 1970 00:00:00 GMT", "x", "Thu, 99 Foo 99999 99:99:99 GMT", "0", "-1"),
    "Range": ("bytes=0-1", "bytes=-1", "bytes=9-1", "bytes=" + "0-1," * 1_000, "x", "bytes=99999999999999999999-"),
    "If-Range": ('"x"', "x"),
    "Authorization": (f"Bearer {TOKEN}", "Bearer", "Bearer \xff", "Basic \xff", "Basic eDp5", "Digest x",
                      "x" * 9_000, "Digest ="),
    "Origin": ("https://a.example", "null", "*", "https://a.example\x00", "\xff"),
    "Access-Control-Request-Method": ("GET", "\xff"),
    "Access-Control-Request-Private-Network": ("true",),
    "Content-Type": ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "multipart/form-data",
                     "multipart/form-data; boundary=" + "x" * 300, "text/plain; charset=nothing", "application/json",
                     "application/x-www-form-urlencoded; charset=utf-16", ";", "\xff", "a/b; c*=nothing''%ff"),
    "Content-Length": ("0", "1", "999", "-1", "x", "99999999999999999999", ""),
    "Transfer-Encoding": ("chunked", "gzip, chunked", "identity", "\xff"),
    "Expect": ("100-continue", "x"),
    "Referer": ("http://[", "\xff"),
    "X-Forwarded-For": ("192.0.2.1", "evil", ",", "1.1.1.1," * 500, "::1%x", '"', "\xff"),
    "X-Forwarded-Proto": ("https", "javascript", "", "x,y", "\xff"),
    "X-Forwarded-Host": ("localhost", "evil.example", "[", "localhost:x", "[::1]x", ":", "\xff"),
    "X-Forwarded-Prefix": ("/search", "//evil.example", "/\\evil.example", "/\xff", "/..", "\x00", "/a" * 5_000,
                           '"'),
    "X-Forwarded-Port": ("1", "x"),
    "Forwarded": ("for=x;host=y",),
    "Upgrade": ("websocket", "h2c"),
    "Connection": ("close", "keep-alive", "upgrade", "\xff"),
    "X-HTTP-Method-Override": ("DELETE",),
}  # fmt: skip
_BODIES = (f"token={TOKEN}&next=/".encode(), b"token=x&next=//[", f"token={TOKEN}&next=/%0d%0aX:%20y".encode(),
           f"token={TOKEN}&next=//%5b".encode(), f"token={TOKEN}&next=http://%e2%84%80/".encode(), b"&" * 900,
           b"=" * 900, b"%", b"--x\r\nContent-Disposition: form-data; name=token\r\n\r\nx\r\n--x--", b"--x\r\n\r\n",
           b"--x", b"x" * 5_000, b"token=%ff%ed%a0%80&next=%00", b"{}", b"\0" * 500,
           b"token=" + TOKEN.encode() + b"&next=\xff")  # fmt: skip


@dataclass(frozen=True, slots=True)
class HostileRequest:
    """A request; header values are bytes as latin-1, as WSGI has them.

    Attributes:
        path: bytes, percent-encoded or not.
        query: likewise, without its question mark.
    """

    method: str
    path: bytes
    query: bytes
    headers: tuple[tuple[str, str], ...]
    body: bytes


def draw(random: Random, ids: Sequence[str]) -> HostileRequest:
    """Draw a request. Most go to an address that there is, with parameters that it takes, so that something happens.

    Args:
        random: where all chance comes from.
        ids: documents, passages and permalinks that there are.
    """
    method = "GET" if random.random() < 0.85 else random.choice(_METHODS)
    path = (
        random.choice(_PATHS) if random.random() < 0.7 else random.choice(_FOLDERS) + random.choice((*ids, "\\x", ""))
    )
    if random.random() < 0.05:
        method, path = "POST", "/sign-in"
    raw_path = _encoded(random, path, "/") if random.random() < 0.3 else path.encode()
    pairs = [_pair(random, path, ids) for _ in range(_few(random))]
    query = random.choice((b"&", b"&", b"&", b"&&", b";")).join(pairs)
    if random.random() < 0.03:
        query = (query * random.choice((3, 50, 500)))[:300_000]
    names = random.sample(sorted(_HEADERS), _few(random)) if random.random() < 0.5 else []
    headers = tuple((name, random.choice(_HEADERS[name])) for name in names)
    return HostileRequest(method, raw_path, query, headers, random.choice(_BODIES) if method == "POST" else b"")


def _few(random: Random) -> int:
    return min(int(random.expovariate(0.5)), 8)


def _pair(random: Random, path: str, ids: Sequence[str]) -> bytes:
    """Draw a parameter, usually one that is taken there, and in two of three cases of the kind that is meant."""
    taken = _TAKEN.get(path, ("q",)) if random.random() < 0.9 else (*NAMES, *_OTHERS)
    name = random.choice(taken)
    if random.random() < 0.33:
        value = _anything(random)
    elif name in ("id", "document"):
        value = random.choice(ids)
    elif name in _MEANT:
        value = random.choice(_MEANT[name])
    elif name in ("offset", "limit", "before", "after", "facet_depth", "facet_limit", "chapters"):
        value = str(random.choice((0, 1, 2, 3, 10, 50, 100)))
    else:
        value = _query(random)
    return _encoded(random, name) + b"=" + _encoded(random, value)


def _query(random: Random) -> str:
    return "".join(random.choice(random.choice((_WORDS, _WORDS, _OPERATORS))) for _ in range(random.randint(1, 12)))


def _anything(random: Random) -> str:
    kind = random.random()
    if kind < 0.2:
        return random.choice(_NUMBERS)
    if kind < 0.4:
        text = random.choice((*_WORDS, *_OPERATORS, *_CHARACTERS))
        return (text * 1_000)[: random.choice((100, 999, 1_000, 1_001, 5_000, 20_000))]
    return "".join(
        random.choice(random.choice((_WORDS, _OPERATORS, _CHARACTERS))) for _ in range(random.randint(0, 60))
    )


def _encoded(random: Random, text: str, safe: str = "") -> bytes:
    raw = text.encode("utf-8", "surrogatepass")
    if random.random() < 0.04:
        at = random.randint(0, len(raw))
        raw = raw[:at] + random.choice(_BYTES) + raw[at:]
    return quote_from_bytes(raw, safe=safe if random.random() < 0.9 else "/&=?%+;").encode()
