"""XML of a file that somebody sent: parsed without entities, networks or bounds taken off."""

from __future__ import annotations

from lxml import etree

from indexer.errors import ReadError


def parse_xml(content: bytes, name: str) -> etree._Element:
    """Parse a part of a file.

    Args:
        content: the part.
        name: what it is called there.

    Raises:
        ReadError: it is no XML, nests too deep, or defines entities of its own.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadError(f"文件里的 {name} 写坏了，读不出来。", "请用制作它的软件重新导出。") from error
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and any(True for _ in dtd.iterentities()):
        raise ReadError(f"文件里的 {name} 定义了自己的实体，不安全，没有读。", "请用制作它的软件重新导出。")
    return root
