"""XML of a file that somebody sent: parsed without entities, networks or bounds taken off.

Nothing is mended but prefixes that are not declared (``xsi:type`` in the packages of books): it is plain what is meant.
"""

from __future__ import annotations

from typing import TypeAlias

from lxml import etree

from indexer.errors import ReadError

Element: TypeAlias = etree._Element

# Elements in one another, as many as libxml2 allows by default.
_DEEPEST = 256


def parse_xml(content: bytes, name: str) -> Element:
    """Parse a part of a file, without its comments and processing instructions.

    Args:
        content: the part.
        name: what it is called there.

    Raises:
        ReadError: it is not well-formed, nests deeper than libxml2 allows by default (256), or defines entities of its
            own.
    """
    try:
        root = _parse(content, huge=False)
    except (etree.XMLSyntaxError, ValueError) as error:
        if (mended := _without_prefixes(content, error)) is not None:
            root = mended
        elif "Resource limit" in str(error) and not _has_doctype(content):
            root = _parse_huge(content, name)
        else:
            raise _malformed(name, error) from error
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and any(True for _ in dtd.iterentities()):
        raise ReadError(f"里面的 {name} 用 DTD 定义了自己的实体，不安全，没有读。", "请用制作它的软件重新导出。")
    return root


def _without_prefixes(content: bytes, error: Exception) -> Element | None:
    """Parse what is well-formed but for prefixes that are not declared; None where anything else is wrong."""
    if getattr(error, "code", None) != etree.ErrorTypes.NS_ERR_UNDEFINED_NAMESPACE:
        return None
    parser = _parser(recover=True)
    root: Element | None = etree.fromstring(content, parser)
    is_all = all(each.domain == etree.ErrorDomains.NAMESPACE for each in parser.error_log)
    return root if is_all else None


def _parse(content: bytes, *, huge: bool) -> Element:
    root: Element = etree.fromstring(content, _parser(huge=huge))
    return root


def _parser(*, huge: bool = False, recover: bool = False) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=huge,
        recover=recover,
        remove_comments=True,
        remove_pis=True,
    )


def _parse_huge(content: bytes, name: str) -> Element:
    """Parse what holds a text of more than 10 MB, without what libxml2 refuses otherwise.

    It has no entities that could multiply, and how deep it nests is looked at here.
    """
    try:
        root = _parse(content, huge=True)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _malformed(name, error) from error
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _DEEPEST:
            raise _too_deep(name)
    return root


def _has_doctype(content: bytes) -> bool:
    return b"<!DOCTYPE" in content.replace(b"\0", b"")


def _malformed(name: str, error: Exception) -> ReadError:
    if "depth" in str(error).lower():
        return _too_deep(name)
    if "Resource limit" in str(error):
        return ReadError(f"里面的 {name} 有一处超过 10 MB，太大，没有读。", "请用制作它的软件打开，分成几份另存。")
    return ReadError(f"里面的 {name} 不是完好的 XML，文件已损坏。", "请用制作它的软件打开修复后另存一份。")


def _too_deep(name: str) -> ReadError:
    return ReadError(f"里面的 {name} 嵌套太深，没有读。", "请用办公软件打开，把层层嵌套的表格拆开后另存。")
