"""Elements of a page that are no part of its text, told by their names, their attributes and what they show: data."""

from __future__ import annotations

import re

from indexer.documents.boilerplate.rules import PLACES, ElementRule, whole_words, words

_SHARING = rf"分享[到至给]?|转发到?|一键分享|点赞|收藏|打印|评论|{PLACES}|Facebook|Twitter|Weibo|WeChat|LinkedIn"
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
        names=words("nav|navs|navbar|navigation|breadcrumbs?|crumbs?|menu|submenu|topbar|sitemap|pager|pagination"),
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
        names=words("(?:append)?qr|qr-?codes?|erweima|ewm|wx-?code|weixin-?code"),
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
        names=words("shares?|sharebar|share-?box|social|socialshare|jiathis(?:_style)?|sns|bdsharebuttonbox|bdshare"),
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
            rf"|赞过?|喜欢|正在加载|通过电子邮件将链接发送给朋友|电子邮件|打印|更多|(?>{PLACES})"
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
        names=words(
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
        names=words("toc|table-?of-?contents|article-?toc|aside|side-?bar"),
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
        names=words("comments?|comment-?(?:box|list|area|form|wrap)|pinglun|reply-?box|disqus|gitalk|valine"),
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
    ElementRule(
        "链接到标题的记号",
        drops='<a class="headerlink" href="#a" title="永久链接">¶</a><a class="header-anchor" href="#b">\u200b</a>'
        '<a class="hash-link" href="#c">#</a><a class="anchor" href="#d"></a>',
        keeps=('<a class="anchor" href="#d">锚点</a>', '<a href="#e">#</a>'),
        attributes=(
            (
                "class",
                whole_words("headerlink|header-anchor|hash-link|heading-anchor|anchor|anchorjs-link|anchor-link"),
            ),
        ),
        says=re.compile(r"[\W_]*"),
    ),
    ElementRule(
        "行号的一栏",
        drops='<table><tr><td class="linenos"><pre>1\n2</pre></td></tr></table>'
        '<div class="line-numbers-wrapper">1<br>2</div>'
        '<table><tr><td class="gutter"><pre>1</pre></td></tr></table>',
        keeps=('<table><tr><td class="line">1</td></tr></table>', '<div class="row gutter">两栏之间留空。</div>'),
        attributes=(
            ("class", whole_words("linenos|linenodiv|line-numbers-wrapper")),
            ("class", re.compile("^gutter$")),
        ),
    ),
    ElementRule(
        "每行的行号",
        drops='<span class="ln">12</span><span class="lnt">3\n</span>',
        keeps=('<span class="ln">第 12 行</span>', '<span class="line">12</span>'),
        attributes=(("class", whole_words("lnt?|hljs-ln-numbers")),),
        says=re.compile(r"[\d\W]*"),
    ),
    ElementRule(
        "代码块的语言",
        drops='<div class="language-js"><span class="lang">js</span></div>',
        keeps=('<span class="lang">中文与外文</span>', '<span class="lang zh">js</span>'),
        attributes=(("class", re.compile(r"^lang$")),),
        says=re.compile(r"[\w+#.-]{1,16}", re.ASCII),
    ),
    ElementRule(
        "维基的编辑链接",
        drops='<span class="mw-editsection">[<a>编辑</a>]</span><a class="mw-jump-link" href="#a">跳转到导航</a>',
        keeps=('<h2>编辑<span class="editsection">编辑部的一天</span></h2>', "<p>[编辑]</p>"),
        attributes=(("class", whole_words("mw-editsection|mw-jump-link")),),
    ),
)
