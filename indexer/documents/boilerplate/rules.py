"""The rules of boilerplate: data, each with a fragment of which it leaves nothing and near-misses it keeps whole.

The tests run examples and near-misses from here. Every pattern takes time in proportion to its text: what repeats in
one begins with what can stand nowhere else in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ElementRule:
    """Drops elements that meet one of ``tags``, ``roles``, ``names``, ``attributes`` and all of the limits.

    Attributes:
        names: matches a class or an id; never drops a heading, a cell, a list item or their kin, whose ids are anchors.
        attributes: name → pattern of its value.
        says: all that the element shows, without white space: short, no sentence, no heading in it.
        linked: least share of link text.
        headed: whether a heading may stand in it, where ``says`` asks for what it shows; ``linked`` passes it over.
        hides: the page hides what the rule names, which is kept where it is nearly all that the page has to show.
        waits: the text that it hides may be one that scripts show, so that it is kept where it is all that there is.
        sentences: whether ``says`` may hold whole sentences.
    """

    name: str
    drops: str
    keeps: tuple[str, ...]
    tags: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    names: re.Pattern[str] | None = None
    attributes: tuple[tuple[str, re.Pattern[str]], ...] = ()
    says: re.Pattern[str] | None = None
    linked: float = 0.0
    headed: bool = False
    hides: bool = False
    waits: bool = False
    sentences: bool = False

    @property
    def looks(self) -> bool:
        """Whether the rule must look at what the element shows."""
        return self.says is not None or self.linked > 0


@dataclass(frozen=True, slots=True)
class TextRule:
    """Drops paragraphs that match ``pattern`` from end to end, whatever format they come from.

    Never headings, table rows and listings.

    Attributes:
        drops: an example, a line for a paragraph.
        beside: pattern of a paragraph that must stand next to it; empty where the paragraph is clear by itself.
    """

    name: str
    drops: str
    keeps: tuple[str, ...]
    pattern: str
    beside: str = ""


@dataclass(frozen=True, slots=True)
class ListRule:
    """Drops a line that announces other pages, and the paragraphs below it that are nothing but links, on a web page.

    Attributes:
        pattern: of the line, from end to end, but for marks around it.
        drops: an example, in HTML; ``keeps`` are near-misses, in HTML.
        headed: whether the line may be a heading.
        least: so many links tell the list.
    """

    name: str
    drops: str
    keeps: tuple[str, ...]
    pattern: str
    headed: bool
    least: int


def _words(alternatives: str) -> re.Pattern[str]:
    """Return a pattern for one of the words in a class or id, parted from the rest by case, ``-``, ``_`` or digits."""
    return re.compile(rf"(?:^|[-_\s\d]|(?<=[a-z])(?=[A-Z]))(?i:{alternatives})(?=$|[-_\s\d]|(?<=[a-z])(?=[A-Z]))")


_PLACES = (
    "微信好友|微信|新浪微博|腾讯微博|微博|QQ空间|QQ好友|QQ|朋友圈|豆瓣|人人网|百度贴吧|贴吧|知乎|钉钉|复制链接|更多"
)
_SHARING = rf"分享[到至给]?|转发到?|一键分享|点赞|收藏|打印|评论|{_PLACES}|Facebook|Twitter|Weibo|WeChat|LinkedIn"
_INVITES = "扫|关注|下载|尽在|订阅|公众号|客户端|小程序"
_SHARE_GAP = r"[\W\d_]*"

ELEMENT_RULES = (
    ElementRule(
        "脚本与样式",
        drops="<script>var 变量 = 1</script><style>p { color: red }</style><noscript>请开启脚本</noscript>",
        keeps=("<p>脚本 script 与样式 style 是网页的两种代码。</p>",),
        tags=frozenset({"script", "style", "noscript", "template", "title"}),
    ),
    ElementRule(
        "按钮与输入框",
        drops="<button>展开全文</button><select><option>全部</option></select><textarea>说点什么</textarea>",
        keeps=("<form><p>按钮 button 写在表单里，表单里的正文不丢。</p></form>",),
        tags=frozenset({"button", "select", "option", "optgroup", "datalist", "input", "textarea"}),
    ),
    ElementRule(
        "嵌入的媒体",
        drops="<iframe>框架</iframe><svg><text>图标</text></svg><video>不支持视频</video><object>插件</object>",
        keeps=("<figure><figcaption>图1 视频与框架</figcaption></figure>",),
        tags=frozenset({"iframe", "object", "embed", "applet", "canvas", "svg", "audio", "video", "map", "rp"}),
    ),
    ElementRule(
        "看不见的元素",
        drops='<p hidden="">隐藏</p><div style="color:red;display: none">不显示</div>',
        keeps=(
            '<div style="display:block">显示</div><p data-hidden="1">也显示</p>',
            '<p>阿宁</p><div style="display: none">正文由脚本显示。存下来的网页没有运行过它。</div>',
        ),
        attributes=(("hidden", re.compile("")), ("style", re.compile(r"(?:^|;)\s*display\s*:\s*none", re.I))),
        hides=True,
    ),
    ElementRule(
        "暂不显示的元素",
        drops='<div style="color:red; visibility:hidden">正在加载</div>',
        keeps=(
            '<p>阿宁</p><div style="visibility: hidden">正文由脚本显示。存下来的网页没有运行过它。</div>',
            '<p>阿宁 城南</p><p>： ， 。</p><div style="visibility: hidden">石板换过三次<br>桥栏修过两回'
            "<br>石匠姓陈<br>今年七十岁<br>他的师傅也姓陈<br>家在城南<br>门前有河<br>河上有桥<br>桥长六十米</div>",
        ),
        attributes=(("style", re.compile(r"(?:^|;)\s*visibility\s*:\s*hidden", re.I)),),
        hides=True,
        waits=True,
    ),
    ElementRule(
        "导航",
        drops='<nav><a href="/">首页</a></nav><div role="navigation">栏目</div>',
        keeps=("<p>导航 nav 是网页的一部分。</p>",),
        tags=frozenset({"nav", "menu"}),
        roles=frozenset({"navigation", "menu", "menubar", "search", "toolbar"}),
    ),
    ElementRule(
        "书页上下的书眉",
        drops='<div class="navheader"><table><tr><th>2. 渡船</th></tr><tr><td><a href="1">上一页</a></td>'
        '<th>第 1 章 河</th></tr></table></div><div class="navfooter"><a href="3">下一页</a></div>',
        keeps=(
            '<div class="navheader"><p>书眉上写着章名，书脚上写着页码。</p></div>',
            "<h2 class='navheader'>书眉</h2>",
        ),
        names=re.compile(r"(?:^|\s)(?:navheader|navfooter)(?=$|\s)"),
        says=re.compile(r"[^。！？]*(?:[上下后前]一[页章节]|Prev|Next)[^。！？]*"),
        headed=True,
    ),
    ElementRule(
        "以链接组成的导航条",
        drops='<div class="top-nav"><a>首页</a> | <a>新闻</a></div><ul id="breadcrumb"><li><a>首页</a></li></ul>',
        keeps=(
            '<div class="nav">导航卫星系统由空间段、地面段和用户段组成。</div>',
            '<h2 id="menu"><a href="#menu">菜单管理</a></h2>',
            '<section id="menu"><h2><a href="#menu">菜单管理</a></h2></section>',
            '<ul><li id="menu"><a href="#menu">菜单管理</a></li></ul>',
        ),
        names=_words("nav|navs|navbar|navigation|breadcrumbs?|crumbs?|menu|submenu|topbar|sitemap|pager|pagination"),
        linked=0.6,
    ),
    ElementRule(
        "二维码",
        drops='<div class="clearfix appendQr_wrap"><div class="appendQr_normal_txt">海量资讯，尽在某某APP</div></div>'
        '<div id="qrcode">手机扫码阅读</div><p class="qr">微信二维码</p>',
        keeps=(
            '<div class="qrcode">二维码用黑白相间的图形记录数据，由图像设备自动识读。</div>',
            '<h2 id="qr-code">扫码登录</h2>',
            '<section id="qr-code"><h3>扫码登录</h3></section>',
            '<div id="qr-code">二维码的生成</div>',
        ),
        names=_words("(?:append)?qr|qr-?codes?|erweima|ewm|wx-?code|weixin-?code"),
        says=re.compile(rf"(?:(?!{_INVITES}).)*+(?:{_INVITES}).*|(?:微信|官方|手机)?二维码"),
    ),
    ElementRule(
        "分享条",
        drops='<div class="share-bar">分享到：<a>微信</a></div><div class="bdsharebuttonbox"><a>QQ空间</a></div>',
        keeps=(
            '<div class="share-capital">公司股本总额为三亿元。</div>',
            '<h2 id="social-security">社会保障</h2>',
            '<div id="shares">股份：三亿股</div>',
            '<table><tr><th class="share">占比</th></tr><tr><td class="share">12%</td></tr></table>',
            '<p class="social">社会组织名单（共十二家）</p>',
            '<p>持有<span class="shares">1,234</span>股</p>',
            '<h2 id="sns">分享</h2>',
        ),
        names=_words("shares?|sharebar|share-?box|social|socialshare|jiathis(?:_style)?|sns|bdsharebuttonbox|bdshare"),
        says=re.compile(rf"{_SHARE_GAP}(?:(?>{_SHARING}){_SHARE_GAP})+"),
    ),
    ElementRule(
        "分享框",
        drops='<div class="sharedaddy sd-block"><h3>分享此文：</h3><ul><li><a>点击在 X 上共享（在新窗口中打开）</a>'
        '</ul></div><div class="sharedaddy"><h3>赞过：</h3><span>喜欢</span> <span>正在加载……</span></div>',
        keeps=(
            '<div class="sharedaddy"><h3>分享此文</h3><ul><li>水车怎样造</li></ul></div>',
            '<div class="share"><h3>分享到微信</h3></div>',
        ),
        names=re.compile(r"(?:^|\s)(?:sharedaddy|sd-sharing|addtoany_share_save_container|social-share)(?=$|\s)"),
        says=re.compile(
            rf"(?:(?:分享|共享)(?:(?:此|本)(?:文章?|内容)|到)?|点[击按]以?在?[A-Za-z]+上?(?:共享|分享)|在新窗口中打开"
            rf"|赞过?|喜欢|正在加载|通过电子邮件将链接发送给朋友|电子邮件|打印|更多|(?>{_PLACES})"
            r"|(?i:facebook|twitter|weibo|wechat|linkedin|telegram|whatsapp|reddit|pinterest|tumblr|pocket|x)|[\W\d_])+"
        ),
        headed=True,
    ),
    ElementRule(
        "相关链接与推荐",
        drops='<div class="related"><h2>相关新闻</h2><ul><li><a>城南的桥要重建</a></li><li><a>夜市</a></li></ul></div>'
        '<div id="hot-list"><h3>热门推荐</h3><a>这家面馆开了四十年</a></div>',
        keeps=(
            '<div class="related"><p>相关研究指出，<a>湿地</a>的面积逐年增加。</p></div>',
            '<section id="recommended"><h2>推荐的做法</h2><p>先备份，再升级，见<a>升级说明</a>。</p></section>',
            '<h2 class="hot">热点<a>话题</a></h2>',
        ),
        names=_words(
            "relate[ds]?|related-?posts|relevant|recommend(?:s|ed|ation|ations)?|hot|hots|hot-?(?:news|list|posts)|ranking|toplist|guess|"
            "more-?news|also-?read|read-?more|you-?may-?like|friend-?links?|links"
        ),
        linked=0.6,
    ),
    ElementRule(
        "目录与侧栏",
        drops='<div class="toc"><ul><li><a href="#a">一、搬家</a></li><li><a href="#b">二、安家</a></li></ul></div>'
        '<aside class="sidebar"><h3>最新文章</h3><ul><li><a>桥修好了</a></li><li><a>城南开了书店</a></li></ul></aside>',
        keeps=(
            '<div class="toc"><p>目录学是研究<a>目录</a>的学问。</p></div>',
            '<aside class="sidebar"><p>这一栏补充正文：桥长六十米，<a>见图</a>。</p></aside>',
            '<h2 class="toc"><a>目录</a></h2>',
        ),
        names=_words("toc|table-?of-?contents|article-?toc|aside|side-?bar"),
        linked=0.6,
    ),
    ElementRule(
        "小工具",
        drops='<section class="widget widget_recent_entries"><h2>近期文章</h2><ul><li><a>城南的桥</a></ul></section>'
        '<aside class="widget-area"><h2>分类</h2><ul><li><a>读书</a></li><li><a>行路</a></li></ul></aside>',
        keeps=(
            '<div class="elementor-widget elementor-widget-text"><p>目录：<a>水车怎样造</a></p></div>',
            '<aside class="widget-area"><p>这家书店开了四十年，店主姓宋，见<a>旧书店</a>。</p></aside>',
            '<section class="widget"><h2>一则公告</h2></section>',
        ),
        names=re.compile(r"(?:^|\s)(?:widget|widget-area|widget_[a-z_]+)(?=$|\s)"),
        linked=0.6,
        headed=True,
    ),
    ElementRule(
        "评论表单",
        drops='<div id="respond" class="comment-respond"><h3>发表回复 <a>取消回复</a></h3><p>您的邮箱地址不会被公开。'
        "必填项已用 * 标注</p><p><label>评论 *</label></p><p><label>显示名称 *</label></p><p><label>网站</label></p>"
        "<p>在此浏览器中保存我的显示名称、邮箱地址和网站地址，以便下次评论时使用。</p></div>",
        keeps=(
            '<div id="respond"><p>如何回应：先听，再问。</p></div>',
            "<div><h3>发表评论</h3><p>评论须实名。</p></div>",
        ),
        names=re.compile(r"(?:^|\s)(?:respond|comment-respond|comment-form|commentform)(?=$|\s)"),
        says=re.compile(
            r"(?:(?:发表|留下|取消|提交|添加)(?:评论|回复)|要发表评论，?您?必须先?登录|您的(?:电子)?(?:邮箱|邮件)地址不会被公开"
            r"|必[填需](?:项|的)?(?:字段)?已?用?[*＊]?标[注记]|在此浏览器中保存我的(?:显示)?名[称字]、(?:电子)?邮[箱件](?:地址)?和(?:网站地址|站点)"
            r"|以便下次评论时使用|评论|显示名称|名称|姓名|昵称|(?:电子)?邮[箱件](?:地址)?|网站|站点|网址|验证码|登录|\W)+"
        ),
        headed=True,
        sentences=True,
    ),
    ElementRule(
        "评论区",
        drops='<div id="comments"><h3>网友评论</h3><p>来说两句吧</p></div><div class="comment-box">暂无评论</div>',
        keeps=(
            '<div id="comment"><h3>评论</h3><p>这首诗的上片写景，下片写人。</p></div>',
            '<h2 id="comments">评论与注释</h2>',
            '<div class="comments"><p>评论者认为，作者的结论过于乐观。</p></div>',
        ),
        names=_words("comments?|comment-?(?:box|list|area|form|wrap)|pinglun|reply-?box|disqus|gitalk|valine"),
        says=re.compile(
            r"(?:(?:网友|最新|热门|全部|我要|精彩)*评论(?:[（(]?[0-9]*[)）]?条?)?|来说两句吧?|说两句吧?|发表(?:评论)?|登录后?(?:评论|发表)?"
            r"|(?:暂无|还没有)评论|抢沙发|请?文明发言|查看更多(?:评论)?|\W)+"
        ),
        headed=True,
    ),
    ElementRule(
        "股票行情",
        drops='<span id="quote_sh603019">(26.80, 0.10, 0.37%)</span>',
        keeps=(
            '<span id="stock_sh603019"><a href="#">中科曙光</a></span><q id="quote">引文</q>',
            '<blockquote id="quote_1">引文</blockquote>',
        ),
        attributes=(("id", re.compile(r"^quote_\w+$")),),
        says=re.compile(r"[\W\d_]*"),
    ),
)

_HAN = "\u3400-\u9fff"
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜戚谢邹章苏潘葛范彭鲁韦马苗方俞任袁柳史唐费廉岑"
    "薛雷贺倪汤殷罗毕郝安常乐于傅齐康余顾孟黄萧肖尹姚邵汪毛狄贝戴宋庞熊纪舒项祝董梁杜阮蓝闵季贾江童郭梅林钟徐"
    "邱骆高夏蔡田樊胡凌霍虞万柯卢莫房缪丁邓洪石崔吉龚程邢裴陆翁荀甄曲封芮储靳段巫焦谷车侯全班秋仲伊宫宁仇甘祖"
    "武符刘景詹束龙叶司黎薄印白蒲丛鄂索赖卓屠乔胥闻翟谭劳姬申冉桑牛边尚温庄晏柴瞿阎连习艾向古易廖耿曾关游权"
)
_NAME = rf"(?:[{_HAN}]{{1,4}}(?:·[{_HAN}]{{1,6}})?|[A-Za-z][\w.-]{{0,15}}|[0-9]{{1,8}})(?![{_HAN}]*[：:])"
_CHINESE_NAME = rf"(?:[{_SURNAMES}][ \u3000]?[{_HAN}]{{1,2}})(?![{_HAN}：:])"
_NAME_GAP = r"[ \u3000、,，/_]{1,3}"
_CREDITS = (
    rf"(?:(?:责任编辑|責任編輯|责编|值班编辑|网络编辑|实习编辑|本文编辑|责任校对)\s*[：:]\s*{_NAME}"
    rf"(?:{_NAME_GAP}{_NAME}){{0,5}}"
    rf"|(?:编辑|編輯|校对|审核|监制|美编|排版)\s*[：:]\s*{_CHINESE_NAME}(?:{_NAME_GAP}{_CHINESE_NAME}){{0,5}})"
)

# What the top of a page offers beside its menu; the first by themselves tell such a line.
_CLEAR_LINKS = (
    "无障碍(?:浏览|阅读|模式|版)?|长者(?:模式|助手|专区|版)|关怀(?:模式|版)|适老(?:化|版|模式)|繁[體体](?:版|中文)?|网站支持IPv6"
    "|设为首页|加入收藏|网站地图|站点地图"
)
_PAGE_LINKS = (
    "简[體体](?:版|中文)?|English|ENGLISH|EN|智能问答|移动[版端]|手机版|客户端|小程序|微信|微博|邮箱|登[录錄]|注册|个人中心|退出|首页|RSS"
    "|联系我们|关于我们|繁|简"
)
_GENERATORS = (
    "WordPress|Hexo|Hugo|Typecho|Halo|Jekyll|Ghost|Gridea|VuePress|VitePress|Docsify|Docusaurus|Discuz!?|Z-Blog(?:PHP)?|DedeCMS"
    "|PHPCMS|MkDocs|GitBook|Emlog|emlog"
)
_CLEAR_TOOLS = "(?:打印本页|打印此页|关闭窗口|关闭本页|加入收藏|收藏本页|返回顶部|回到顶部|返回列表|我要纠错)"
_TOOL = rf"[【\[（(]\s*(?:打印|关闭|收藏|转发|纠错|字号|字体|{_CLEAR_TOOLS})\s*[】\]）)]"
_SIZES = r"[【\[（(]?字[号体]\s*[：:]?[\s【\[]*大[\s|]*中[\s|]*小[\s】\]）)]*"

_SCAN = (
    r"(?:请|欢迎)?(?:使用|打开|用)?(?:手机|微信|支付宝)?\s*(?:长按识别|长按|扫一扫|扫描|扫|识别)"
    r"(?:上方|下方|左侧|右侧|左边|右边|以下|上面|下面|文末|图中|此|本|该|这个)?的?(?:微信|官方)?(?:二维码|码)[，,\s]*"
)
_SCAN_FOR = (
    r"(?:即可|立即|马上|可)?(?:关注|下载|加入|进群|加群|入群|阅读|分享|查看|观看|收听|订阅)"
    r"(?:更多|全文|原文|本文|文章|详情|我们|手机版|更多内容|精彩内容"
    r"|(?!的)[^。！？，,\s]{0,12}?(?:公众号|客户端|小程序|APP|App|app|官微|微博|微信|视频号|抖音号|群))?[！!]?"
)

_BEFORE = r"上一[篇页章条]\s*[：:]"
_AFTER = r"下一[篇页章条]\s*[：:]"
_OTHER = r"[^。！？\n]{0,60}"

_OTHER_MARKS = r"[^。！？\n]{0,80}"

# What stands under a post: 阅读原文, 阅读 1万+, 赞 12, 在看 3.
_COUNTS = (
    r"(?:阅读原文|(?:阅读|浏览|点赞|赞同|赞|在看|转发|评论|收藏|分享)(?:量|数|次数)?\s*[:：]?\s*"
    r"(?:[0-9.]+\s*[万wWkK]?\+?(?![0-9]))?)"
)

# What sites write between the chapters of the books that they copied, in letters and marks of all widths.
_WIDE_W = "wWｗＷ"
_WIDE_LETTERS = "A-Za-z0-9\uff10-\uff19\uff21-\uff3a\uff41-\uff5a"
_WIDE_COM = r"[cCｃＣ]\s*[oOｏＯ]\s*[mMｍＭ]|[nNｎＮ]\s*[eEｅＥ]\s*[tTｔＴ]|[cCｃＣ]\s*[nNｎＮ]"
_SHELVES = "(?i:xiaoshuo|txt|wenxue|shuwu|shuba|zuowen|xiabook|shuku)"
_GAP = r"[^\w\n]{0,4}＿{0,1}"
_TXT = rf"[tTｔＴ]{_GAP}[xXｘＸ]{_GAP}[tTｔＴ]?"
_PARADISE = rf"[\W_]{{0,6}}(?:{_TXT}{_GAP}小{_GAP}说|小{_GAP}说{_GAP}{_TXT}){_GAP}天{_GAP}堂[\W_]*"

TEXT_RULES = (
    TextRule(
        "编辑署名",
        drops="（责任编辑：何某某 校对：林小雨）",
        keeps=("责任编辑：审读稿件并对内容负责的人。", "编辑：制作与发布流程", "校对：逐字核对原稿", "编辑：王朝历史"),
        pattern=rf"[（(【\[]?\s*{_CREDITS}(?:[\s|;；,，]*{_CREDITS})*\s*[）)】\]]?",
    ),
    TextRule(
        "分享栏",
        drops="分享到： 微信 新浪微博 QQ空间",
        keeps=("分享到更多地方的经验", "分享到微信", "一键分享"),
        pattern=rf"(?:分享[到至](?:\s*[：:]|(?=[\s|、])|$)|一键分享(?:\s*[：:]|(?=\s+(?:{_PLACES}))))"
        rf"[\s|、]*(?:(?>{_PLACES})[\s|、]*)*",
    ),
    TextRule(
        "页面工具",
        drops="【打印本页】 【关闭窗口】",
        keeps=("打印", "（中）", "（收藏）", "【字体】"),
        pattern=rf"{_TOOL}(?:[\s|]*{_TOOL})+|[【\[（(]\s*{_CLEAR_TOOLS}\s*[】\]）)]|(?:{_CLEAR_TOOLS}[\s|]*)+"
        rf"|{_SIZES}(?:[\s|]*{_TOOL})*",
    ),
    TextRule(
        "文末的阅读数",
        drops="阅读原文 阅读 1.2万+ 在看",
        keeps=("阅读原文", "阅读 1.2万+", "阅读原文的习惯", "在看", "在看 12", "赞同 3"),
        pattern=rf"(?:{_COUNTS}[\s|·]*){{2,}}+",
    ),
    TextRule(
        "扫码提示",
        drops="扫描下方二维码关注公众号",
        keeps=(
            "扫描二维码关注公众号是常见的推广方式。",
            "扫码阅读服务的兴起",
            "扫描仪编码器的下载方法",
            "扫黑除恶代码下载",
        ),
        pattern=rf"{_SCAN}{_SCAN_FOR}",
    ),
    TextRule(
        "扫一扫，在手机上看",
        drops="扫一扫在手机打开当前页",
        keeps=("扫一扫在手机里藏得很深", "扫一扫在手机打开当前页的设计"),
        pattern=r"[“\"]?扫一扫[”\"]?[，,\s]*(?:即可)?[在用]手机(?:上|端)?(?:打开|浏览|查看|阅读|继续浏览)"
        r"(?:(?:当前|本|此|该)(?:页面?|文章?|网页))?[。！!]?",
    ),
    TextRule(
        "公众号页面",
        drops="微信扫一扫 关注该公众号",
        keeps=("微信扫一扫", "继续滑动看下一个屏幕", "喜欢此内容的人还喜欢登山", "视频 小程序 赞"),
        pattern=r"微信扫一扫\s*(?:关注该公众号|使用小程序|赞赏作者|可打开此内容[，,]?\s*使用完整服务)|预览时标签不可点"
        r"|(?:轻触阅读原文\s*)?(?:继续|向上)滑动看下一[个篇]|轻触阅读原文|喜欢此内容的人还喜欢"
        r"|(?=[轻在赞视小分留收听\s：，。、…])(?=[\s\S]{0,80}轻点两下取消)(?:(?:轻点两下取消)?(?:在看|赞)|视频|小程序|分享|留言|收藏|听过|[\s：，。、…])+",
    ),
    TextRule(
        "页首的工具",
        drops="无障碍 | 长者模式 | 繁體版",
        keeps=("无障碍 坡道", "首页 登录 注册", "长者模式", "无障碍环境建设，登录平台办理"),
        pattern=rf"(?={_CLEAR_LINKS}|{_PAGE_LINKS})(?=[^\n]{{0,60}}(?:{_CLEAR_LINKS}))(?:{_CLEAR_LINKS}|{_PAGE_LINKS})(?:[\s|｜/·丨]+(?:{_CLEAR_LINKS}|{_PAGE_LINKS}))+[\s|｜]*",
    ),
    TextRule(
        "建站程序的署名",
        drops="自豪地采用 WordPress\n由 Hexo 强力驱动 | 主题 - NexT.Pisces",
        keeps=("由 Redis 强力驱动的缓存", "自豪地采用国产木料", "Powered by 的意思是由它驱动。"),
        pattern=rf"(?:本站)?(?:自豪地采用|由|(?:Proudly |proudly )?[Pp]owered [Bb]y)[：:]?\s?(?:{_GENERATORS})"
        r"(?:\s?[vVX]?[0-9.]+)?(?:\s?(?:强力)?(?:驱动|构建))?(?:\s*(?:[|&·,，]|and\b|与|和|主题|[Tt]heme)[^。！？\n]{0,40})?[.。]?",
    ),
    TextRule(
        "客户端推广",
        drops="海量资讯、精准解读，尽在新浪财经APP",
        keeps=("山川形胜，尽在图中", "所有服务尽在浙里办APP"),
        pattern=r"(?:海量|精彩|更多|最新|独家|权威|一手|热点|精准)[^。！？\n]{0,20}(?:资讯|新闻|内容|解读|报道|视频|信息|行情)"
        r"[^。！？\n]{0,6}尽在[^。！？\s]{1,12}(?:APP|App|客户端)[！!]?",
    ),
    TextRule(
        "版权与备案",
        drops="版权所有 某某网 京ICP备00000000号\nCopyright © 2020 某某网 版权所有",
        keeps=(
            "网站上线前要办理ICP备案。",
            "版权所有者享有的权利",
            "版权所有：著作权法第三章的例题",
            "沪ICP备案流程",
        ),
        # most paragraphs hold no digit, and need not be tried at each of 80 places
        pattern=rf"(?=[^0-9]*+[0-9]){_OTHER_MARKS}(?:[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]ICP[备证]\s*[0-9]{{5,10}}号?(?:-[0-9]+)?|公网安备\s*[0-9]{{8,16}}号){_OTHER_MARKS}"
        r"|(?:Copyright|COPYRIGHT|copyright)?\s*(?:©|\([Cc]\)|&copy;)\s*[0-9]{4}(?:\s*[-–—]\s*[0-9]{4})?[^。！？\n]{0,60}"
        r"(?:版权所有|All [Rr]ights [Rr]eserved)[.。]?",
    ),
    TextRule(
        "当前位置",
        drops="您当前的位置：首页 > 新闻中心 > 国内",
        keeps=("位置：甲 > 乙 表示甲在乙的前面。", "首页 > 系统管理 > 用户设置"),
        pattern=r"[您你]?(?:当前|现在|所在)(?:所在)?的?位置[是为]?\s*[：:][^>＞»›。\n]{1,24}"
        r"(?:[>＞»›]{1,3}[^>＞»›。\n]{1,32})+",
    ),
    TextRule(
        "章节之间",
        drops="上一章 ← 章节目录 → 下一章 加入书签\n请记住本书首发域名：www.example.com。",
        keeps=("章节目录", "加入书签", "上一章讲到目录", "请记住本书的主人", "最新网址怎样申请"),
        pattern=r"(?=[上下章目书返加投推\s|←→<>＜＞«»·-])(?=[^\n]{0,80}[上下]一[章页回])(?:[上下]一[章页回]|章节(?:目录|列表)|目录|书页|返回(?:目录|书页|列表|书架)|加入书[签架]"
        r"|投推荐票|推荐本书|[\s|←→<>＜＞«»·-]++)++"
        r"|(?:请(?:大家)?记住(?:本书|本站)?(?:首发)?(?:域名|网址)|(?:本站)?最新网址|天才一秒记住本站地址)[：:]\s*[A-Za-z0-9./:-]+[。.]?"
        r"(?:[^。！？\s]{1,12}手机版阅读网址[：:]\s*[A-Za-z0-9./:-]+[。.]?)?",
    ),
    TextRule(
        "小说站的招呼",
        drops="（本章未完，请点击下一页继续阅读）\n天才一秒记住本站地址：www.example.com。手机版阅读网址：m.example.com\n"
        "喜欢河上旧事请大家收藏：(www.example.com)河上旧事更新速度全网最快。",
        keeps=(
            "本章未完，明天继续。",
            "喜欢这条河的人请大家收藏好旧照片。",
            "手机版阅读网址怎样申请",
            "一秒记住这张脸，是她的本事。",
        ),
        pattern=r"(?=[（(本喜天一请手])(?:(?:[（(]?本章(?:未完|尚未结束)[，,]?\s?请?点击下一页继续阅读[^\n。（()）]{0,8}[）)。]?"
        r"|喜欢[^\n。：:]{1,24}请大家收藏[：:][^\n]{1,60}最快[。！!]?"
        r"|(?:天才)?一秒记住本站地址[：:]\s*[A-Za-z0-9./:-]+[。.]?|手机(?:版|用户)(?:请)?(?:阅读|浏览)(?:网址)?[：:]\s*[A-Za-z0-9./:-]+[。.]?"
        r"|(?:天才)?一秒记住【[^【】\n]{1,12}】[，,][^\n]{1,30}(?:小说|阅读)[^\n]{0,12})\s*)+",
    ),
    TextRule(
        "抽出文字时留下的页码",
        drops="--- Page 218 ---\n=== 第 12 页 ===\n—— 第12页／共30页 ——",
        keeps=("--- 第二页讲渡船 ---", "第 12 页", "—— 第12页的插图 ——"),
        pattern=r"(?=[-=—])[-=—]{2,12}+\s*(?:Page|第)\s*[0-9]{1,4}\s*页?(?:\s*(?:[/／]|of)\s*共?\s*[0-9]{1,4}\s*页?)?\s*[-=—]{2,12}",
    ),
    TextRule(
        "电子书站的水印",
        drops="wＷw。xiaoshuo txt.neｔ\nww　w　.　xia　oshu　otxt.ne t\n＃txt＄！小＠说天＾堂＆\nwww.xiaoshuotxt.net",
        keeps=("www.example.com", "http://www.example.com/xiaoshuo", "txt 小说下载到哪里", "www 与小说网站"),
        pattern=rf"(?=[{_WIDE_W}])(?=[^\u4e00-\u9fff]{{0,40}}[\uff01-\uff5e。、=/ \u3000]|[^\s]{{0,20}}{_SHELVES})"
        rf"[{_WIDE_W}](?:\s*[{_WIDE_W}]){{2,3}}(?:\s*[.。．、：/-])+[\s{_WIDE_LETTERS}]{{3,32}}?(?:\s*[.。．、，？/=-])+\s*(?:{_WIDE_COM})(?:{_PARADISE})?"
        rf"|{_PARADISE}",
    ),
    TextRule(
        "电子书站的声明",
        drops="声明：本书由某某书库（www.example.com）自网络收集整理制作，仅供交流学习使用，版权归原作者和出版社所有。\n"
        "更多精彩，更多好书，尽在某某书库www.example.com\n☆请勿用于商业行为，一切后果自负☆\n（本章完）\n"
        "《河工》查看《河工》书评和最新更新以及相关书籍推荐请到《河工》专题网址http://www.example.com/1/",
        keeps=(
            "本书由江城出版社整理出版。",
            "更多好书，尽在城南旧书店。",
            "请勿用于商业行为的照片",
            "查看《河工》书评的人不多。",
            "本章完结了这段往事。",
        ),
        pattern=r"(?=[☆★《\[（(声申说本更下T])(?:[☆★]*(?:(?:声明|申明|说明)[：:]\s?)?本(?:书|文|站|电子书)由[^\n。]{2,50}?(?:分享|整理|制作|提供|下载)[^\n]{0,30}?"
        r"(?:版权归|仅供|小时内删除)[^\n]{0,80}"
        r"|更多(?:精彩|好书)[^\n。]{0,24}(?:尽在|请登[陆录])[^\n。]{0,16}?(?i:www\.|http)[^\n\u4e00-\u9fff]{3,40}"
        r"|☆请勿用于商业行为，一切后果自负☆|☆[^☆\n]{0,16}(?:电子书|(?i:www\.)[a-zA-Z0-9.]{4,24})☆|[（(]本章完[）)]"
        r"|《[^《》\n]{1,24}》查看《[^《》\n]{1,24}》书评和最新更新[^\n]{1,90}"
        r"|[^\n，。]{2,16}(?i:https?://)[^\n，。]{5,40}[，,\s]+最有文艺气息的文学网站[^\n]{1,90})",
    ),
    TextRule(
        "上一篇与下一篇",
        drops="上一篇：关于春天 下一篇：关于秋天",
        keeps=("上一篇文章讲到了春天", "上一篇：鲁迅的日记里写了他在北京的生活"),
        pattern=rf"{_BEFORE}{_OTHER}{_AFTER}{_OTHER}|{_AFTER}{_OTHER}{_BEFORE}{_OTHER}"
        rf"|(?:{_BEFORE}|{_AFTER})\s*(?:没有了?|无|已是(?:第|最后)一篇)?|(?:[上下]一[篇页章条][\s|]*)+",
    ),
    TextRule(
        "上一篇，另起一段的下一篇",
        drops="上一篇：关于春天\n下一篇：关于秋天",
        keeps=("上一篇：写于北京\n正文从这里开始",),
        pattern=rf"{_BEFORE}{_OTHER}",
        beside=rf"{_AFTER}{_OTHER}",
    ),
    TextRule(
        "下一篇，另起一段的上一篇",
        drops="下一篇：关于秋天\n上一篇：关于春天",
        keeps=("正文到这里为止\n下一篇：写于北京",),
        pattern=rf"{_AFTER}{_OTHER}",
        beside=rf"{_BEFORE}{_OTHER}",
    ),
)

LIST_RULES = (
    ListRule(
        "往期与热门",
        drops='<p>【往期推荐】</p><p><a href="/1">城南的桥要重建</a></p>'
        '<h3>猜你喜欢</h3><ul><li><a href="/2">夜市</a></li></ul>',
        keeps=(
            "<p>往期推荐</p><p>这一栏登的是读者来信。</p>",
            '<p>往期回顾</p><p>去年讲过<a href="/1">水车</a>怎样造，今年接着讲。</p>',
            '<p>热门文章怎样写</p><p><a href="/1">写法</a></p>',
        ),
        pattern="往期(?:推荐|精选|回顾|文章|热文|好文|精彩(?:内容|回顾)?)|(?:精彩|热点)(?:回顾|推荐|文章)|历史文章|猜你喜欢|看了又看"
        "|(?:热门|热点|最新|推荐|近期|其他|更多)(?:文章|推荐|新闻|资讯|博文)|更多精彩(?:内容|文章|推荐)?|大家都在看|你可能(?:还|也)?喜欢",
        headed=True,
        least=1,
    ),
    ListRule(
        "相关阅读",
        drops='<p>相关阅读：</p><p><a href="/1">城南的桥要重建</a></p><p><a href="/2">夜市</a> 2021-03-04</p>',
        keeps=(
            '<h2>相关阅读</h2><ul><li><a href="/1">安装</a></li><li><a href="/2">升级</a></li></ul>',
            "<p>相关阅读</p><p>见本书第三章。</p><p>见附录。</p>",
            '<p>相关链接</p><p><a href="/1">安装</a></p>',
        ),
        pattern="(?:相关|推荐|延伸|扩展|拓展)(?:阅读|文章|新闻|推荐|报道|链接|资讯)",
        headed=False,
        least=2,
    ),
)
