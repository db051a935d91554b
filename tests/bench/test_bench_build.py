"""The benchmark of builds runs and reports what it promises."""

import importlib.util
from pathlib import Path

import pytest

NOTE = "Japan and Australia signed an agreement on 6 January 2022. Kenya joined the United Nations in 1963.\n"


def test_benchmark_tells_each_stage_and_its_ratios(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spec = importlib.util.spec_from_file_location("bench_build", Path(__file__).with_name("bench_build.py"))
    assert spec and spec.loader
    bench = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(bench)
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text(NOTE * (1 + len(name)), encoding="utf-8")
    ratios = bench.main(tmp_path, clones=3, second=False, merge_only=True)
    said = capsys.readouterr().out
    assert set(ratios) == {"one changed", "none changed", "memory up to the graph"}
    assert all(ratio > 0 for ratio in ratios.values())
    assert "one document changed" in said and "1 of 2 documents read" in said
    assert "3 times the documents" in said and "0 of 6 documents read" in said
    for word in ("read and extract", "shapes", "page", "documents/s", "kB/s", "names", "peak"):
        assert word in said
