"""The benchmark of extraction runs and reports what it promises."""

import importlib.util
from pathlib import Path

import pytest


def test_benchmark_names_its_reference_and_the_share_of_each_stage(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spec = importlib.util.spec_from_file_location(
        "bench_extract", Path(__file__).with_name("bench_extract.py")
    )
    assert spec and spec.loader
    bench = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(bench)
    for name, text in bench.samples(2, 7):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    ratios = bench.main(tmp_path, second=False)
    said = capsys.readouterr().out
    assert set(ratios) == {"one process"}
    assert ratios["one process"] > 0
    for word in ("stock spaCy", "names", "parsing", "relations", "exports", "peak memory"):
        assert word in said
