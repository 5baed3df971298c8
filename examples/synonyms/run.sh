#!/usr/bin/env bash
# 同义词表用在一条查询上：run.sh [索引目录] [查询]。XUNZHANG 可以换成别的命令，例如 "python -m indexer"。
set -euo pipefail
index=${1:-index/demo}
query=${2:-房东不退押金}
file=$(dirname "$0")/法律口语.txt
read -ra xunzhang <<<"${XUNZHANG:-xunzhang}"

"${xunzhang[@]}" stats --index "$index" >/dev/null # 索引用不了时，在这里说明并结束

echo "── 哪些词也找哪些词"
"${xunzhang[@]}" explain "$query" --index "$index" --synonyms "$file" | grep 同义词 || echo "词表里没有这些词。"

echo "── 词表里有、文档里一段也没有的说法"
"${xunzhang[@]}" synonyms --index "$index" --synonyms "$file" | grep -c '# .* 0$' || true
