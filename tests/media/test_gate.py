"""What is refused, and in which words."""

import hashlib
import os
import re
from pathlib import Path

import pytest

from generator.check.scan_pages import SCAN_PAGES
from generator.media import Prepared, heic, prepare
from generator.media.refusals import CODES
from generator.media.remarks import REMARKS
from generator.say.pages import split_pages
from tests.media.hostile import CASES, TAKEN
from tests.media.making import (
    BLUE,
    GREEN,
    Watching,
    jpeg,
    lay,
    run,
    shown,
)


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """Every hostile file, made once: some are never the same twice."""
    return {name: make() for name, (make, _) in CASES.items()}


@pytest.fixture(scope="module")
def refused(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """All hostile files, all odd places and one good scan, in one run."""
    folder = tmp_path_factory.mktemp("hostile")
    root = folder / "in"
    scans = lay(root, files)
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
    (root / "annexed.jpg").symlink_to(".git/annex/objects/x/SHA256E-s9--00.jpg")
    scans += lay(root, {"\u202egpj.exe": jpeg((9, 9)), "long" * 51 + ".jpg": jpeg((8, 8))})
    odd = (
        "annexed.jpg",
        "link.jpg",
        "linked/outside.jpg",
        "folder.jpg",
        "pipe.jpg",
        "heavy.pdf",
        "gone.jpg",
    )
    scans += [shown(path, path.encode()) for path in (*odd, "../outside.jpg", "/etc/hostname")]
    heavy = jpeg() + b"\0" * 40_000_000
    scans += lay(root, {"heavy.jpg": heavy})
    return prepare(scans, root, folder / "cache", Watching())


ODD_PLACES = {
    "changed.jpg": "scan-changed",
    "annexed.jpg": "scan-annex",
    "\u202egpj.exe": "scan-name",
    "long" * 51 + ".jpg": "scan-name",
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


def test_every_hostile_file_is_taken_or_costs_one_mistake(
    files: dict[str, bytes], refused: Prepared
) -> None:
    assert len(CASES) >= 60
    expected = {name: code for name, (_, code) in CASES.items() if code != TAKEN} | ODD_PLACES
    mistakes = [(found.place.file, found.code) for found in refused.diagnostics if found.is_error]
    assert dict(mistakes) == expected
    assert len(mistakes) == len(expected)
    taken = {files[name] for name, (_, code) in CASES.items() if code == TAKEN} | {jpeg()}
    assert {*refused.leaves} == {hashlib.sha256(content).hexdigest() for content in taken}


def test_what_is_hidden_in_a_pdf_that_was_taken_is_said(refused: Prepared) -> None:
    remarks = [(one.place.file, one.code) for one in refused.diagnostics if not one.is_error]
    assert remarks == [("attached.pdf", "scan-attachment")]


def test_every_reason_to_refuse_is_met_but_no_permission_and_a_reader_that_dies(
    refused: Prepared,
) -> None:
    met = {found.code for found in refused.diagnostics if found.is_error}
    # What becomes of HEIC without the extra, and of a mask beside a page, is shown elsewhere.
    elsewhere = {"scan-closed", "scan-costly", "scan-heic", "scan-mask-page"}
    assert met | elsewhere == set(CODES)


def test_words_are_russian_and_english_and_say_what_to_do(refused: Prepared) -> None:
    for found in refused.diagnostics:
        for text in (found.message, found.fix):
            assert re.search("[а-я]{3}", text.ru)
            assert text.en
            assert not re.search("[а-яА-Я]", text.en)
            assert "{" not in text.ru + text.en


def test_two_files_of_the_same_broken_bytes_are_two_mistakes(tmp_path: Path) -> None:
    prepared = run(tmp_path, {"a/x.jpg": b"\xff\xd8\xff\xe0", "b/y.jpg": b"\xff\xd8\xff\xe0"})
    assert [found.place.file for found in prepared.diagnostics] == ["a/x.jpg", "b/y.jpg"]


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    assert {*CODES, *REMARKS, "scan-alike"} == {*split_pages(SCAN_PAGES)}


def test_without_the_extra_a_picture_of_an_iphone_is_refused_kindly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heic, "find_spec", lambda _: None)
    (found,) = run(tmp_path, {"IMG_0412.HEIC": CASES["phone.heic"][0]()}).diagnostics
    assert (found.code, found.is_error) == ("scan-heic", True)
    assert "Наиболее совместимый" in found.fix.ru
