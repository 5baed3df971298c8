"""Lines around the text of a page that say whose the site is, where one is in it and what one may do with the page.

Some of them a text may well say too, a colophon or a manual; of these, unlike of those of ``text_rules``, only what
stands outside the text of a page is dropped.
"""

from __future__ import annotations

import re

# Whose the site is and under what licence, who made it, where to complain.
_OWNER = re.compile(
    r"(?!.*[。！？].)(?!.*[0-9]{4}-[0-9]{1,2}-[0-9]{1,2})(?=.*(?:©|\(c\)\W*[0-9]{4}|copyright|版[权權]所有(?![者人权])|all\s?rights\s?reserved|ICP[备備证證]|公网安备|公安(?:机关)?备案"
    r"|(?:网站|政府网站)标识码|信息服务许可证|视听节目许可证|经营许可证|powered\s?by|theme\s?by|designed?\s?by|由\S{2,16}(?:强力)?驱动"
    r"|违法和?不良信息举报|举报(?:电话|邮箱)[：:]|(?:网站)?(?:主办|承办|运行维护|维护)单位[：:]|技术支持[：:])).{2,160}",
    re.IGNORECASE | re.DOTALL,
)
_ROOT = r"(?:您?的?(?:当前|现在|所在)?(?:所在)?的?位置(?:是)?[：:]?|网站首页|首页|主页)"
_PARTED = r">＞»›→/·|\-"
# 首页 > 要闻 > 正文, 当前位置：新闻动态
_PATH = re.compile(
    rf"{_ROOT}(?:[{_PARTED}]{{1,3}}[^{_PARTED}]{{1,60}}){{1,12}}[{_PARTED}]{{0,3}}"
    rf"|您?的?(?:当前|现在|所在)(?:所在)?的?位置(?:是)?[：:]?[^。]{{0,60}}"
    rf"|[^。{_PARTED}]{{2,12}}(?:[{_PARTED}]{{1,3}}[^。{_PARTED}]{{1,12}}){{0,6}}(?:[{_PARTED}]{{1,3}}正文|(?<=网)正文)"
)
_TOOLS = re.compile(
    r"(?=.*(?:[\u4e00-\u9fff]{2}|[A-Za-z]{3}|[×✕]|^\W+$|^[Xx]$|%))"
    r"(?:分享到?|转发|打印(?:本页|此页|字体)?|关闭(?:窗口|本页)?|收藏(?:本页)?|点赞|赞|举报|纠错|评论|留言|回复|字[号体][：:]?|放大|缩小|正常|增大|减小"
    r"|大|中|小|TOP|(?-i:T|A)|新浪微博|腾讯微博|微博|微信好友|微信|QQ空间|QQ好友|Qzone|朋友圈|图集|更多|全部|首页|上一页|下一页|尾页|登[录陆]|注册|退出"
    r"|个人中心|搜索|检索|关键[词字]|目录|文章目录|站点概览|菜单|导航(?:菜单)?|关注我们|联系我们|关于我们|官方微[信博]|手机版|电脑版|客户端|无障碍(?:浏览)?|简体|繁[体體]"
    r"|扫一扫|扫码关注|下载APP|返回顶部|回到顶部|顶部|跳至(?:主要)?(?:正文|內容|内容)|跳到(?:导航|搜索|内容)|正在加载|加载中|0%"
    r"|[0-9]{1,6}|[xX]|[\W_])++",
    re.IGNORECASE,
)
# 总访问量 1234 次, 博客全站共61.7k字
_COUNTERS = re.compile(
    r"(?:(?:您是第|本站|全站|博客|网站|本文|页面|今日)*+(?:总?访问(?:人数|人次|量)|访客(?:总数|数)?|总?浏览(?:次数|量)|阅读(?:次数|量)|点击(?:次数|数|量)"
    r"|总?字数(?:统计)?|共|运行(?:时间)?|在线人数|PageViews|UniqueVisitors|PV|UV)[：:为]?[0-9.,kKwW万]*+(?:[字次人位天]|分钟)?|[\W_])++",
)


def is_frame_line(text: str) -> bool:
    """Tell by its text, without white space, a line that stands around the text of a page."""
    return any(pattern.fullmatch(text) for pattern in (_TOOLS, _OWNER, _PATH, _COUNTERS))
