"""OpenCC's words of Taiwan and Hong Kong as ``indexer/analysis/data/regional.tsv``, folded, in both directions.

    python -m tools.regional_words opencc-1.4.2/data/dictionary

reads its dictionaries as text, from the source distribution of ``opencc``.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from indexer.analysis.fold import fold_key, is_han
from indexer.analysis.regional import LONGEST

TABLE = Path(__file__).parents[1] / "indexer" / "analysis" / "data" / "regional.tsv"
NAMES = ("TWPhrases.txt", "HKPhrases.txt")
HEAD = """\
# 大陆与台湾、香港的不同叫法，折叠后，双向。每行：词、别处的叫法……，以制表符分开。只用于“包含全部词”和“部分匹配”。
# 来源：OpenCC 的 TWPhrases 与 HKPhrases（Apache License 2.0）；由 python -m tools.regional_words 写成，请勿手改。
"""


def pairs(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield word and word that stand for each other, of Han characters and more than one of them, folded."""
    for name in NAMES:
        for line in (folder / name).read_text("utf-8").splitlines():
            word, _, others = line.partition("\t")
            for other in others.split(" ") if not line.startswith("#") else ():
                both = fold_key(word), fold_key(other)
                if both[0] != both[1] and all(_is_word(each) for each in both):
                    yield both
                    yield both[::-1]


def _is_word(text: str) -> bool:
    return 1 < len(text) <= LONGEST and all(map(is_han, text))


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="with TWPhrases.txt and HKPhrases.txt")
    table: dict[str, dict[str, None]] = {}
    for word, other in pairs(parser.parse_args().folder):
        table.setdefault(word, {})[other] = None
    lines = ("\t".join((word, *others)) for word, others in sorted(table.items()))
    TABLE.write_text(HEAD + "".join(f"{line}\n" for line in lines), "utf-8")
    print(f"{len(table)} words, {TABLE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
