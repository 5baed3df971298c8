"""Names of a package that are loaded when somebody asks for them."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest

from indexer.lazy_names import loader


@pytest.fixture
def package(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    module = ModuleType("a_package")
    monkeypatch.setitem(sys.modules, "a_package", module)
    module.__getattr__ = loader("a_package", {"string": ("ascii_letters", "digits"), "keyword": ("kwlist",)})  # type: ignore[method-assign]
    return module


def test_a_name_is_taken_from_its_module_and_kept(package: ModuleType) -> None:
    assert "digits" not in vars(package)
    assert package.digits == "0123456789"
    assert vars(package)["digits"] is package.digits
    assert "ascii_letters" not in vars(package)


def test_what_is_no_name_of_the_package_is_none(package: ModuleType) -> None:
    with pytest.raises(AttributeError, match=r"'a_package' has no attribute 'hexdigits'"):
        _ = package.hexdigits  # which the module has, but the package does not name
