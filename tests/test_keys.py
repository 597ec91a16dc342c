"""The master key on paper and back, and where secrets refuse to lie."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from generator.flow.cards import make_cards
from generator.flow.incident import Incident, report_incident
from generator.flow.job import Job
from generator.flow.keys import back_up_key, replace_key, restore_key
from generator.publish import read, verify
from generator.seal.codes import from_words, read_word_list, to_words
from generator.trouble import Trouble
from tests.sample import ROOT
from tests.town import Town, build_town, moved

WORDS = read_word_list(ROOT / "schema" / "words-ru.txt")
SITE = "00c0ffee00c0ffee"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Town:
    return build_town(tmp_path_factory.mktemp("town"))


@pytest.fixture
def town(built: Town, tmp_path: Path) -> Town:
    return moved(built, tmp_path)


def master_of(job: Job) -> Path:
    return job.private / SITE / "master.key"


def paper_words(page: str) -> list[str]:
    """The words on the printed page, in their order."""
    return re.findall("<li>([а-я]+)</li>", page)


@pytest.mark.covers("R-134")
def test_a_key_restored_from_paper_opens_the_very_same_cards(town: Town) -> None:
    job = town.sample.job
    file = back_up_key(job)
    page = file.read_text("utf-8")
    key = master_of(job)
    master = key.read_text()
    key.unlink()

    assert restore_key(job, " ".join(paper_words(page))) == key
    assert key.read_text() == master
    assert key.stat().st_mode & 0o777 == file.stat().st_mode & 0o777 == 0o600
    assert [(c.words, c.code) for _, _, c in town.sample.cards()] == [
        (c.words, c.code) for _, c in town.cards.values()
    ]
    assert town.reader("family:ivanov-petr").pages() == town.opened["family:ivanov-petr"]


def test_the_paper_says_whose_key_it_is_and_how_far_the_register_went(town: Town) -> None:
    page = back_up_key(town.sample.job).read_text("utf-8").replace("\xa0", " ")

    assert len(paper_words(page)) == 24
    assert f"<code>{SITE}</code>" in page
    assert verify(town.sample.job.register).last in page
    assert "22 ноября 2026" in page
    assert "stupeni keys restore" in page
    assert "<svg" in page
    assert master_of(town.sample.job).read_text().strip() not in page


def test_for_the_key_no_childs_folder_is_looked_into(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked, scandir = list[str](), os.scandir

    def note(folder: str | Path) -> object:
        looked.append(str(folder))
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", note)
    back_up_key(town.sample.job)
    assert [one for one in looked if one.startswith(str(town.sample.job.portfolios))] == []


@pytest.mark.parametrize(
    "form",
    [
        lambda master: master,
        lambda master: f"stupeni-key {SITE} {master}\n",
        lambda master: " ".join(w[:4].upper() for w in to_words(bytes.fromhex(master), WORDS)),
    ],
    ids=["digits", "qr", "first letters"],
)
def test_a_key_can_be_typed_in_every_form_it_was_kept_in(
    town: Town, form: Callable[[str], str]
) -> None:
    key = master_of(town.sample.job)
    master = key.read_text().strip()
    key.unlink()
    restore_key(town.sample.job, form(master))
    assert key.read_text().strip() == master


def test_a_key_can_be_restored_from_a_file_on_a_stick(town: Town, tmp_path: Path) -> None:
    key = master_of(town.sample.job)
    stick = key.rename(tmp_path / "stick.key")
    restore_key(town.sample.job, f"{stick}\n")
    assert key.read_text() == stick.read_text()


def test_one_wrong_word_is_said_by_its_number_and_no_word_is_repeated(town: Town) -> None:
    key = master_of(town.sample.job)
    words = list(to_words(bytes.fromhex(key.read_text()), WORDS))
    before = key.read_bytes()
    words[4] = "ыыыы"
    with pytest.raises(Trouble, match="word 5 is not on the list") as slip:
        restore_key(town.sample.job, " ".join(words))
    assert "ыыыы" not in f"{slip.value.message} {slip.value.hint}"
    with pytest.raises(Trouble, match="23 words, 24 are needed"):
        restore_key(town.sample.job, " ".join(words[:4] + words[5:]))
    assert key.read_bytes() == before


def test_another_key_is_never_put_over_the_one_that_is_there(town: Town) -> None:
    key = master_of(town.sample.job)
    before = key.read_bytes()
    restore_key(town.sample.job, key.read_text())
    for other in ("00" * 32, f"stupeni-key {'1' * 16} {'00' * 32}"):
        with pytest.raises(Trouble):
            restore_key(town.sample.job, other)
    assert key.read_bytes() == before


@pytest.mark.parametrize("index", range(0, 256, 37))
def test_the_24_words_are_the_key_and_one_word_more_or_less_is_seen(index: int) -> None:
    secret = (1 << index).to_bytes(32, "big")
    words = to_words(secret, WORDS)
    assert len(words) == 24
    assert from_words("  ".join(words).upper(), WORDS, 24) == secret
    swapped = [words[1], words[0], *words[2:]]
    if swapped != list(words):
        with pytest.raises(Exception, match="another one"):
            from_words(" ".join(swapped), WORDS, 24)


def test_words_are_asked_for_and_are_no_argument(town: Town) -> None:
    job = town.sample.job
    key = master_of(job)
    master = key.read_text().strip()
    words = " ".join(to_words(bytes.fromhex(master), WORDS))
    key.unlink()
    command = [sys.executable, "-m", "generator", "keys", "restore", str(job.portfolios)]
    command += ["--private", str(job.private), "--output", str(job.output), "--lang", "en"]
    kept = {name: value for name, value in os.environ.items() if name != "CI"}
    environment = kept | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, input=words + "\n", capture_output=True, text=True, check=False, env=environment
    )

    assert done.returncode == 0, done.stderr
    assert key.read_text().strip() == master
    assert "The master key is in its place" in done.stdout
    assert words.split()[0] not in done.stdout + done.stderr
    refused = subprocess.run(
        [*command, words], capture_output=True, text=True, check=False, env=environment
    )
    assert refused.returncode == 2


SECRETS: dict[str, Callable[[Job], object]] = {
    "cards": make_cards,
    "backup": back_up_key,
    "incidents": lambda job: report_incident(job, Incident("утечка")),
    "master": lambda job: replace_key(job, "утечка"),
}


@pytest.mark.parametrize("what", SECRETS)
@pytest.mark.parametrize("where", ["git", "worktree", "above", "output", "docs", "handbook"])
def test_no_secret_is_written_where_others_see_it(town: Town, what: str, where: str) -> None:
    job, room = town.sample.job, town.sample.job.private / SITE
    below = room / what if what != "master" else room
    below.mkdir(exist_ok=True)
    if where == "git":
        (below / ".git").mkdir()
    elif where == "worktree":
        (below / ".git").write_text("gitdir: /somewhere/.git/worktrees/one\n")
    elif where == "above":
        (job.private.parent / ".git").mkdir()
    elif where == "output":
        job = replace(job, output=job.private)
    elif where == "docs":
        job = replace(job, home=_home_whose_docs_are(job.private, job.private.parent))
    else:
        (job.private / "mkdocs.yml").write_text("site_name: x\n")
    before = sorted(room.rglob("*"))

    with pytest.raises(Trouble, match="published or under Git"):
        SECRETS[what](job)
    assert sorted(room.rglob("*")) == before


def _home_whose_docs_are(private: Path, folder: Path) -> Path:
    home = folder / "home"
    home.mkdir()
    for name in ("schema", "theme"):
        (home / name).symlink_to(ROOT / name)
    (home / "docs").symlink_to(private)
    return home


@pytest.mark.covers("R-138")
def test_an_incident_is_a_form_to_sign_and_a_line_of_the_register(town: Town) -> None:
    from generator.flow.access import suspend

    job = town.sample.job
    suspend(job, "ivanov-petr", "сфотографировали карточку")
    incident = Incident(
        "карточку <выложили> в чат", "22 ноября, утром", "мама", ("ivanov-petr",), "директору"
    )
    file = report_incident(job, incident)
    page = file.read_text("utf-8").replace("\xa0", " ")

    assert file.stat().st_mode & 0o777 == 0o600
    for words in (
        "Сообщение об инциденте № 1", "карточку &lt;выложили&gt; в чат", "22 ноября, утром", "мама",
        "Пётр Иванов", "student:ivanov-petr (22.11.2026): сфотографировали карточку", "директору",
        "Лебедева Нина Львовна",
    ):  # fmt: skip
        assert words in page, words
    assert 'class="line"' in page
    (line,) = [event for event in read(job.register) if event.what == "incident"]
    assert (line.by, line.about, line.details["number"]) == ("lebedeva", ("ivanov-petr",), 1)
    assert "№ 2" in report_incident(job, incident).read_text("utf-8").replace("\xa0", " ")
    with pytest.raises(Trouble, match="no student"):
        report_incident(job, replace(incident, whom=("ivanov",)))
