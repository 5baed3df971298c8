r"""Which groups of an RTF file are text that is shown: ``{\header …}`` is not, ``{\footnote …}`` is, beside the run."""

from __future__ import annotations

from enum import Enum, auto


class Destination(Enum):
    """Where the text of a group goes."""

    SHOWN = auto()
    HIDDEN = auto()  # with all groups in it
    CARRIER = auto()  # itself hidden; groups in it may be shown
    FONTS = auto()
    STYLES = auto()
    NUMBER = auto()
    INSTRUCTION = auto()
    TITLE = auto()


# Control words that open a group of another destination.
DESTINATIONS = {
    "fonttbl": Destination.FONTS,
    "stylesheet": Destination.STYLES,
    "listtext": Destination.NUMBER,
    "pntext": Destination.NUMBER,
    "fldinst": Destination.INSTRUCTION,
    "info": Destination.CARRIER,
    "title": Destination.TITLE,
    "shpinst": Destination.CARRIER,
    "do": Destination.CARRIER,
    "upr": Destination.CARRIER,
    "ud": Destination.SHOWN,
    "result": Destination.SHOWN,
    "moMath": Destination.SHOWN,
    "moMathPara": Destination.SHOWN,
    **dict.fromkeys(
        (
            *("header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf"),
            *("colortbl", "listtable", "listoverridetable", "revtbl", "filetbl", "pict", "nonshppict", "shprslt"),
            *("annotation", "atnid", "atnauthor", "xe", "tc", "tcn", "rxe", "txe", "comment", "template", "author"),
            *("operator", "subject", "keywords", "doccomm", "category", "manager", "company", "hlinkbase", "buptim"),
            *("creatim", "revtim", "printim", "objdata", "objclass", "objname", "datafield", "formfield", "ftnsep"),
            *("ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "sp", "bkmkstart", "bkmkend", "pnseclvl", "mmathPr"),
        ),
        Destination.HIDDEN,
    ),
}
