"""Bytes -> their kind. What are they, whatever the file's name says?"""

import re
from typing import Literal

from generator.media.refusals import Refused

Kind = Literal["jpeg", "png", "tiff", "webp", "heic", "pdf"]

MB = 1_000_000
PICTURE_BYTES = 40 * MB
DOCUMENT_BYTES = 60 * MB

_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"%PDF-", "pdf"),
)
_FOREIGN = (
    (b"%!PS", "scan-eps", ""),
    (b"\xc5\xd0\xd3\xc6", "scan-eps", ""),
    (b"version https://git-lfs.", "scan-lfs", ""),
    (b"/annex/objects/", "scan-annex", ""),
    (b"PK\x03\x04", "scan-document", " (ZIP, DOCX)"),
    (b"\xd0\xcf\x11\xe0", "scan-document", " (DOC)"),
    (b"{\\rtf", "scan-document", " (RTF)"),
    (b"Rar!", "scan-document", " (RAR)"),
    (b"7z\xbc\xaf", "scan-document", " (7z)"),
    (b"\x1aE\xdf\xa3", "scan-film", ""),
    (b"GIF8", "scan-kind", " (GIF)"),
    (b"BM", "scan-kind", " (BMP)"),
    (b"MZ", "scan-kind", " (EXE)"),
    (b"\x7fELF", "scan-kind", " (ELF)"),
)
_MARKUP = ((b"<svg", "scan-svg"), (b"<!doctype html", "scan-html"), (b"<html", "scan-html"))
_HEIC = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
_AVIF = (b"avif", b"avis")
_RIFF_FILMS = (b"AVI ", b"WAVE")


def kind_of(content: bytes) -> Kind:
    """What the bytes are; refuses what is not a scan, each thing in words of its own."""
    kind = _sniff(content)
    check_weight(len(content), DOCUMENT_BYTES if kind in ("pdf", "tiff") else PICTURE_BYTES)
    return kind


def check_weight(size: int, limit: int) -> None:
    """Refuses so many bytes when they are more than `limit`."""
    if size > limit:
        raise Refused("scan-heavy", f"{size / MB:.0f}")


def _sniff(content: bytes) -> Kind:
    if content[:4] == b"RIFF":
        if content[8:12] == b"WEBP":
            return "webp"
        raise Refused("scan-film" if content[8:12] in _RIFF_FILMS else "scan-kind")
    if content[4:8] == b"ftyp":
        return _of_a_box(content)
    # Some scanners put a byte order mark or an empty line before a PDF.
    head = content[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    for magic, kind in _MAGIC:
        if (head if kind == "pdf" else content).startswith(magic):
            return kind
    for magic, code, amount in _FOREIGN:
        if content.startswith(magic):
            raise Refused(code, amount)
    text = content[:4096].lower()
    found = [(text.index(mark), code) for mark, code in _MARKUP if mark in text]
    raise Refused(min(found)[1] if found else "scan-kind")


def _of_a_box(content: bytes) -> Kind:
    """HEIC, AVIF and films are told apart by the brand in their first box."""
    brand = content[8:12]
    length = min(int.from_bytes(content[:4], "big"), 256)
    brands = [brand, *(content[at : at + 4] for at in range(16, length, 4))]
    if brand in _AVIF or (brand in (b"mif1", b"msf1") and any(one in _AVIF for one in brands)):
        raise Refused("scan-avif")
    if brand in _HEIC:
        return "heic"
    raise Refused("scan-film")


_HIDDEN = re.compile("[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\\\\]")
_NAME_BYTES = 200


def check_name(path: str) -> None:
    """Refuses a name that hides what it is, or that some disk cannot hold."""
    parts = path.split("/")
    if any(_HIDDEN.search(part) or len(part.encode()) > _NAME_BYTES for part in parts):
        raise Refused("scan-name")
