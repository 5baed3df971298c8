"""How a cluster is reached: what arguments and the environment say, and that no password is ever shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.engines.connection import Connection
from indexer.errors import BadParameter

SECRET = "秘密:p@ss"


def test_who_logs_in_may_stand_in_the_address_and_does_not_stay_there() -> None:
    made = Connection(("https://reader:p%40ss@a.example:9200/", "http://b.example:9200"))
    assert made.urls == ("https://a.example:9200", "http://b.example:9200")
    assert (made.user, made.password) == ("reader", "p@ss")


def test_who_is_named_beside_the_address_counts() -> None:
    made = Connection(("https://old:x@a.example",), user="new", password="y")
    assert (made.user, made.password, made.urls) == ("new", "y", ("https://a.example",))


def test_a_password_is_not_shown() -> None:
    assert SECRET not in repr(Connection(("http://a",), "u", SECRET))


def test_the_environment_says_what_is_not_given() -> None:
    environment = {
        "XUNZHANG_URL": "http://a:9200, http://b:9200",
        "XUNZHANG_USER": "u",
        "XUNZHANG_PASSWORD": SECRET,
        "XUNZHANG_CA": "/etc/ca.pem",
    }
    made = Connection.from_environment(environment)
    assert made == Connection(("http://a:9200", "http://b:9200"), "u", SECRET, Path("/etc/ca.pem"))
    other = Connection.from_environment(environment, urls=("http://c",), shards=3, ca=None)
    assert (other.urls, other.user, other.shards, other.ca) == (("http://c",), "u", 3, Path("/etc/ca.pem"))


def test_without_an_address_it_is_said_how_to_give_one() -> None:
    with pytest.raises(BadParameter, match="XUNZHANG_URL"):
        Connection.from_environment({})


@pytest.mark.parametrize(
    "url", ["a.example:9200", "ftp://a.example", "http://", "http://[a", "http://a:x", "", "http://u:p@"]
)
def test_what_is_no_address_is_refused_without_what_may_be_a_password(url: str) -> None:
    with pytest.raises(BadParameter, match="https://主机:9200") as caught:
        Connection((url,))
    assert "u:p" not in str(caught.value)


@pytest.mark.parametrize("settings", [{"prefix": "A"}, {"prefix": "_a"}, {"prefix": "a*"}, {"prefix": ""},
                                      {"shards": 0}, {"replicas": -1}, {"timeout_s": 0}])  # fmt: skip
def test_what_no_index_can_be_made_with_is_refused(settings: dict[str, object]) -> None:
    with pytest.raises(BadParameter):
        Connection(("http://a",), **settings)  # type: ignore[arg-type]
    assert Connection(("http://a",), prefix="a-1_b", shards=1, replicas=0, timeout_s=0.1)
