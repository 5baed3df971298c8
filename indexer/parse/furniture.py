"""Page furniture: what a page shows around a text without being part of it. The rules are data.

Every rule carries a fragment of which it leaves nothing and a near-miss that it keeps whole; the tests run both from
here. A rule that goes by names (class, id) also looks at the text, so that a badly named block of text is not lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from indexer.model import Block

Attributes = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Glance:
    """What an element shows, for rules that ask for it.

    Attributes:
        length: code points of its text without white space.
        linked: how many of them are link text.
        sentence: whether a sentence ends in it.
    """

    length: int
    linked: int
    sentence: bool


@dataclass(frozen=True, slots=True)
class ElementRule:
    """Drops elements that meet one of ``tags``, ``roles``, ``names``, ``attributes`` and all of the limits.

    Attributes:
        names: matches a class or an id.
        attributes: name → pattern of its value.
        longest: most code points the element may show.
        plain: it shows no sentence (nothing ends in ``。！？``).
        linked: least share of link text.
    """

    name: str
    drops: str
    keeps: str
    tags: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    names: re.Pattern[str] | None = None
    attributes: tuple[tuple[str, re.Pattern[str]], ...] = ()
    longest: int | None = None
    plain: bool = False
    linked: float = 0.0

    @property
    def looks(self) -> bool:
        """Whether the rule must look at what the element shows."""
        return self.longest is not None or self.plain or self.linked > 0


@dataclass(frozen=True, slots=True)
class TextRule:
    """Drops paragraphs that match ``pattern`` from end to end, whatever format they come from; never headings."""

    name: str
    drops: str
    keeps: str
    pattern: str


def _words(alternatives: str) -> re.Pattern[str]:
    """Return a pattern for one of the words in a class or id, parted from the rest by case, ``-``, ``_`` or digits."""
    return re.compile(rf"(?:^|[-_\s\d]|(?<=[a-z])(?=[A-Z]))(?i:{alternatives})(?=$|[-_\s\d]|(?<=[a-z])(?=[A-Z]))")


ELEMENT_RULES = (
    ElementRule(
        "脚本与样式",
        drops="<script>var 变量 = 1</script><style>p { color: red }</style><noscript>请开启脚本</noscript>",
        keeps="<p>脚本 script 与样式 style 是网页的两种代码。</p>",
        tags=frozenset({"script", "style", "noscript", "template", "title"}),
    ),
    ElementRule(
        "按钮与输入框",
        drops="<button>展开全文</button><select><option>全部</option></select><textarea>说点什么</textarea>",
        keeps="<form><p>按钮 button 写在表单里，表单里的正文不丢。</p></form>",
        tags=frozenset({"button", "select", "option", "optgroup", "datalist", "input", "textarea"}),
    ),
    ElementRule(
        "嵌入的媒体",
        drops="<iframe>框架</iframe><svg><text>图标</text></svg><video>不支持视频</video><object>插件</object>",
        keeps="<figure><figcaption>图1 视频与框架</figcaption></figure>",
        tags=frozenset({"iframe", "object", "embed", "applet", "canvas", "svg", "audio", "video", "map", "rp"}),
    ),
    ElementRule(
        "看不见的元素",
        drops='<p hidden="">隐藏</p><div style="color:red;display: none">不显示</div>',
        keeps='<div style="display:block">显示</div><p data-hidden="1">也显示</p>',
        attributes=(
            ("hidden", re.compile("")),
            ("style", re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)),
        ),
    ),
    ElementRule(
        "导航",
        drops='<nav><a href="/">首页</a></nav><div role="navigation">栏目</div>',
        keeps="<p>导航 nav 是网页的一部分。</p>",
        tags=frozenset({"nav", "menu"}),
        roles=frozenset({"navigation", "menu", "menubar", "search", "toolbar"}),
    ),
    ElementRule(
        "以链接组成的导航条",
        drops='<div class="top-nav"><a>首页</a> | <a>新闻</a></div><ul id="breadcrumb"><li><a>首页</a></li></ul>',
        keeps='<div class="nav">导航卫星系统由空间段、地面段和用户段组成。</div>',
        names=_words("nav|navs|navbar|navigation|breadcrumbs?|crumbs?|menu|submenu|topbar|sitemap|pager|pagination"),
        linked=0.6,
    ),
    ElementRule(
        "二维码",
        drops='<div class="clearfix appendQr_wrap"><div class="appendQr_normal_txt">海量资讯，尽在某某APP</div></div>'
        '<div id="qrcode">手机扫码阅读</div>',
        keeps='<div class="qrcode">二维码用黑白相间的图形记录数据，由图像设备自动识读。</div>',
        names=_words("(?:append)?qr|qr-?codes?|erweima|ewm|wx-?code|weixin-?code"),
        longest=60,
        plain=True,
    ),
    ElementRule(
        "分享条",
        drops='<div class="share-bar">分享到：<a>微信</a></div><div class="bdsharebuttonbox"><a>QQ空间</a></div>',
        keeps='<div class="share-capital">公司股本总额为三亿元。</div>',
        names=_words("shares?|sharebar|share-?box|social|socialshare|jiathis(?:_style)?|sns|bdsharebuttonbox|bdshare"),
        longest=60,
        plain=True,
    ),
    ElementRule(
        "股票行情",
        drops='<span id="quote_sh603019">(26.80, 0.10, 0.37%)</span>',
        keeps='<span id="stock_sh603019"><a href="#">中科曙光</a></span><q id="quote">引文</q>',
        attributes=(("id", re.compile(r"^quote_\w+$")),),
    ),
)

_TOOLS = "打印|关闭|收藏|转发|纠错|字号|字体|大|中|小|默认"
_CLEAR_TOOLS = "打印本页|打印此页|关闭窗口|关闭本页|加入收藏|收藏本页|返回顶部|回到顶部|返回列表|我要纠错"
_PLACES = "微信|新浪微博|腾讯微博|微博|QQ空间|QQ好友|QQ|朋友圈|豆瓣|人人网|复制链接|更多"

TEXT_RULES = (
    TextRule(
        "编辑署名",
        drops="责任编辑：何某某",
        keeps="责任编辑：审读稿件并对内容负责的人。",
        pattern=r"[（(【\[]?\s*(?:责任编辑|责编|本文编辑|编辑|值班编辑|网络编辑|责任校对|校对)\s*[：:]"
        r"[^。；！？!?\n：:]{0,16}(?:(?:编辑|校对|审核|监制)\s*[：:][^。；！？!?\n：:]{0,12})*[）)】\]]?",
    ),
    TextRule(
        "分享栏",
        drops="分享到： 微信 新浪微博 QQ空间",
        keeps="分享到更多地方的经验",
        pattern=rf"(?:分享到|分享至|一键分享)(?:\s*[：:]\s*|\s+|$)(?:(?:{_PLACES})[\s|、]*)*",
    ),
    TextRule(
        "页面工具",
        drops="【打印本页】 【关闭窗口】",
        keeps="打印",
        pattern=rf"(?:[【\[（(]\s*(?:{_TOOLS}|{_CLEAR_TOOLS})\s*[】\]）)][\s|]*)+|(?:(?:{_CLEAR_TOOLS})[\s|]*)+"
        r"|字[号体]\s*[：:]?\s*\[?大\s*[|\s]*中\s*[|\s]*小\]?",
    ),
    TextRule(
        "扫码提示",
        drops="扫描下方二维码关注公众号",
        keeps="扫描二维码关注公众号是常见的推广方式。",
        pattern=r"(?:长按|扫一扫|扫描|扫)[^。！？\n]{0,8}(?:二维码|码)[^。！？\n]{0,6}(?:关注|下载|加入|进群|加群|阅读|分享)"
        r"[^。！？\n]{0,16}",
    ),
    TextRule(
        "客户端推广",
        drops="海量资讯、精准解读，尽在新浪财经APP",
        keeps="山川形胜，尽在图中",
        pattern=r"[^。！？\n]{0,30}尽在[^。！？\s]{1,12}(?:APP|App|客户端)[！!]?",
    ),
    TextRule(
        "当前位置",
        drops="您当前的位置：首页 > 新闻中心 > 国内",
        keeps="位置：甲 > 乙 表示甲在乙的前面。",
        pattern=r"(?:(?:您)?(?:当前|现在|所在)(?:所在)?的?位置\s*[：:]\s*|(?=首页\s*[>＞»›]))[^\s>＞»›。]{1,20}"
        r"(?:\s*[>＞»›]\s*[^>＞»›。\n]{1,30})+",
    ),
    TextRule(
        "上一篇与下一篇",
        drops="上一篇：关于春天 下一篇：关于秋天",
        keeps="上一篇文章讲到了春天",
        pattern=r"(?:(?:上一篇|下一篇|上一页|下一页|上一章|下一章)\s*(?:[：:][^。！？\n]{0,60}|$|[\s|]+))+",
    ),
)
_LONGEST_LINE = 140
_ANY_LINE = re.compile("|".join(f"(?:{rule.pattern})" for rule in TEXT_RULES))
_TAGS = frozenset().union(*(rule.tags for rule in ELEMENT_RULES))
_SENTENCE = re.compile("[。！？]")


def glance_at(text: str, *, linked: bool) -> Glance:
    """Return what a piece of text adds to the glance at the elements around it."""
    visible = "".join(text.split())
    return Glance(len(visible), len(visible) if linked else 0, _SENTENCE.search(visible) is not None)


def drops_element(tag: str, attributes: Attributes, glance: Callable[[], Glance]) -> bool:
    """Decide whether an element is furniture; ``glance`` is asked only where a rule needs to look at its text."""
    if tag in _TAGS:
        return True
    if not attributes:
        return False
    return any(_meets(rule, attributes, glance) for rule in ELEMENT_RULES)


def _meets(rule: ElementRule, attributes: Attributes, glance: Callable[[], Glance]) -> bool:
    if not _is_named(rule, attributes):
        return False
    if not rule.looks:
        return True
    seen = glance()
    if rule.longest is not None and seen.length > rule.longest:
        return False
    if rule.plain and seen.sentence:
        return False
    return seen.linked >= rule.linked * seen.length


def _is_named(rule: ElementRule, attributes: Attributes) -> bool:
    if rule.roles and _value(attributes, "role").lower() in rule.roles:
        return True
    if rule.names and (rule.names.search(_value(attributes, "class")) or rule.names.search(_value(attributes, "id"))):
        return True
    return any(name in attributes and pattern.search(_value(attributes, name)) for name, pattern in rule.attributes)


def _value(attributes: Attributes, name: str) -> str:
    value = attributes.get(name, "")
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


def without(blocks: Iterable[Block]) -> list[Block]:
    """Return the blocks that are not furniture by their text."""
    return [block for block in blocks if block.level is not None or not is_furniture(block.text)]


def is_furniture(text: str) -> bool:
    """Decide whether a whole paragraph is furniture by its text."""
    return len(text) <= _LONGEST_LINE and _ANY_LINE.fullmatch(text) is not None
