"""Numbers of a sheet in the form in which it shows them: percent, decimals, leading zeros, thousands, currency.

Calamine gives values only. The forms are numbered in ``xl/styles.xml`` (ECMA-376 part 1, 18.8.30: ``numFmt``), and a
cell names one by ``s``; where that is a plain one, the cell becomes the text that it shows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from html import escape, unescape

# Forms that have numbers of their own (18.8.30), those of currency as in China.
BUILT_IN = {
    "1": "0", "2": "0.00", "3": "#,##0", "4": "#,##0.00", "9": "0%", "10": "0.00%", "37": "#,##0", "38": "#,##0",
    "39": "#,##0.00", "40": "#,##0.00", "41": "#,##0", "42": '"¥"#,##0', "43": "#,##0.00", "44": '"¥"#,##0.00',
}  # fmt: skip
# What stands around the digits: text, a sign of currency, room as wide as a character (_) or as there is (*).
_AROUND = r'(?:"[^"]*"|\\.|\[\$[^\]]*\]|[¥￥$€£]|_.|\*.|\s)*'
_PLAIN = re.compile(rf"({_AROUND})(#,##)?(0+)(?:\.(0+))?(%?)({_AROUND})(?:;.*)?")
_SHOWN_AROUND = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]|([¥￥$€£])|[_*].|\s')
_NUMBERED = re.compile(rb"<(?:\w+:)?numFmt\s[^>]*>")
_CELL_FORMS = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.S)
_FORM = re.compile(rb"<(?:\w+:)?xf\b[^>]*>")
_ATTRIBUTE = re.compile(rb"\b(numFmtId|formatCode|s|t)=[\"']([^\"']*)[\"']")
_CELL = re.compile(
    rb"<((?:\w+:)?)c\b([^>]*)>\s*(?:<(?:\w+:)?f\b[^>]*(?:/>|>[^<]*</(?:\w+:)?f>))?\s*<(?:\w+:)?v>([^<]+)</(?:\w+:)?v>\s*</(?:\w+:)?c>"
)


@dataclass(frozen=True, slots=True)
class NumberForm:
    """How a number is shown.

    Attributes:
        digits: before the point, at least.
        decimals: behind it.
        before, after: what stands around the number.
    """

    digits: int
    decimals: int
    percent: bool
    thousands: bool
    before: str = ""
    after: str = ""

    def shown(self, written: str) -> str | None:
        """Return a number as it is shown; None where ``written`` is none, or one that no sheet shows in full."""
        try:
            number = Decimal(written).scaleb(2 if self.percent else 0)
            if abs(number.adjusted()) > 20:
                return None
            number = number.quantize(Decimal(1).scaleb(-self.decimals), ROUND_HALF_UP)
        except InvalidOperation:
            return None
        text = f"{abs(number):{',' if self.thousands else ''}f}"
        text = text.zfill(self.digits + (self.decimals + 1 if self.decimals else 0))
        return f"{'-' if number < 0 else ''}{self.before}{text}{'%' if self.percent else ''}{self.after}"


def number_form(code: str) -> NumberForm | None:
    """Return the form that a code stands for; None where it is no plain one."""
    plain = _PLAIN.fullmatch(code)
    if plain is None:
        return None
    before, thousands, digits, decimals, percent, after = plain.groups()
    around = ("".join(map("".join, _SHOWN_AROUND.findall(each))) for each in (before, after))
    return NumberForm(len(digits), len(decimals or ""), bool(percent), bool(thousands), *around)


def number_forms(styles: bytes) -> Mapping[bytes, NumberForm]:
    """Return the plain forms of ``xl/styles.xml`` by the number that cells know them by."""
    codes = dict(BUILT_IN)
    for match in _NUMBERED.finditer(styles):
        named = dict(_ATTRIBUTE.findall(match[0]))
        codes[_text(named.get(b"numFmtId"))] = unescape(_text(named.get(b"formatCode")))
    found = _CELL_FORMS.search(styles)
    forms = {}
    for number, match in enumerate(_FORM.finditer(found[0] if found else b"")):
        code = codes.get(_text(dict(_ATTRIBUTE.findall(match[0])).get(b"numFmtId")), "")
        if form := number_form(code):
            forms[b"%d" % number] = form
    return forms


def _text(value: bytes | None) -> str:
    return (value or b"").decode("utf-8", "replace")


def with_shown_numbers(sheet: bytes, forms: Mapping[bytes, NumberForm]) -> bytes:
    """Return a sheet whose numbers of these forms are texts, as they are shown."""

    def cell(match: re.Match[bytes]) -> bytes:
        named = dict(_ATTRIBUTE.findall(match[2]))
        form = forms.get(named.get(b"s", b""))
        shown = form.shown(match[3].decode("ascii", "replace")) if form and named.get(b"t", b"n") == b"n" else None
        if shown is None:
            return match[0]
        attributes = _ATTRIBUTE.sub(b"", match[2])
        return b'<%bc%b t="str"><%bv>%b</%bv></%bc>' % (
            match[1],
            attributes,
            match[1],
            escape(shown, quote=False).encode(),
            match[1],
            match[1],
        )

    return _CELL.sub(cell, sheet) if forms else sheet
