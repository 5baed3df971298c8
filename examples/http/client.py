"""A client of the API in the standard library: python client.py http://127.0.0.1:8000 查询 [口令]."""

from __future__ import annotations

import json
import sys
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen


def ask(server: str, path: str, token: str = "", **parameters: object) -> dict[str, Any]:
    """One answer of the API; what goes wrong ends the program with one sentence."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    address = f"{server.rstrip('/')}/api/v1/{path}?{urlencode(parameters, doseq=True)}"
    try:
        with urlopen(Request(address, headers=headers), timeout=30) as answer:
            return json.load(answer)
    except HTTPError as error:
        sys.exit(f"错误：{explained(error)}")
    except (URLError, OSError, ValueError) as error:
        sys.exit(f"错误：{server} 没有回答（{getattr(error, 'reason', error)}）。请检查地址，先运行 xunzhang serve。")


def explained(error: HTTPError) -> str:
    """The sentence of the API; of a proxy before it, which has no such sentence, the status."""
    try:
        body = json.load(error)["error"]
    except (ValueError, KeyError, TypeError):
        return f"服务前面的代理说 {error.code}。" + ("请求太密，请等一会。" if error.code == 429 else "")
    return f"{body['message']}{body['hint']}"


def main() -> None:
    """Print the first pages of a search."""
    server, query, token = (*sys.argv[1:], "", "")[:3]
    offset, shown = 0, 0
    while offset is not None and shown < 6:
        body = ask(server, "search", token, q=query, offset=offset, limit=3, fields="document,section,snippet")
        for hit in body["hits"]:
            shown += 1
            text = "".join(f"【{part}】" if marked else part for part, marked in hit["snippet"]["parts"])
            print(" › ".join([hit["document"]["title"], *hit["section"]]), text, sep="\n    ")
        offset = body["next_offset"]
    print(f"{body['entries']} 段，列出 {shown} 段" if body["entries"] else "没有找到。")


if __name__ == "__main__":
    main()
