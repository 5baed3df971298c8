"""Numbers in the form in which a sheet shows them."""

from __future__ import annotations

import pytest

from indexer.documents.formats.sheets.number_forms import number_forms

STYLES = (
    '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="{}"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf fontId="1" numFmtId="164"/></cellXfs>'
    "</styleSheet>"
)


@pytest.mark.parametrize(
    ("code", "written", "shown"),
    [
        ("0.0%", "0.2565", "25.7%"),
        ("0%", "1", "100%"),
        ("0.00", "-3.1", "-3.10"),
        ("#,##0.00", "1234567.5", "1,234,567.50"),
        ("000000", "518", "000518"),
        ("0.00_);(0.00)", "2", "2.00"),
        ('"¥"#,##0.00', "-1234.5", "-¥1,234.50"),
        ('_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "1234", "1,234.00"),
        ("[$￥-804]0.0", "2", "￥2.0"),
        ('0"元"', "3", "3元"),
        ("0", "1e3000", None),
        ("0", "不是数", None),
    ],
)
def test_plain_forms(code: str, written: str, shown: str | None) -> None:
    code = code.replace('"', "&quot;")
    assert number_forms(STYLES.format(code).encode())[b"1"].shown(written) == shown


@pytest.mark.parametrize("code", ["General", "yyyy-mm-dd", "[Red]0", "0.0E+0", "# ?/?"])
def test_other_forms_are_left_to_the_value(code: str) -> None:
    assert number_forms(STYLES.format(code).encode()) == {}
