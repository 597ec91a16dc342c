"""What is refused, and in which words."""

import hashlib
import os
import re
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from generator.media import Prepared, prepare
from generator.media.refusals import CODES
from tests.media.making import (
    BLUE,
    GREEN,
    Watching,
    jpeg,
    lay,
    pdf,
    run,
    saved,
    shown,
)


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def bomb_png(side: int) -> bytes:
    """A whole PNG of black points, `side` squared, that weighs next to nothing."""
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    packer = zlib.compressobj()
    rows = b"".join(packer.compress(bytes(1 + side // 8 + 1)) for _ in range(side))
    body = chunk(b"IHDR", head) + chunk(b"IDAT", rows + packer.flush()) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def jpeg_of_many_passes() -> bytes:
    whole = saved(Image.effect_noise((64, 64), 50), "JPEG", progressive=True)
    start = whole.rindex(b"\xff\xda")
    return whole[:-2] + whole[start:-2] * 120 + whole[-2:]


def locked_pdf() -> bytes:
    lock = b"/Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>" % (b"11" * 32, b"22" * 32)
    return pdf([""], [], b"/ID[<00><00>]/Encrypt<<%s>>" % lock)


HOSTILE: dict[str, tuple[bytes, str]] = {
    "empty.jpg": (b"", "scan-empty"),
    "cut.jpg": (saved(Image.effect_noise((300, 300), 60), "JPEG")[:9000], "scan-cut"),
    "cut.png": (saved(Image.effect_noise((300, 300), 60), "PNG")[:9000], "scan-cut"),
    "cut.webp": (saved(Image.effect_noise((300, 300), 60), "WEBP")[:3000], "scan-cut"),
    "cut.pdf": (pdf([""], [])[:40], "scan-cut"),
    "broken.png": (jpeg()[:0] + b"\x89PNG\r\n\x1a\n" + b"x" * 80 + b"IEND", "scan-broken"),
    "broken.tif": (b"II*\0" + b"\xff" * 90, "scan-broken"),
    "bomb.png": (bomb_png(13_300), "scan-huge"),
    "long.png": (saved(Image.new("1", (20_001, 1)), "PNG"), "scan-huge"),
    "vector.jpg": (b"<?xml version='1.0'?><svg xmlns='x'/>", "scan-kind"),
    "page.png": (b"<!DOCTYPE html><p>hello", "scan-kind"),
    "program.jpg": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\nshowpage", "scan-kind"),
    "film.gif": (saved(Image.new("L", (9, 9)), "GIF"), "scan-kind"),
    "phone.heic": (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 40, "scan-heic"),
    "pointer.jpg": (b"version https://git-lfs.example/spec/v1\noid sha256:00\n", "scan-lfs"),
    "passes.jpg": (jpeg_of_many_passes(), "scan-passes"),
    "locked.pdf": (locked_pdf(), "scan-locked"),
    "thick.pdf": (pdf([""] * 31, []), "scan-pages"),
    "thick.tif": (
        saved(
            Image.new("1", (8, 8)),
            "TIFF",
            save_all=True,
            append_images=[Image.new("1", (8, 8))] * 20,
        ),
        "scan-pages",
    ),
}


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """All hostile files, all odd places and one good scan, in one run."""
    folder = tmp_path_factory.mktemp("hostile")
    root = folder / "in"
    scans = lay(root, {name: content for name, (content, _) in HOSTILE.items()})
    scans += lay(root, {"good.jpg": jpeg(), "changed.jpg": jpeg(colour=BLUE)})
    (root / "changed.jpg").write_bytes(jpeg(colour=GREEN))
    (folder / "outside.jpg").write_bytes(jpeg((10, 10)))
    (root / "link.jpg").symlink_to(folder / "outside.jpg")
    (root / "linked").symlink_to(folder)
    (root / "folder.jpg").mkdir()
    os.mkfifo(root / "pipe.jpg")
    with (root / "heavy.pdf").open("wb") as file:
        file.write(b"%PDF-")
        file.truncate(60_000_001)
    odd = ("link.jpg", "linked/outside.jpg", "folder.jpg", "pipe.jpg", "heavy.pdf", "gone.jpg")
    scans += [shown(path, path.encode()) for path in (*odd, "../outside.jpg", "/etc/hostname")]
    heavy = jpeg() + b"\0" * 40_000_000
    scans += lay(root, {"heavy.jpg": heavy})
    return prepare(scans, root, folder / "cache", Watching())


ODD_PLACES = {
    "changed.jpg": "scan-changed",
    "link.jpg": "scan-link",
    "linked/outside.jpg": "scan-link",
    "folder.jpg": "scan-no-file",
    "pipe.jpg": "scan-no-file",
    "heavy.pdf": "scan-heavy",
    "heavy.jpg": "scan-heavy",
    "gone.jpg": "scan-absent",
    "../outside.jpg": "scan-outside",
    "/etc/hostname": "scan-outside",
}


def test_every_hostile_file_costs_one_diagnostic_and_no_more(refused: Prepared) -> None:
    seen = {found.place.file: found.code for found in refused.diagnostics}
    assert seen == {name: code for name, (_, code) in HOSTILE.items()} | ODD_PLACES
    assert list(refused.leaves) == [hashlib.sha256(jpeg()).hexdigest()]


def test_every_reason_to_refuse_is_met_but_no_permission_and_a_reader_that_dies(
    refused: Prepared,
) -> None:
    met = {found.code for found in refused.diagnostics}
    assert met | {"scan-closed", "scan-costly"} == set(CODES)


def test_words_are_russian_and_english_and_say_what_to_do(refused: Prepared) -> None:
    for found in refused.diagnostics:
        for text in (found.message, found.fix):
            assert re.search("[а-я]{3}", text.ru)
            assert text.en
            assert not re.search("[а-яА-Я]", text.en)
            assert "{" not in text.ru + text.en
        assert found.is_error


def test_two_files_of_the_same_broken_bytes_are_two_mistakes(tmp_path: Path) -> None:
    prepared = run(tmp_path, {"a/x.jpg": b"\xff\xd8\xff\xe0", "b/y.jpg": b"\xff\xd8\xff\xe0"})
    assert [found.place.file for found in prepared.diagnostics] == ["a/x.jpg", "b/y.jpg"]
