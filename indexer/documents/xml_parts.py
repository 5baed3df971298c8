"""XML of a file that somebody sent: parsed without entities, networks or bounds taken off, and nothing mended."""

from __future__ import annotations

from typing import TypeAlias

from lxml import etree

from indexer.errors import ReadError

Element: TypeAlias = etree._Element


def parse_xml(content: bytes, name: str) -> Element:
    """Parse a part of a file, without its comments and processing instructions.

    Args:
        content: the part.
        name: what it is called there.

    Raises:
        ReadError: it is not well-formed, nests deeper than libxml2 allows (256), or defines entities of its own.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root: Element = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _malformed(name, error) from error
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and any(True for _ in dtd.iterentities()):
        raise ReadError(f"里面的 {name} 用 DTD 定义了自己的实体，不安全，没有读。", "请用制作它的软件重新导出。")
    return root


def _malformed(name: str, error: Exception) -> ReadError:
    if "depth" in str(error).lower():
        return ReadError(f"里面的 {name} 嵌套太深，没有读。", "请用办公软件打开，把层层嵌套的表格拆开后另存。")
    return ReadError(f"里面的 {name} 不是完好的 XML，文件已损坏。", "请用制作它的软件打开修复后另存一份。")
