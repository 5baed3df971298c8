"""The samples of ``bench.kinds``: for each kind queries and the passage that is right, in words of our own.

One line a sample, ``passage | query | query …``; whatever is beside them in the same list is a near miss.
"""

from __future__ import annotations

from collections.abc import Iterator

COMPOUNDS = """
趁夜盗窃船缆的，送交官府。 | 盗窃罪 | 盗窃案
敲诈勒索渔户的，加倍处罚。 | 敲诈勒索罪
诬告陷害他人的，反坐其罪。 | 诬告陷害案
聚众斗殴者，首先动手的从重。 | 聚众斗殴罪
为他人洗钱的，没收所得。 | 洗钱罪
遗弃老人的，逐出村社。 | 遗弃罪
虐待学徒的，撤销其作坊。 | 虐待罪 | 虐待案
冒充官员招摇撞骗的，杖责。 | 招摇撞骗罪
偷税的补税，抗税的加罚。 | 偷税漏税
房产过户，先交契税。 | 房产证 | 房产税率
借据遗失，挂失三日。 | 借据书
拖欠脚夫的工资，按日计息。 | 拖欠工资 | 拖欠工资案
他祖籍广东，迁居泉州。 | 广东省 | 泉州市
浙江的茶商云集于此。 | 浙江省
海盐县志载此事。 | 海盐县城
醉酒以后驾驶马车，罚一月薪水。 | 醉驾
家里使用暴力的，邻人可以报官。 | 家暴
从高楼抛下物件，砸伤行人。 | 高楼抛物
羽毛球和各种球拍一律八折。 | 羽毛球拍
电动车的电池可以拆下。 | 电动车电池
误工三天，补发饭钱。 | 误工费
律师出庭，费用另计。 | 律师出庭费
护理病人的，每日二百文。 | 护理费
押运粮草，沿途免税。 | 押运费 | 押运员
抚养孤儿的，减免徭役。 | 抚养费 | 抚养权
赡养父母，不得推诿。 | 赡养费 | 赡养案
肖像不得用来招徕顾客。 | 肖像权
名誉受损，可以要求道歉。 | 名誉权 | 名誉案
结婚登记，双方到场。 | 结婚证
营业须挂执照于门首。 | 营业证
驾驶渡船，须有保人。 | 驾驶证 | 驾驶员
网店借贷，利息自定。 | 网贷
校园里欺负同学的，停学。 | 校园案
不得包庇偷渡客。 | 包庇罪
包庇罪犯的，另案处理。
诽谤邻里，赔礼道歉。 | 诽谤罪
诽谤罪犯，不受此限。
""".strip()

MEASURES = (
    "年 个月 周 日 天 小时 分钟 秒 季度 岁 周岁 元 万元 倍 人 名 位 户 家 件 份 种 台 辆 艘 架 座 栋 间 层 次 期 届 号 "
    "页 卷 册 集 回 篇 条 款 项 章 节 编 米 公里 公斤 吨 亩 平方米 张 盒 箱 瓶 棵 株 场 轮 课时 学分 世纪 美元"
)
ORDINALS = "期届号页卷册集回篇条款项章节编次"

LATIN = """
新到AI助手两名。 | AI | ai | ＡＩ | AI是什么
请查收email附件。
R&D部门招人。 | R&D | R & D
WordPress与Radio Drama同名。
版本702.6已经发布。 | 702.6
版本702.60已经发布。 | 702.60
学C++三年。 | C++ | c++
学C#三年。 | C#
学C语言三年。 | C语言
IT行业的报告。 | IT | IT 报告
bit与item的说明。
这里有5G网络。 | 5G | 5g
这里有15G内存。
做X光检查。 | X光 | X 光
Xerox复印机到货。
批发T恤。 | T恤
买iPhone 15 Pro一部。 | iPhone15 | iPhone 15
买iPhone 150一部。
看A股行情。 | A股
OA系统升级。 | OA
road地图发行。
V1.0版可用。 | V1.0
V1.01版可用。
Q&A汇总成册。 | Q&A
AT&T公司来函。 | AT&T
今日PM2.5超标。 | PM2.5 | PM 2.5
H7N9病毒变异。 | H7N9
看K线图。 | K线
用3D打印。 | 3D | 3D 打印
13D影院开业。
加入WTO以后。 | WTO
P2P网贷倒闭。 | P2P
UP2PM代码泄漏。
去4S店保养。 | 4S店 | 4S
CEO致辞。 | CEO
登记IP地址。 | IP
解压zip文件。
缺维生素B12。 | B12 | 维生素 B12
缺维生素B1。 | B1
测PH值。 | PH
phone号码已改。
查ABO血型。 | ABO
above标题不用。
""".strip()

SEPARATORS = """
编码依GB 18030执行。 | GB18030 | GB-18030
枪是AK-47，支数不详。 | AK47 | AK 47 | AK—47
认证ISO 9001:2015。 | ISO9001-2015 | ISO 9001：2015
买Wi-Fi路由。 | WiFi | wi—fi
见图3-1所示。 | 图3.1 | 图 3-1 | 图3—1
见图3-2所示。
见表 2.1数据。 | 表2-1 | 表2.1
统计2019—2021年产量。 | 2019至2021年 | 2019-2021年 | 2019~2021年
统计2019年与2021年产量。
于2021年3月5日开会。 | 20210305 | 2021/3/5 | 二〇二一年三月五日
于2021年3月6日开会。
座机010-62345678。 | 01062345678 | 010 62345678
气温−20℃。 | -20℃
气温20℃。
附表二列明税率。 | 附表2
附表十二列明税率。
收叁拾万元整。 | 30万元 | 三十万元
收叁万元整。
""".strip()

REGIONS = """
軟體/软件 網路/网络 資訊/信息 滑鼠/鼠标 硬碟/硬盘 伺服器/服务器 程式/程序 印表機/打印机 計程車/出租车
數位/数字 專案/项目 影片/视频 簡訊/短信 螢幕/屏幕 光碟/光盘 記憶體/内存 資料庫/数据库 演算法/算法
游標/光标 登入/登录 部落格/博客 網際網路/互联网
"""

PINYIN = """
试用期 shi yong qi|劳动合同 lao dong he tong|正当防卫 zheng dang fang wei|数据安全 shu ju an quan
知识产权 zhi shi chan quan
合同 he tong|诉讼 su song|医疗 yi liao|保险 bao xian|学校 xue xiao|公司 gong si|法院 fa yuan|女性 nv xing|律师 lv shi
环境 huan jing|银行 yin hang|音乐 yin yue|重庆 chong qing|长城 chang cheng|教育 jiao yu
"""

TYPOS = """
正当防卫/正当防味 诉讼时效/诉讼时校 知识产权/知识产全 个人信息/个人信席 劳动争议/劳动争意
数字经济/数字经纪 数据安全/数剧安全
董事会/懂事会 公司法/公思法 打架斗殴/打架斗欧 人身安全/人身安权
环境保护/环境保户 医疗保险/医疗保俭 食品安全/食品安权
"""


def samples(lines: str) -> Iterator[tuple[str, str]]:
    """Passage and query, one for each query; a passage without any, and an empty query, for near misses."""
    for line in lines.splitlines():
        passage, *queries = (each.strip() for each in line.split("|"))
        yield from ((passage, query) for query in queries or [""])
