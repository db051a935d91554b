"""Which files are read, and what manifests may say of them."""

from pathlib import Path

import pytest
from diplograph.extract.manifest import Source, find_sources, read_manifest
from diplograph.ontology.errors import InputError


def write(path: Path, text: str = "Norway joined.\n") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_manifest_gives_what_its_cells_say(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    write(tmp_path / "sub" / "b.txt")
    manifest = write(
        tmp_path / "manifest.csv",
        '\ufefffile,title,country,reference_year,url\r\na.txt,"Trade, and aid",NOR,1998,https://a.org/b?c=d\r\n'
        "\r\nsub/b.txt,,,\r\n",
    )
    assert read_manifest(manifest) == (
        Source(
            path=tmp_path / "a.txt",
            title="Trade, and aid",
            country="NOR",
            reference_year=1998,
            url="https://a.org/b?c=d",
        ),
        Source(path=tmp_path / "sub" / "b.txt"),
    )


WRONG_MANIFESTS = [
    pytest.param("file,titel\na.txt,x\n", ["line 1", "'titel'", "did you mean 'title'?"], id="close-column"),
    pytest.param("file,colour\na.txt,x\n", ["line 1", "'colour'"], id="unknown-column"),
    pytest.param("title\nx\n", ["line 1", "'file' is missing"], id="no-file-column"),
    pytest.param("file,file\na.txt,a.txt\n", ["line 1", "stands twice"], id="column-twice"),
    pytest.param("file\na.txt\nb.text\n", ["line 3", "'b.text'", "did you mean"], id="missing-file"),
    pytest.param("file,country\na.txt,NOW\n", ["line 2", "'NOW'", "did you mean 'NOR'?"], id="bad-country"),
    pytest.param("file,country\na.txt,Norway\n", ["line 2", "did you mean 'NOR'?"], id="country-name"),
    pytest.param("file,country\na.txt,nor\n", ["line 2", "did you mean 'NOR'?"], id="country-small"),
    pytest.param("file,reference_year\na.txt,98\n", ["line 2", "'98'", "four digits"], id="short-year"),
    pytest.param("file,reference_year\na.txt,next\n", ["line 2", "'next'"], id="no-year"),
    pytest.param("file,url\na.txt,example.org\n", ["line 2", "'example.org'", "https://"], id="no-address"),
    pytest.param("file,title\na.txt,x,y\n", ["line 2", "3 cells"], id="extra-cell"),
    pytest.param("file,title\n,x\n", ["line 2", "no file"], id="empty-file-cell"),
    pytest.param("file\n", ["names no file"], id="no-rows"),
    pytest.param('file,title\na.txt,"x"y\n', ["line 2", "not CSV"], id="not-csv"),
    pytest.param("", ["line 1"], id="empty"),
]


@pytest.mark.parametrize(("text", "parts"), WRONG_MANIFESTS)
def test_wrong_manifest_is_told_with_line_and_remedy(tmp_path: Path, text: str, parts: list[str]) -> None:
    write(tmp_path / "a.txt")
    write(tmp_path / "b.txt")
    with pytest.raises(InputError) as caught:
        read_manifest(write(tmp_path / "list.csv", text))
    for part in ["list.csv", *parts]:
        assert part in str(caught.value)
    assert caught.value.remedy


def test_folder_is_read_in_order_without_manifest_hidden_and_unknown_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "sub/c.TXT", ".hidden/d.txt", "photo.raw", "manifest.csv", ".e.txt"):
        write(tmp_path / name, "file\na.md\n")
    found = find_sources([tmp_path])
    assert [source.path.relative_to(tmp_path).as_posix() for source in found] == [
        "a.md",
        "b.txt",
        "sub/c.TXT",
    ]


def test_manifest_adds_to_the_files_found_and_no_further_files(tmp_path: Path) -> None:
    write(tmp_path / "in" / "a.txt")
    write(tmp_path / "in" / "b.txt")
    write(tmp_path / "out.txt")
    manifest = write(tmp_path / "list.csv", "file,title\nin/a.txt,Aid\nout.txt,Out\n")
    found = find_sources([tmp_path / "in"], manifest)
    assert [(s.path.name, s.title) for s in found] == [("a.txt", "Aid"), ("b.txt", "")]
    assert [s.path.name for s in find_sources([], manifest)] == ["a.txt", "out.txt"]
    assert find_sources([manifest]) == find_sources([], manifest)


def test_order_and_repetition_of_inputs_do_not_matter(tmp_path: Path) -> None:
    files = [write(tmp_path / name) for name in ("b.txt", "a.txt", "c.txt")]
    assert find_sources(files) == find_sources([*reversed(files), files[0]]) == find_sources([tmp_path])


def test_pattern_names_the_files_it_matches(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c.md"):
        write(tmp_path / name)
    assert [source.path.name for source in find_sources([tmp_path / "*.txt"])] == ["a.txt", "b.txt"]
    odd = write(tmp_path / "a[1].txt")
    assert [source.path for source in find_sources([odd])] == [odd]


def test_mistyped_path_names_the_nearest(tmp_path: Path) -> None:
    write(tmp_path / "yearbook-1998.txt")
    with pytest.raises(InputError, match=r"does not exist; did you mean '.*/yearbook-1998\.txt'\?"):
        find_sources([tmp_path / "yearbok-1998.txt"])
    with pytest.raises(InputError, match="check the spelling"):
        find_sources([tmp_path / "zzzz"])


def test_folder_with_nothing_to_read_tells_the_endings(tmp_path: Path) -> None:
    write(tmp_path / "picture.raw")
    with pytest.raises(InputError, match=r"holds nothing to read; .*\.md.*\.txt"):
        find_sources([tmp_path])


def test_a_folder_brings_its_manifest(tmp_path: Path) -> None:
    """The manifest of a folder tells of its files unless another is named."""
    (tmp_path / "a.txt").write_text("A.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("B.", encoding="utf-8")
    (tmp_path / "manifest.csv").write_text("file,country,reference_year\na.txt,NOR,1998\n", encoding="utf-8")
    assert find_sources([tmp_path]) == (
        Source(path=tmp_path / "a.txt", country="NOR", reference_year=1998),
        Source(path=tmp_path / "b.txt"),
    )
    other = tmp_path / "other.csv"
    other.write_text("file,country\nb.txt,DNK\n", encoding="utf-8")
    assert find_sources([tmp_path], other) == (
        Source(path=tmp_path / "a.txt"),
        Source(path=tmp_path / "b.txt", country="DNK"),
    )
