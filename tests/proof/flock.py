"""A school on disk -> the same school with a word nobody may read in every place that takes one."""

import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, get_args, get_type_hints

import pikepdf
import yaml
from PIL import Image, PngImagePlugin

from generator.load import load
from generator.model.kinds import KINDS, digest_entry
from generator.model.record import FileRecord, Line, Prose, Record, records_in
from generator.model.school import School
from generator.model.student import FullName
from tests.proof.rest import write_rest
from tests.world import SCHEMA

CYRILLIC, LATIN = "Цъфыщюрэж", "zqxkenar"
"""With these every canary begins; no Russian or English word holds them."""
_DIGITS = {CYRILLIC: "абвгдежзик", LATIN: "abcdefghij"}
LINE, PROSE = (get_args(form)[1] for form in (Line, Prose))
_RARELY = 0.2
_TAKEN = [
    {"on": f"2026-{month}-09", "value": value} for month, value in (("03", "5"), ("04", "7,5"))
]
_HALF = "AAAAC3NzaC1lZDI1NTE5AAAA" + "IAkenarkenarkenarkenarkenarkenarkenarkenarke"
_ID = re.compile(r"uchenik-\d+")
NOT_PLANTED = {
    "Settings.name", "Settings.short_name",  # the school's own name is public by intent
    "Settings.time_zone", "Hosting.primary", "Hosting.basic", "Hosting.senior",  # no words
    "Scan.file",  # its own kind of canary, in the file's name
    "OfficialList.titles", "Event.title",  # printed in an order that anybody may read
}  # fmt: skip


@dataclass
class Flock:
    """Every canary that was let loose, and where it sits."""

    rng: Random
    share: float
    """Of the optional texts that nobody has written, how many are written now."""
    words: dict[str, str] = field(default_factory=dict)
    """Word -> kind of place, as `Model.field` or in words."""

    def word(self, kind: str, mark: str = CYRILLIC) -> str:
        """A new canary; it begins with its mark."""
        digits = _DIGITS[mark]
        word = mark + "".join(digits[int(digit)] for digit in f"{len(self.words):05}")
        self.words[word] = kind
        return word

    def say(self, place: str, form: object) -> str:
        """What is written in a field: a name, a line or paragraphs, with a new canary in it."""
        word = self.word(place)
        if place.partition(".")[0] == FullName.__name__:
            return word
        return f"{word} летит" if form == LINE else f"{word} летит.\n\nА потом «{word}» поёт."

    @property
    def kinds(self) -> dict[str, int]:
        """How many canaries sit in each kind of place."""
        count: dict[str, int] = {}
        for kind in sorted(self.words.values()):
            count[kind] = count.get(kind, 0) + 1
        return count


def plant(root: Path, flock: Flock) -> None:
    """Lets the canaries into a school of `tests.school` below `root`."""
    write_rest(root)
    _rename_students(root, flock)
    _rename_entries(root, flock)
    _plant_staff(root, flock)
    school = _read(root)
    for record in files_of(school):
        _plant_texts(root, record, flock)
    _plant_beside(root, flock)
    _confirm_anew(root)


# ---- names of files and folders ----


def _rename_students(root: Path, flock: Flock) -> None:
    names: dict[str, str] = {}

    def name(found: re.Match[str]) -> str:
        if found[0] not in names:
            names[found[0]] = flock.word("student's id", LATIN)
        return names[found[0]]

    for path in sorted(root.rglob("*.yml")):
        path.write_text(_ID.sub(name, path.read_text("utf-8")), "utf-8")
    for folder in (*root.glob("students/*"), *root.glob("records/*")):
        folder.rename(folder.with_name(names[folder.name]))


def _rename_entries(root: Path, flock: Flock) -> None:
    for folder in sorted(root.glob("students/*/entries/*")):
        own = folder.name.rpartition("-")[2]
        new = folder.with_name(f"{flock.word('folder of an entry', LATIN)}-{own}")
        folder.rename(new)
        tree = _read_tree(new / "entry.yml")
        for scan in tree.get("scans", ()):
            scan["file"] = _rename_scan(new / scan["file"], flock)
            if not scan["file"].endswith(".pdf") and flock.rng.random() < _RARELY:
                place = {"left": "5", "top": "5", "width": "9", "height": "4"}
                scan["mask"] = [{**place, "reason": "x"}]
        if flock.rng.random() < _RARELY:
            tree["people"] = [{"name": "x", "how": "named", "consent": "x"}]
        if "measures" in KINDS[tree["kind"]].model_fields and flock.rng.random() < _RARELY:
            tree["measures"] = [{"what": "x", "unit": "x", "taken": _TAKEN}]
        _write_tree(new / "entry.yml", tree)


def _rename_scan(path: Path, flock: Flock) -> str:
    new = path.with_name(flock.word("file name of a scan", LATIN) + path.suffix)
    new.write_bytes(_whispering(path.read_bytes(), flock))
    path.unlink()
    return new.name


def _whispering(content: bytes, flock: Flock) -> bytes:
    """The same scan, with canaries in what it tells of itself."""
    if content.startswith(b"%PDF-"):
        return _whispering_pdf(content, flock)
    with Image.open(io.BytesIO(content)) as image:
        tags, out = image.getexif(), io.BytesIO()
        tags[0x010E] = flock.word("EXIF description", LATIN)
        tags[0x013B] = flock.word("EXIF artist", LATIN)
        tags[0x9C9B] = flock.word("EXIF title of Windows").encode("utf-16-le")
        tags.get_ifd(0x8825)[29] = flock.word("EXIF place", LATIN)
        xmp = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{flock.word('XMP')}</x:xmpmeta>".encode()
        if image.format == "PNG":
            texts = PngImagePlugin.PngInfo()
            texts.add_text("Author", flock.word("PNG text", LATIN), zip=True)
            image.save(out, "PNG", pnginfo=texts, exif=tags)
        elif image.format == "JPEG":
            comment = flock.word("JPEG comment", LATIN)
            image.save(out, "JPEG", quality="keep", exif=tags, xmp=xmp, comment=comment)
        else:
            return content + flock.word("bytes behind a picture", LATIN).encode()
    return out.getvalue() + flock.word("bytes behind a picture", LATIN).encode()


def _whispering_pdf(content: bytes, flock: Flock) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as document:
        document.docinfo["/Author"] = flock.word("PDF author")
        document.docinfo["/Title"] = flock.word("PDF title")
        document.attachments["hidden.txt"] = flock.word("PDF attachment").encode()
        document.Root.Lang = flock.word("PDF language", LATIN)
        document.save(out)
    return out.getvalue()


# ---- words in the files ----


def _plant_staff(root: Path, flock: Flock) -> None:
    """How a forge knows staff, and the names of their keys' computers: words of no form of ours."""
    path = root / "school" / "people.yml"
    tree = _read_tree(path)
    for person in tree["people"]:
        person["accounts"] = [f"{flock.word('Person.accounts', LATIN)}:42"]
        # From a day to come, or all that they decided would have to be signed.
        key = f"ssh-ed25519 {_HALF} {flock.word('SigningKey.key')}"
        person["keys"] = [{"key": key, "since": "2099-01-01"}]
    _write_tree(path, tree)


def _read(root: Path) -> School:
    loaded = load(root, SCHEMA)
    assert loaded.school, loaded.diagnostics[:5]
    return loaded.school


def files_of(school: School) -> Iterator[FileRecord]:
    """Every file of a school that people write, as it was read."""
    yield from (school.settings, school.staff, *school.years, school.events)
    yield from (school.collectives, school.access, *school.own_words.values())
    for student in school.students:
        yield from (student.record, student.portfolio, student.consents, student.confirmations)
        yield from (student.reviews, student.results, *student.entries)


def _plant_texts(root: Path, record: FileRecord, flock: Flock) -> None:
    path = root / record.file
    if not record.file or not path.is_file():
        return
    tree = _read_tree(path)
    _fill(tree, type(record), flock)
    _write_tree(path, tree, comment=flock.word("comment in a file"))


def _fill(tree: dict[str, Any], model: type[Record], flock: Flock) -> None:
    hints = get_type_hints(model, include_extras=True)
    for name, hint in hints.items():
        place = f"{model.__name__}.{name}"
        if name not in model.model_fields or place in NOT_PLANTED:
            continue
        form, many = _form(hint)
        inner = next(records_in(hint), None)
        if form and name in tree:
            tree[name] = _spoken(tree[name], place, form, flock)
        elif form and flock.rng.random() < flock.share:
            tree[name] = _spoken(["x"] if many else "x", place, form, flock)
        elif inner and name in tree:
            held = tree[name] if isinstance(tree[name], list) else [tree[name]]
            for one in held:
                _fill(one, inner, flock)


def _spoken(value: Any, place: str, form: object, flock: Flock) -> Any:
    if isinstance(value, list):
        return [_spoken(one, place, form, flock) for one in value]
    return flock.say(place, form)


def _form(hint: Any) -> tuple[object, bool]:
    """Line or Prose, and whether several; None for what holds no free words."""
    marks = getattr(hint, "__metadata__", ())
    form = next((mark for mark in marks if mark in (LINE, PROSE)), None)
    if form:
        return form, False
    for part in get_args(hint) if not marks else ():
        found, _ = _form(part)
        if found:
            return found, "tuple" in str(hint).partition("[")[0]
    return None, False


def _confirm_anew(root: Path) -> None:
    """Confirmations name the digest of what was confirmed, which has just changed."""
    school = _read(root)
    for student in school.students:
        if not student.confirmations.confirmations:
            continue
        digests = {}
        for entry in student.entries:
            folder = entry.file.rpartition("/")[0]
            scans = {s.file: school.scans[f"{folder}/{s.file}"].digest for s in entry.scans}
            digests[entry.id] = digest_entry(entry, scans)
        path = root / student.confirmations.file
        tree = _read_tree(path)
        for row in tree["confirmations"]:
            row["digest"] = digests.get(row["entry"], row["digest"])
        head = path.read_text("utf-8").partition("\n")[0]
        _write_tree(path, tree, comment=head.removeprefix("# "))


def _plant_beside(root: Path, flock: Flock) -> None:
    """What lies beside the files that are read: a note, and a line of the register."""
    (root / "README.md").write_text(flock.word("README of the folder"), "utf-8")
    line = json.dumps({"what": "note", "by": flock.word("line of the register", LATIN)})
    (root / "school" / "register.jsonl").write_text(f"{line}\n", "utf-8")
    for scan in sorted(root.glob("school/collectives/*/*")):
        scan.write_bytes(_whispering(scan.read_bytes(), flock))


def _read_tree(path: Path) -> dict[str, Any]:
    tree: dict[str, Any] = yaml.load(path.read_text("utf-8"), yaml.BaseLoader) or {}
    return tree


class _Plain(yaml.SafeDumper):
    """Texts as they are, so that a day stays a day."""


_Plain.yaml_implicit_resolvers = {}


def _write_tree(path: Path, tree: dict[str, Any], comment: str = "") -> None:
    text = yaml.dump(tree, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=1000)
    path.write_text(f"# {comment}\n{text}" if comment else text, "utf-8")
