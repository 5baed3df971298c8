#!/usr/bin/env bash
# curl：client.sh http://127.0.0.1:8000 查询。有口令时先 export XUNZHANG_TOKEN=…
set -euo pipefail
server=${1:?地址} query=${2:?查询}
body=$(mktemp)
trap 'rm -f "$body"' EXIT

# -G 与 --data-urlencode 让 curl 自己给汉字编码；口令从标准输入读，不出现在进程表里。
status=$(curl -sS -G "${server%/}/api/v1/search" --data-urlencode "q=$query" -d limit=2 -d fields=text \
    --max-time 30 -o "$body" -w '%{http_code}' --config - <<<"header = \"Authorization: Bearer ${XUNZHANG_TOKEN:-}\"") || {
    echo "错误：$server 没有回答。请检查地址，先运行 xunzhang serve。" >&2
    exit 1
}
cat "$body"
[ "$status" = 200 ]
