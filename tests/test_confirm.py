"""A teacher's decisions become lines of confirmations.yml: bound to what was seen, and entitled."""

import json
import re
import shutil
import subprocess
from difflib import ndiff
from pathlib import Path
from typing import Any

import pytest

from generator.curate import write_changes
from generator.curate.decisions import added
from generator.flow.confirm import Done, confirm, give_back
from generator.flow.job import find_mistakes
from generator.flow.signature import signing_with
from generator.load import load
from generator.model.kinds import digest_entry
from generator.model.state import digests_of, settle
from generator.model.student import Confirmation
from generator.review.decisions import written
from generator.review.signature import from_armour, message_of
from generator.trouble import Trouble
from tests.reviewed import job_of
from tests.world import SCHEMA, TODAY, world

FOLDER = "students/belova-anna/entries"
FILES = {
    "school/people.yml": """\
        people:
          - {id: orlova, name: Орлова Мария, roles: [class-teacher],
             orders: [{number: 42-о, date: 2026-09-01}]}
          - {id: gavrilova, name: Гаврилова Инна, roles: [class-teacher],
             orders: [{number: 42-о, date: 2026-09-01}]}
          - {id: ivanova, name: Иванова Анна, roles: [class-teacher],
             orders: [{number: 42-о, date: 2025-09-01, until: 2026-08-31}]}
        """,
    f"{FOLDER}/olimpiada-x7k2/entry.yml": """\
        kind: contest
        id: x7k2
        title: Олимпиада
        date: 2026-10-14
        form: olympiad
        stage: school
        result: winner
        scans: [{file: diplom.jpg, description: диплом, document: diploma}]
        """,
    f"{FOLDER}/olimpiada-x7k2/diplom.jpg": "снимок",
    f"{FOLDER}/gorod-g4em/entry.yml": (
        "{kind: creative, id: g4em, title: Город, date: 2026-10-14, form: craft}\n"
    ),
    f"{FOLDER}/spravka-s1p2/entry.yml": """\
        kind: contest
        id: s1p2
        title: Конкурс
        date: 2026-10-14
        form: creative
        stage: school
        scans: [{file: a.jpg, description: справка, document: reference}]
        """,
    f"{FOLDER}/spravka-s1p2/a.jpg": "снимок",
    "records/belova-anna/confirmations.yml": """\
        # решения 4 «А»
        confirmations:   # новые — внизу
          - entry: g4em
            state: returned
            by: orlova
            on: 2026-10-20
            basis: видела
            digest: "0000000000000000000000000000000000000000000000000000000000000000"
            note: Добавь снимок

        packages: []   # пока нет
        """,
}


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Anna with a contest, a craft, and a paper that lacks its number."""
    return world(tmp_path_factory.mktemp("confirm") / "portfolios", FILES)


@pytest.fixture
def there(school: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(school, tmp_path / "portfolios"))


def digest(root: Path, id: str) -> str:
    school = load(root, SCHEMA).school
    assert school
    entry = next(one for one in school.students[0].entries if one.id == id)
    return digest_entry(entry, digests_of(school, entry))


def asked(entry: str, digest: str, **more: Any) -> dict[str, Any]:
    told = {"student": "belova-anna", "entry": entry, "digest": digest}
    return {**told, "state": "confirmed", "basis": "сверено с оригиналом", **more}


def decide(root: Path, *decisions: dict[str, Any], by: str = "orlova", write: bool = True) -> Done:
    file = root.parent / "decisions.json"
    site = {"format": "stupeni-decisions-1", "site": "00c0ffee00c0ffee"}
    file.write_text(json.dumps({**site, "decisions": decisions}), encoding="utf-8")
    return confirm(job_of(root, by), file, write=write)


def states(root: Path) -> dict[str, str]:
    school = load(root, SCHEMA).school
    assert school
    anna = school.students[0]
    return {one.id: settle(school, anna, one)[0] for one in anna.entries}


@pytest.mark.covers("R-055", "R-060", "R-070")
def test_a_decision_adds_its_lines_to_the_file_and_moves_nothing_else(there: Path) -> None:
    sheet = there / "records/belova-anna/confirmations.yml"
    before = sheet.read_text("utf-8").splitlines()
    seen, reason = digest(there, "x7k2"), "Анна,  молодец!\nДобавь, пожалуйста: «снимок» # 2"
    done = decide(
        there,
        asked("x7k2", seen, copy_true=True),
        asked("g4em", digest(there, "g4em"), state="returned", basis=None, note=reason),
    )

    after = sheet.read_text("utf-8").splitlines()
    assert (len(done.written), done.refused) == (2, ())
    told = [line for line in ndiff(before, after) if not line.startswith("  ")]
    assert told == [
        "+   - entry: x7k2",
        "+     state: confirmed",
        "+     by: orlova",
        "+     on: 2026-11-22",
        "+     basis: сверено с оригиналом",
        f"+     digest: {seen}",
        "+     copy_true: true",
        "+   - entry: g4em",
        "+     state: returned",
        "+     by: orlova",
        "+     on: 2026-11-22",
        "+     basis: посмотрено на странице проверки",
        f"+     digest: {digest(there, 'g4em')}",
        '+     note: "Анна, молодец! Добавь, пожалуйста: «снимок» # 2"',
    ]
    assert states(there) == {"x7k2": "confirmed", "g4em": "returned", "s1p2": "submitted"}
    school = load(there, SCHEMA).school
    assert school
    assert school.students[0].confirmations.confirmations[-1].note == (
        "Анна, молодец! Добавь, пожалуйста: «снимок» # 2"
    )


def test_a_first_decision_begins_the_file(there: Path) -> None:
    (there / "records/belova-anna/confirmations.yml").unlink()
    decide(there, asked("x7k2", digest(there, "x7k2")))

    assert states(there)["x7k2"] == "confirmed"


@pytest.mark.covers("R-075")
@pytest.mark.parametrize("changed", ["olimpiada-x7k2/diplom.jpg", "olimpiada-x7k2/entry.yml"])
def test_what_changed_since_it_was_looked_at_is_not_confirmed(there: Path, changed: str) -> None:
    seen, file = digest(there, "x7k2"), there / FOLDER / changed
    file.write_text(file.read_text("utf-8").replace("winner", "laureate") + "\n ", "utf-8")
    before = (there / "records/belova-anna/confirmations.yml").read_bytes()
    done = decide(there, asked("x7k2", seen))

    assert [no.why.ru for no in done.refused] == [
        "запись или скан здесь не те, что вы смотрели: примите предложение (git merge), "
        "а если оно принято, посмотрите заново"
    ]
    assert (there / "records/belova-anna/confirmations.yml").read_bytes() == before


@pytest.mark.covers("R-060", "R-072")
def test_who_is_not_entitled_and_what_lacks_its_details_is_refused(there: Path) -> None:
    with pytest.raises(Trouble, match="no order"):
        decide(there, asked("x7k2", digest(there, "x7k2")), by="ivanova")
    with pytest.raises(Trouble, match=r"not in school/people\.yml"):
        decide(there, asked("x7k2", digest(there, "x7k2")), by="nobody")
    settings = there / "school/school.yml"
    settings.write_text(settings.read_text("utf-8") + "switches: {confirmed_by: class-teacher}\n")
    (refused,) = decide(there, asked("x7k2", digest(there, "x7k2")), by="gavrilova").refused
    assert "не вправе" in refused.why.ru
    (lacking,) = decide(there, asked("s1p2", digest(there, "s1p2"))).refused
    assert "не хватает" in lacking.why.ru
    assert states(there)["x7k2"] == "submitted"


def test_the_last_word_about_an_entry_counts_and_is_written_once(there: Path) -> None:
    seen = digest(there, "x7k2")
    first = asked("x7k2", seen, state="returned", note="снимите ещё раз")
    assert len(decide(there, first, asked("x7k2", seen), write=False).written) == 1
    assert states(there)["x7k2"] == "submitted"
    decide(there, first, asked("x7k2", seen))
    (again,) = decide(there, asked("x7k2", seen)).refused

    assert (states(there)["x7k2"], again.why.ru) == ("confirmed", "так уже решено")


@pytest.mark.parametrize(
    "text",
    [
        "[]", "{}", "не JSON", '{"format": "stupeni-decisions-2", "site": "0", "decisions": []}',
        '{"format": "stupeni-decisions-1", "site": "00c0ffee00c0ffee", "decisions": [{"x": 1}]}',
        '{"format": "stupeni-decisions-1", "site": "ffffffffffffffff", "decisions": []}',
        "[" * 100_000,
    ],
)  # fmt: skip
def test_a_file_of_anything_else_is_refused(there: Path, text: str) -> None:
    (there.parent / "a.json").write_text(text, encoding="utf-8")
    with pytest.raises(Trouble):
        confirm(job_of(there), there.parent / "a.json", write=True)


def test_no_decision_reaches_another_students_or_anybodys_file(there: Path) -> None:
    for student in ("../../school", "belova-anna/../x", "nobody"):
        decision = {**asked("x7k2", "0" * 64), "student": student}
        try:
            done = decide(there, decision)
        except Trouble:
            continue
        assert ["no such entry" in no.why.en for no in done.refused] == [True]


@pytest.mark.covers("R-070")
def test_an_entry_is_returned_with_a_reason_without_any_page(there: Path) -> None:
    give_back(job_of(there), "belova-anna", "x7k2", "Пожалуйста, снимите бумагу ещё раз")

    assert states(there)["x7k2"] == "returned"
    with pytest.raises(Trouble, match="has no entry"):
        give_back(job_of(there), "belova-anna", "nope", "почему")


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A teacher's key, and somebody else's."""
    folder = tmp_path_factory.mktemp("keys")
    for name in ("hers", "other"):
        make = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", folder / name]
        subprocess.run(make, check=True, timeout=30)
    return folder / "hers", folder / "other"


def with_key(root: Path, key: Path) -> Path:
    file = root / "school/people.yml"
    public = key.with_suffix(".pub").read_text("utf-8").strip()
    text = file.read_text("utf-8").replace(
        "{id: orlova,", f'{{id: orlova, keys: [{{key: "{public}", since: 2026-11-01}}],', 1
    )
    file.write_text(text, encoding="utf-8")
    return root


def signed(root: Path, key: Path) -> Done:
    (root.parent / "decisions.json").write_text(
        json.dumps({"format": "stupeni-decisions-1", "site": "00c0ffee00c0ffee",
                    "decisions": [asked("x7k2", digest(root, "x7k2"))]}), encoding="utf-8"
    )  # fmt: skip
    return confirm(job_of(root), root.parent / "decisions.json", write=True, sign=signing_with(key))


def codes(root: Path) -> list[str]:
    found = find_mistakes(job_of(root)).diagnostics
    return [one.code for one in found if one.code.startswith("signature-")]


@pytest.mark.covers("R-060", "R-070")
def test_a_signed_decision_holds_until_a_word_of_it_is_changed(
    there: Path, keys: tuple[Path, Path]
) -> None:
    signed(with_key(there, keys[0]), keys[0])
    sheet = there / "records/belova-anna/confirmations.yml"
    text = sheet.read_text("utf-8")
    # The decision of October is from before the key.
    assert (codes(there), states(there)["x7k2"]) == ([], "confirmed")

    for before, after in (
        ("сверено с оригиналом", "по словам"),
        ("entry: x7k2", "entry: s1p2"),
        ("on: 2026-11-22", "on: 2026-11-21"),
        ("signature: U1NI", "signature: U1NJ"),
    ):
        assert before in text
        sheet.write_text(text.replace(before, after), "utf-8")
        assert codes(there) == ["signature-wrong"], before
    sheet.write_text(re.sub(" +signature: .*\n", "", text), "utf-8")
    assert codes(there) == ["signature-missing"]


def test_nobody_signs_with_the_key_of_somebody_else(
    there: Path, keys: tuple[Path, Path], tmp_path: Path
) -> None:
    with_key(there, keys[0])
    with pytest.raises(Trouble, match="not among the keys"):
        signed(there, keys[1])
    with pytest.raises(Trouble, match="could not be signed with"):
        signed(there, tmp_path / "no-such-key")
    # Nor with a signature under this very message that was made for another purpose.
    message = tmp_path / "message"
    school = load(there, SCHEMA).school
    assert school
    decision = Confirmation(
        entry="x7k2", by="orlova", on=TODAY, basis="оригинал", digest=digest(there, "x7k2")
    )
    message.write_bytes(message_of(school.settings.site, "belova-anna", decision))
    make = ["ssh-keygen", "-q", "-Y", "sign", "-n", "git", "-f", f"{keys[0]}", f"{message}"]
    subprocess.run(make, check=True, timeout=30)
    made = from_armour(message.with_suffix(".sig").read_text("ascii"))
    line = written(decision.model_copy(update={"signature": made}))
    write_changes(there, added(there, [("belova-anna", line)]))
    assert codes(there) == ["signature-wrong"]
