"""The whole corridor on the sample school: what is published, to whom, and what is not."""

import hashlib
import html
import json
import os
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from generator.flow.access import raise_keys
from generator.flow.cards import make_cards, make_staff_cards
from generator.flow.job import find_mistakes
from generator.flow.sites import build_sites
from generator.model.school import School
from generator.model.student import Student
from generator.pages.cv import path_of as cv_path
from generator.trouble import Trouble
from tests.opener import payload, scripted
from tests.sample import TODAY, Sample, build_sample

BASE64 = re.compile(r"[A-Za-z0-9+/]{200,}={0,2}")


@pytest.fixture
def own(sample: Sample, tmp_path: Path) -> Sample:
    """The same school in folders of this test, its scans already known."""
    for name in ("portfolios", "private", "site"):
        shutil.copytree(
            getattr(sample.job, {"site": "output"}.get(name, name)), tmp_path / name, symlinks=True
        )
    return sample.moved(tmp_path)


def _files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(found)}


def _written(value: object) -> Iterator[str]:
    """Every text in a YAML value."""
    if isinstance(value, dict):
        for one in value.values():
            yield from _written(one)
    elif isinstance(value, list):
        for one in value:
            yield from _written(one)
    elif isinstance(value, str):
        yield value


def _written_for_all(value: object) -> Iterator[str]:
    """Every text in a YAML value that its family gave to everybody."""
    if isinstance(value, dict) and value.get("visibility") == "public":
        yield from _written(value)
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _written_for_all(one)


@pytest.mark.covers("R-002")
def test_the_sample_school_has_no_mistakes_and_three_sites(sample: Sample) -> None:
    assert [site.level for site in sample.built.sites] == ["primary", "basic", "senior"]
    for site in sample.built.sites:
        assert (sample.job.output / site.level / "index.html").is_file()
        assert site.swept.leaks == ()
        assert site.swept.words > 1000


def _in_clear(sample: Sample, *, is_open: bool) -> str:
    """All paths, and what may be read of the files: of equal ones, but for their names, once."""
    paths: list[str] = []
    texts: dict[str, None] = {}
    for level in ("primary", "basic", "senior"):
        for path, content in _files((sample.job.output / level).resolve()).items():
            if path.startswith("o/") == is_open and not path.endswith(".webp"):
                text = BASE64.sub("", content.decode("utf-8", "ignore"))
                paths.append(path)
                texts[text.replace(Path(path).stem, "") if len(Path(path).stem) == 16 else text] = (
                    None
                )
    return "\n".join((*paths, *texts))


@pytest.mark.covers("R-134", "R-135")
def test_no_words_of_any_yaml_file_stand_in_clear(sample: Sample) -> None:
    # The second lock: not the product's own list of words but every line anybody wrote, whole.
    closed, opened = (_in_clear(sample, is_open=is_open) for is_open in (False, True))
    texts: set[str] = set()
    for_all: set[str] = set()
    for file in sample.job.portfolios.rglob("*.yml"):
        tree = yaml.safe_load(file.read_text(encoding="utf-8"))
        texts.update(_written(tree))
        for_all.update(_written_for_all(tree) if file.name != "events.yml" else _written(tree))
        if file.name == "school.yml":  # «О портфолио» without a code says how it was approved
            for_all.update(_written(tree["regulation"]))
        texts.update(part for part in file.parts if re.search(r"-\w{4}$", part))
    public = {sample.school.settings.name, sample.school.settings.short_name}
    lines = {line.strip() for text in texts for line in text.splitlines()} - public
    private = {line for line in lines if len(line) > 5 and re.search("[а-я].* ", line)}
    assert len(private) > 1000
    assert [line for line in sorted(private) if line in closed] == []
    granted = {line.strip() for text in for_all for line in text.splitlines()}
    said = " ".join(html.unescape(opened).replace("\xa0", " ").split())
    assert [line for line in sorted(private - granted) if line in said] == []
    assert len([line for line in granted if line in said]) > 20
    for student in sample.school.students:
        name = student.record.name
        for word in (student.id, name.surname, name.given, name.patronymic or name.given):
            assert not re.search(rf"\b{word}\b", closed), student.id
        for word in (student.id, name.surname, name.patronymic or name.surname):
            assert not re.search(rf"\b{word}\b", said), student.id


@pytest.mark.covers("R-134")
def test_originals_and_their_bytes_are_never_published(sample: Sample) -> None:
    originals = {file.digest for file in sample.school.scans.values()}
    assert len(originals) > 100
    for level in ("primary", "basic", "senior"):
        for path in (sample.job.output / level / "a").iterdir():
            raw = scripted(path)
            assert hashlib.sha256(raw).hexdigest() not in originals
            assert b"Exif" not in raw
            assert raw[:4] == b"PFS1"


@pytest.mark.covers("R-131")
def test_every_card_opens_exactly_what_was_decided(sample: Sample) -> None:
    opened = 0
    for decision, holder, card in sample.cards():
        reader, keys = sample.reader(holder, card), set(holder.compartments)
        editions = [e for e in decision.editions if keys & set(e.compartments)]
        homes = [home for home in decision.homes if keys & set(home.compartments)]
        walls = {e.path for e in decision.editions if e.exhibits}
        granted = {e.path for e in editions} | {home.path for home in homes}
        granted |= {f"{home.path}/works" for home in homes if walls & set(home.editions)}
        granted |= {f"{home.path}/honour" for home in homes if home.tier in ("class", "level")}
        granted |= {cv for e in editions if (cv := cv_path(e))}
        granted |= {one.path for one in decision.seen if keys & set(one.compartments)}
        about = decision.about
        granted |= {about.path} if about and keys & set(about.compartments) else set()
        ring, opened_pages = reader.ring(), reader.granted()
        assert ring is not None, holder.audience
        assert len(opened_pages) == len(granted), holder.audience
        assert ring["home"] in opened_pages
        opened += len(opened_pages)
    assert opened > 200


def _granted_titles(school: School, student: Student, rungs: set[str]) -> set[str]:
    """Titles that may reach these rungs at most; written anew from domain.md, without `decide`."""
    own = {e.title for e in student.entries if e.visibility in rungs and not e.draft}
    wished = {one.achievement for one in student.portfolio.shared if one.visibility in rungs}
    together = (one for group in school.collectives.collectives for one in group.achievements)
    return own | {one.title for one in together if one.id in wished}


@pytest.mark.parametrize(
    ("tier", "rungs"),
    [("class", {"class", "school", "public"}), ("level", {"school", "public"})],
)
def test_an_event_code_shows_no_title_that_was_not_granted(
    sample: Sample, tier: str, rungs: set[str]
) -> None:
    granted = {t for s in sample.school.students for t in _granted_titles(sample.school, s, rungs)}
    shown: set[str] = set()
    for _, holder, card in sample.cards():
        if holder.tier == tier:
            for page in sample.reader(holder, card).pages().values():
                page = page.replace("\xa0", " ").replace("\N{WORD JOINER}", "")
                articles = page.split('<article class="st-entry"')[1:]
                titles = [
                    article.partition("<h3>")[2].partition("</h3>")[0] for article in articles
                ]
                shown.update(html.unescape(title) for title in titles)
    assert len(shown) > 10
    assert shown - granted == set()


def test_a_family_reads_no_name_of_a_child_that_granted_nothing(sample: Sample) -> None:
    for decision, holder, card in sample.cards():
        if holder.tier != "family":
            continue
        kept = (name for name in holder.compartments if name.startswith("child:"))
        own = {name.removeprefix("child:").removesuffix("/family") for name in kept}
        text = " ".join(sample.reader(holder, card).pages().values())
        shown = {
            e.student
            for e in decision.editions
            if e.tier in ("class", "level") and set(e.compartments) & set(holder.compartments)
        }
        for student in sample.school.students:
            name = student.record.name
            same = {n.record.name.surname for n in sample.school.students if n.id in shown | own}
            if student.id not in shown | own and name.surname not in same:
                # A school's teachers and relatives may bear the surname too: the pair decides.
                assert f"{name.given} {name.surname}" not in text, (own, student.id)
            if student.id not in own:
                assert student.id not in text, (own, student.id)


def test_withdrawn_and_missing_consents_leave_no_card_and_no_page(sample: Sample) -> None:
    families = {
        name
        for decision in sample.decisions
        for holder in decision.holders
        for name in holder.compartments
        if holder.tier == "family"
    }
    silent = [
        s.id
        for s in sample.school.students
        if not any(
            c.purpose == "processing"
            and c.signed <= TODAY <= c.until
            and not (c.withdrawn and c.withdrawn <= TODAY)
            for c in s.consents.consents
        )
    ]
    assert silent, "the sample school has a withdrawn consent"
    for student in silent:
        assert f"child:{student}/family" not in families
        assert not any(student in repr(decision) for decision in sample.decisions)


@pytest.mark.covers("R-139")
def test_a_suspended_family_has_no_keyring(sample: Sample) -> None:
    stopped = sample.school.access.stopped_on(TODAY)
    suspended = [name for name in stopped if name.startswith("family:")]
    assert suspended, "the sample school has a suspended family"
    held = {holder.audience for decision in sample.decisions for holder in decision.holders}
    assert not held & set(suspended)


def test_building_again_changes_no_file_and_adds_no_line(own: Sample) -> None:
    register = own.job.portfolios / "school/register.jsonl"
    before = register.read_text(encoding="utf-8")
    times = {p: p.lstat().st_mtime_ns for p in own.job.output.rglob("*")}
    again = own.again()

    assert [site.release.changed for site in again.built.sites] == [0, 0, 0]
    assert {p: p.lstat().st_mtime_ns for p in own.job.output.rglob("*")} == times
    assert register.read_text(encoding="utf-8") == before
    assert len(before.splitlines()) == 4  # three sites, and what was written by hand in access.yml


def _edit(own: Sample, path: str, old: str, new: str) -> None:
    file = own.job.portfolios / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def _class_entry(own: Sample) -> tuple[Student, str, str]:
    """A student of 4a, and the file and title of an entry that the class sees."""
    decision = next(d for d in own.decisions if d.level == "primary")
    edition = next(e for e in decision.editions if e.tier == "class" and e.class_id == "4a")
    student = next(s for s in own.school.students if s.id == edition.student)
    entry = next(e for e in student.entries if e.id == edition.entries[0].id)
    return student, entry.file, entry.title


def test_a_changed_entry_is_seen_by_its_readers_after_the_next_build(own: Sample) -> None:
    _, file, title = _class_entry(own)
    _edit(own, file, title, "Совсем новое название")
    again = own.again()
    class_card = again.reader(*again.card("class:2026-27:4a"))
    text = " ".join(class_card.pages().values()).replace("\xa0", " ")

    assert "Совсем новое название" in text
    assert [site.release.changed == 0 for site in again.built.sites] == [False, True, True]


def test_a_build_looks_into_every_folder_of_the_portfolios_once(
    own: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, file, title = _class_entry(own)
    _edit(own, file, title, "Совсем новое название")
    top, looked, scandir = own.job.portfolios, Counter[Path](), os.scandir
    folders = (top, *(one for one in top.rglob("*") if one.is_dir()))

    def count(folder: str | Path) -> object:
        looked[Path(folder)] += 1
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", count)
    assert build_sites(own.job).sites

    assert {folder: looked[folder] for folder in folders} == dict.fromkeys(folders, 1)


@pytest.mark.covers("R-143")
def test_a_withdrawn_consent_is_gone_from_every_page_of_the_next_build(own: Sample) -> None:
    student, _, _ = _class_entry(own)
    name = f"{student.record.name.given} {student.record.name.surname}"
    file = own.job.portfolios / student.consents.file
    text = file.read_text(encoding="utf-8")
    text = text.replace("\n    purpose:", "\n    withdrawn: 2026-11-20\n    purpose:")
    assert text.count("withdrawn:") == len(student.consents.consents)
    file.write_text(text, encoding="utf-8")
    before = " ".join(own.reader(*own.card("class:2026-27:4a")).pages().values())
    again = own.again()

    assert again.built.sites, "nobody has to raise a key before what was withdrawn is gone"
    (kept,) = [d for d in again.built.diagnostics if d.code == "key-not-raised"]
    assert not kept.is_error
    assert name in before.replace("\xa0", " ")
    assert f"family:{student.id}" not in {h.audience for _, h, _ in again.cards()}
    for _, holder, card in again.cards():
        text = " ".join(again.reader(holder, card).pages().values()).replace("\xa0", " ")
        assert name not in text, holder.audience


def test_a_mistake_leaves_the_last_site_as_it_was(own: Sample) -> None:
    _, file, _ = _class_entry(own)
    before = _files((own.job.output / "primary").resolve())
    _edit(own, file, "title:", "titel:")
    again = own.again()

    assert again.built.sites == ()
    assert _files((own.job.output / "primary").resolve()) == before
    codes = {d.code for d in again.built.diagnostics if d.place.file == file}
    assert {"unknown-key", "missing-key"} & codes


def test_a_replaced_code_opens_nothing_and_its_neighbours_still_open(own: Sample) -> None:
    families = [h for _, h, _ in own.cards() if h.tier == "family" and h.level == "primary"]
    lost, neighbour = families[0], families[-1]
    old, kept = own.reader(*own.card(lost.audience)), own.reader(*own.card(neighbour.audience))
    _edit(
        own,
        "school/access.yml",
        "epochs:\n",
        f"epochs:\n  - {{name: '{lost.audience}', epoch: 2, reason: карточка потеряна}}\n",
    )
    assert {*raise_keys(replace(own.job, by="lebedeva"), "потеряна").raised} == {*lost.compartments}
    again = own.again()

    assert again.built.sites
    assert old.ring() is None
    assert kept.pages()
    assert again.reader(*again.card(lost.audience)).pages()


def test_cards_are_private_and_staff_get_no_link(own: Sample) -> None:
    job = replace(own.job, by="stepanov")
    files = (*make_cards(job), *make_staff_cards(job))
    for file in files:
        assert file.stat().st_mode & 0o777 == 0o600
        assert file.parent.stat().st_mode & 0o077 == 0
        assert not file.is_relative_to(own.job.output)
        assert not file.is_relative_to(own.job.portfolios)
    text = "".join(file.read_text(encoding="utf-8") for file in files)
    for _, holder, card in own.cards():
        assert "".join(f"<li>{word}</li>" for word in card.words) in text
        assert bool(card.link) == holder.by_link
        assert holder.by_link or card.code not in text


def test_cards_are_refused_where_they_could_be_published(own: Sample) -> None:
    (own.job.private / own.school.settings.site / ".git").mkdir()
    with pytest.raises(Trouble, match="under Git"):
        make_cards(own.job)


def test_a_build_refuses_a_key_beside_the_site_or_under_git(own: Sample) -> None:
    room = own.job.private / own.school.settings.site
    beside = replace(own, job=replace(own.job, output=room / "site"))
    with pytest.raises(Trouble, match="published or under Git"):
        beside.again()
    (own.job.private / ".git").mkdir()
    with pytest.raises(Trouble, match="published or under Git"):
        own.again()


def test_no_secret_lies_in_what_is_published_or_committed(sample: Sample) -> None:
    master = next(sample.job.private.rglob("master.key")).read_text().strip()
    secrets = [master, *(card.code for _, _, card in sample.cards())]
    phrases = [" ".join(card.words) for _, _, card in sample.cards()]
    for folder in (sample.job.output, sample.job.portfolios):
        for path in folder.rglob("*"):
            if path.is_file():
                content = path.read_bytes()
                assert not any(s.encode() in content for s in (*secrets, *phrases)), path


def test_without_a_master_key_the_build_says_what_to_do(own: Sample) -> None:
    next(own.job.private.rglob("master.key")).unlink()
    with pytest.raises(Trouble, match="no master key"):
        own.again()


def test_an_unreadable_scan_is_a_mistake_with_its_place(own: Sample) -> None:
    entries = [e for d in own.decisions for one in d.editions for e in one.entries if e.scans]
    scan = entries[0].scans[0].path
    (own.job.portfolios / scan).write_bytes(b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    again = own.again()

    assert again.built.sites == ()
    assert scan in {d.place.file for d in again.built.diagnostics if d.is_error}


@pytest.mark.covers("R-137")
def test_the_register_names_release_and_audiences_but_no_secret(sample: Sample) -> None:
    lines = (sample.job.portfolios / "school/register.jsonl").read_text(encoding="utf-8")
    rows = [json.loads(line) for line in lines.splitlines()]
    rows = [row for row in rows if row["what"] == "release"]
    assert [row["details"]["level"] for row in rows] == ["primary", "basic", "senior"]
    for row, site in zip(rows, sample.built.sites, strict=True):
        assert row["details"]["release"] == site.release.digest
        assert len(row["audiences"]) == site.holders
        assert row["details"]["count"] == 1


def test_another_master_key_gives_other_names_to_everything(sample: Sample, tmp_path: Path) -> None:
    other = build_sample(tmp_path / "other", _tiny(tmp_path / "tiny"))
    names = {path.name for path in (other.job.output / "primary" / "p").iterdir()}
    mine = {path.name for path in (sample.job.output / "primary" / "p").iterdir()}
    assert names
    assert not names & mine


def _tiny(folder: Path) -> Path:
    from tests.world import world

    return world(folder)


@pytest.mark.covers("R-030")
def test_the_smallest_school_builds_with_empty_portfolios(tmp_path: Path) -> None:
    built = build_sample(tmp_path / "out", _tiny(tmp_path / "tiny"))
    holder, card = built.card("family:belova-anna")
    # own home, own page, «Кто меня видит», class, level, whom these thank, «О портфолио»
    assert len(built.reader(holder, card).pages()) == 8
    assert find_mistakes(built.job).students == 1


def test_whoever_writes_a_sentence_of_the_locked_page_stops_no_release(tmp_path: Path) -> None:
    tiny = _tiny(tmp_path / "tiny")
    own = tiny / "students" / "belova-anna" / "portfolio.yml"
    own.parent.mkdir(parents=True)
    own.write_text("about: {motto: 'Нет карточки? Спросите классного руководителя.'}\n", "utf-8")
    built = build_sample(tmp_path / "out", tiny)
    assert built.built.sites


def test_payloads_are_whole_objects(sample: Sample) -> None:
    for level in ("primary", "basic", "senior"):
        for path in (sample.job.output / level / "p").iterdir():
            assert payload(path)[:4] == b"PFS1"
