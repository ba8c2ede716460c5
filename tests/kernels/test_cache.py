"""What was compiled before and cannot be read is compiled again: no fault reaches a caller."""

from __future__ import annotations

import errno
import importlib.util

import pytest
from numba.core import caching, config

from inje.kernels._compiler import address_of, compiled, inner

pytestmark = pytest.mark.skipif(bool(config.DISABLE_JIT), reason="the compiler is off")

SOURCE = """
def half(x):
    return 0.5 * x

def law(own, enemy, t, p0, p1, p2, p3):
    return enemy * p0
"""
DAMAGES = {
    "empty": lambda _: b"",
    "cut short": lambda raw: raw[: len(raw) // 2],
    "garbage": lambda _: b"garbage",
    "another pickle": lambda _: b"\x80\x04]\x94.",
    "another version": lambda raw: b"\x80\x04\x8c\x050.0.1\x94." + raw,
}


@pytest.fixture
def plain(tmp_path, monkeypatch):
    """Functions in a file of their own, and a cache in a folder of its own."""
    (tmp_path / "plain.py").write_text(SOURCE, encoding="utf-8")
    monkeypatch.setattr(config, "CACHE_DIR", str(tmp_path / "cache"))
    found = importlib.util.spec_from_file_location("plain", tmp_path / "plain.py")
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def kept(tmp_path, ending):
    return list((tmp_path / "cache").rglob(f"*{ending}"))


@pytest.mark.parametrize("ending", [".nbi", ".nbc"])
@pytest.mark.parametrize("damage", list(DAMAGES))
def test_a_damaged_cache_is_made_anew(plain, tmp_path, ending, damage):
    assert compiled(plain.half)(3.0) == 1.5
    (path,) = kept(tmp_path, ending)
    path.write_bytes(DAMAGES[damage](path.read_bytes()))
    again = compiled(plain.half)
    assert again(3.0) == 1.5
    assert sum(again.stats.cache_hits.values()) == 0, "what was damaged was not used"
    third = compiled(plain.half)
    assert third(3.0) == 1.5
    assert sum(third.stats.cache_hits.values()) == 1, "and it was mended"


def test_a_cache_whose_code_is_gone_is_made_anew(plain, tmp_path):
    compiled(plain.half)(3.0)
    (path,) = kept(tmp_path, ".nbc")
    path.unlink()
    assert compiled(plain.half)(3.0) == 1.5
    assert kept(tmp_path, ".nbc") == [path]


def test_a_sound_cache_is_used(plain):
    compiled(plain.half)(3.0)
    second = compiled(plain.half)
    assert second(3.0) == 1.5
    assert sum(second.stats.cache_hits.values()) == 1


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EROFS])
def test_a_cache_that_cannot_be_written_costs_no_run(plain, tmp_path, monkeypatch, number):
    def refused(*_arguments):
        raise OSError(number, "refused")

    monkeypatch.setattr(caching.IndexDataCacheFile, "_save_data", refused)
    assert compiled(plain.half)(3.0) == 1.5
    assert inner(plain.half).py_func(3.0) == 1.5
    assert kept(tmp_path, ".nbc") == []


def test_no_place_for_a_cache_costs_no_run(plain, monkeypatch):
    monkeypatch.setattr(caching.CompileResultCacheImpl, "_locator_classes", [])
    assert compiled(plain.half)(3.0) == 1.5


@pytest.mark.parametrize("ending", [".nbi", ".nbc"])
def test_a_law_whose_compiled_form_is_damaged_is_compiled(plain, tmp_path, ending):
    from inje.kernels import _compiler

    assert address_of(plain.law)
    (path,) = kept(tmp_path, ending)
    path.write_bytes(b"garbage")
    _compiler._callback.cache_clear()
    assert address_of(plain.law)
