"""What must never come out of a scan."""

from pathlib import Path

from generator.media.store import INDEX
from tests.media.making import dirty, everything_below, run, secrets_in


def test_no_word_of_any_metadata_comes_out(tmp_path: Path) -> None:
    files = dirty()
    assert all(secrets_in(content) for content in files.values())
    prepared = run(tmp_path, files)
    assert not prepared.diagnostics
    assert len(prepared.leaves) == len(files)
    for name, content in everything_below(tmp_path / "cache").items():
        assert not secrets_in(content), name
        assert not any(mark in content for mark in (b"EXIF", b"ICCP", b"XMP ", b"Exif")), name


def test_a_picture_in_the_cache_is_one_bare_image_chunk(tmp_path: Path) -> None:
    run(tmp_path, dirty())
    for name, content in everything_below(tmp_path / "cache").items():
        if name != INDEX:
            assert content[12:16] in (b"VP8 ", b"VP8L")
            assert 20 + int.from_bytes(content[16:20], "little") in (len(content), len(content) - 1)
