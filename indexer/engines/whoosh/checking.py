"""Whether all that an index holds can be read and is what was written."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.engines.whoosh.faults import DAMAGE
from indexer.engines.whoosh.segments.reader import SegmentReader


def problems_of(reader: SegmentReader) -> Iterator[str]:
    """What is wrong with a segment, in sentences for the user; all of it is read."""
    name = reader.segment.segment_id()
    try:
        for array in reader.file.differing():
            yield f"文件 {reader.file.name} 里 {array} 的内容与建索引时不同。"
        char_counts = reader.char_counts
        for row in reader.live.nonzero()[0].tolist():
            if len(reader.chars(row)) != char_counts[row]:
                yield f"段 {name} 第 {row} 行的折叠文本与登记的长度不符。"
            reader.passage(row)
        for field, occurrences in reader.everything():
            if int(occurrences.postings.max(initial=0)) >= int(reader.starts[-1]):
                yield f"段 {name} 的倒排表 {field} 指向不存在的行。"
    except DAMAGE:
        yield f"段 {name} 的内容残缺，读不完整。"
