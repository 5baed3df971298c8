#!/usr/bin/env bash
# 命令行与别的工具连用：run.sh [索引目录] [查询]。XUNZHANG 可以换成别的命令，例如 "python -m indexer"。
set -euo pipefail
index=${1:-index/demo}
query=${2:-段落}
read -ra xunzhang <<<"${XUNZHANG:-xunzhang}"

"${xunzhang[@]}" stats --index "$index" >/dev/null # 索引用不了时，在这里说明并结束

echo "── jq：命中最多的文档"
if command -v jq >/dev/null; then
    "${xunzhang[@]}" search "$query" --index "$index" --json --limit 100 |
        jq -r '.facets.document[:3][] | "\(.count)\t\(.label)"'
else
    echo "没有安装 jq，这一段略过。"
fi

echo "── 一行一段，可以 grep、cut、sort"
"${xunzhang[@]}" search "$query" --index "$index" --plain --limit 100 | cut -f 2 | sort | uniq -c | sort -rn | head -3

echo "── CSV：用电子表格打开"
"${xunzhang[@]}" search "$query" --index "$index" --format csv --limit 2 | head -1

if [ -t 0 ] && [ -t 1 ] && command -v fzf >/dev/null; then
    echo "── fzf：边输边选，回车核对这一段"
    "${xunzhang[@]}" search "$query" --index "$index" --plain --limit 100 |
        fzf --delimiter '\t' --with-nth 3.. --preview 'echo {4} | fold -s -w 60' | cut -f 1
else
    echo "── 在终端里并且装了 fzf 时，这里可以边输边选。"
fi
