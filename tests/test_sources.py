"""Pinned sources: real repositories, real attacks. What is approved stays, whatever is sent."""

import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from generator.flow.arrivals import Step, open_steps
from generator.flow.confirm import confirm, give_back
from generator.flow.job import Job, find_mistakes
from generator.flow.mirrors import mirror_of
from generator.flow.proposal import Aim, propose, review_sources
from generator.flow.sources import Audit, audit_sources, read_pinned, sync_sources
from generator.flow.summary import make_summary
from generator.source.fetch import Way
from generator.trouble import Trouble
from tests.commits import Commits
from tests.reviewed import job_of
from tests.test_adding import photo
from tests.world import TODAY, world

HERE = Way(("file",))
ENTRY = "kind: creative\nid: x7k2\ntitle: Замок из глины\ndate: 2026-10-14\nform: craft\n"
FOLDER = "entries/zamok-x7k2"
FIRST = {"portfolio.yml": "about: {motto: Первый девиз}\n"}


class School:
    """A school whose only student has a repository of her own."""

    def __init__(self, folder: Path) -> None:
        self.anna = Commits(folder / "anna")
        self.anna.git("config", "uploadpack.allowFilter", "true")
        self.anna.git("config", "uploadpack.allowAnySHA1InWant", "true")
        self.first = self.anna.commit(FIRST)
        self.portfolios = world(folder / "school" / "portfolios")
        self.job: Job = job_of(self.portfolios)
        self.pin(self.first)

    def pin(self, commit: str) -> None:
        """Approves a commit by hand."""
        (self.portfolios / "school/sources.yml").write_text(
            f"sources:\n  - student: belova-anna\n    address: file://{self.anna.top}\n"
            f'    approved: "{commit}"\n    approved_by: orlova\n    approved_on: 2026-11-20\n',
            "utf-8",
        )

    def sync(self) -> Audit:
        """What is new."""
        return sync_sources(self.job, HERE)

    def says(self) -> list[str]:
        """Codes of all errors that keep the school from being built."""
        return [one.code for one in find_mistakes(self.job).diagnostics if one.is_error]

    def laid(self) -> dict[str, str]:
        """What lies in Anna's folder."""
        top = self.portfolios / "students/belova-anna"
        files = (path for path in sorted(top.rglob("*")) if path.is_file())
        return {path.relative_to(top).as_posix(): path.read_text("utf-8") for path in files}

    def review(self) -> list[str]:
        """Codes of what a review of all that came tells."""
        return [one.code for one in review_sources(self.job, ()).report.findings]

    def propose(self, *students: str, branch: str = "") -> tuple[dict[str, str], list[str]]:
        """Whose pins moved, and why the others did not."""
        done = propose(self.job, students, Aim(branch), write=True)
        return done.moved, [why.ru for _, why in done.left]


@pytest.fixture
def school(tmp_path: Path) -> School:
    """A school that nobody asked yet."""
    return School(tmp_path)


def codes(audit: Audit) -> list[str]:
    """What an audit tells."""
    return [one.code for one in audit.diagnostics]


def test_only_what_is_approved_is_laid_and_never_the_newest(school: School) -> None:
    school.anna.commit({f"{FOLDER}/entry.yml": ENTRY, "portfolio.yml": "about: {motto: Новый}\n"})
    audit = school.sync()

    assert codes(audit) == [] and [(one.ahead, one.waits) for one in audit.standings] == [(1, True)]
    assert school.says() == [] and school.laid() == FIRST


def test_without_a_mirror_nothing_is_built_and_nothing_is_left_out(school: School) -> None:
    assert school.says() == ["source-not-here"]

    school.sync()
    assert school.says() == []
    shutil.rmtree(school.job.private)
    assert school.says() == ["source-not-here"]
    assert school.laid() == FIRST


def test_a_folder_changed_by_hand_is_told_and_never_written_over(school: School) -> None:
    school.sync()
    assert school.says() == []
    mine = school.portfolios / "students/belova-anna/portfolio.yml"
    mine.write_text("about: {motto: Правлю здесь}\n", "utf-8")

    school.pin(school.anna.commit({"portfolio.yml": "about: {motto: Второй}\n"}))
    school.sync()
    assert school.says() == ["source-edited"]
    assert "Правлю здесь" in mine.read_text("utf-8")

    # Nor is it printed for staff, who would take it for what was approved.
    days = TODAY.replace(month=9, day=1), TODAY
    with pytest.raises(Trouble, match="not as approved"):
        make_summary(school.job, "belova-anna", *days)

    shutil.rmtree(mine.parent)
    assert school.says() == []
    assert "Второй" in mine.read_text("utf-8")
    assert make_summary(school.job, "belova-anna", *days)


def test_a_student_whose_source_is_gone_is_shown_no_more(school: School) -> None:
    school.sync()
    assert school.says() == []

    (school.portfolios / "school/sources.yml").write_text("sources: []\n", "utf-8")
    assert school.says() == [] and school.laid() == {}


def test_rewritten_history_is_told_and_what_was_approved_stays(school: School) -> None:
    school.sync()
    school.anna.git("checkout", "-q", "--orphan", "other")
    school.anna.commit({"portfolio.yml": "about: {motto: Подменили}\n"})
    school.anna.git("branch", "-M", "main")
    school.anna.git("reflog", "expire", "--expire=now", "--all")
    school.anna.git("gc", "-q", "--prune=now")

    assert codes(school.sync()) == ["source-rewritten"]
    assert "history-rewritten" in school.review()
    assert school.says() == [] and school.laid() == FIRST

    # On a computer that never saw it, it is gone: then nothing is built.
    shutil.rmtree(school.job.private)
    assert codes(school.sync()) == ["source-not-here", "source-rewritten"]
    assert school.says() == ["source-not-here"]


def test_a_source_that_does_not_answer_or_is_empty_is_told(school: School, tmp_path: Path) -> None:
    school.sync()
    away = tmp_path / "away"
    school.anna.top.rename(away)
    assert codes(school.sync()) == ["source-unreachable"]
    assert school.says() == [] and school.laid() == FIRST

    Commits(school.anna.top)
    assert codes(school.sync()) == ["source-empty"]


def test_only_told_transports_are_used(school: School) -> None:
    assert codes(sync_sources(school.job, Way())) == ["source-unreachable", "source-not-here"]


EVIL = (
    ("120000", f"{FOLDER}/diplom.jpg", "/etc/passwd", "not-a-file"),
    ("120000", "entries/leto-p3t2", "../../ivanov-petr/entries", "not-a-file"),
    ("160000", "entries/zamok-q1w2", "1" * 40, "submodule"),
    ("100755", f"{FOLDER}/gramota.jpg", "x", "exec-bit"),
    ("100644", ".gitattributes", "* filter=evil\n", "odd-name"),
    ("100644", f"{FOLDER}/diplom\u202egpj.jpg", "x", "odd-name"),
    ("100644", f"{FOLDER}/и\u0306.jpg", "x", "name-not-nfc"),
    ("100644", f"{FOLDER}/DIPLOM.jpg", "x", "names-differ-by-case"),
    ("100644", f"{FOLDER}/diplom.html", "<script>", "bad-type"),
    ("100644", "students/ivanov-petr/portfolio.yml", "{}", "unknown-file"),
    ("100644", "school/people.yml", "people: []", "unknown-file"),
)
"""Mode, path and content of what no portfolio has, and what is said of it."""


def test_what_is_no_portfolio_is_told_and_never_approved(school: School) -> None:
    newest = school.anna.put("100644", f"{FOLDER}/entry.yml", ENTRY)
    for mode, path, content, _ in EVIL:
        newest = school.anna.put(mode, path, content)
    school.sync()

    report = review_sources(school.job, ()).report
    found = {(one.code, one.place.file) for one in report.findings if one.is_error}
    top = "students/belova-anna"
    folders = {"unknown-file"}
    told = {(c, f"{top}/{p.split('/')[0] if c in folders else p}") for _, p, _, c in EVIL}
    assert told <= found
    assert school.propose("belova-anna") == ({}, ["сначала надо исправить, что назвала проверка"])
    assert school.says() == [] and school.laid() == FIRST

    # And if somebody approved it by hand, nothing is built.
    school.pin(newest)
    assert {code for _, _, _, code in EVIL} <= {*school.says()}
    assert [path for path in school.portfolios.rglob("*") if path.is_symlink()] == []
    assert [*school.portfolios.rglob(".git*")] == []


def test_a_file_that_is_too_big_is_left_where_it_is(school: School) -> None:
    school.anna.commit({f"{FOLDER}/entry.yml": ENTRY})
    school.anna.git("config", "core.bigFileThreshold", "1m")
    newest = school.anna.commit({f"{FOLDER}/film.jpg": bytes(21 * 1024 * 1024)})
    school.sync()

    mirrors = school.job.mirrors(read_pinned(school.job)[0])
    size = sum(path.stat().st_size for path in mirrors.rglob("*") if path.is_file())
    assert size < 1024 * 1024
    assert "source-file-too-big" in school.review()
    school.pin(newest)
    assert "source-file-too-big" in school.says()


def test_a_tree_without_end_is_told(school: School) -> None:
    blob = school.anna.git("hash-object", "-w", "--stdin", given="x")
    tree = school.anna.git("mktree", given=f"100644 blob {blob}\ta\n")
    for _ in range(9):
        rows = "".join(f"040000 tree {tree}\t{name}\n" for name in "abcdefghij")
        tree = school.anna.git("mktree", given=rows)
    commit = school.anna.git("commit-tree", tree, "-p", "HEAD", "-m", "x")
    school.anna.git("update-ref", "refs/heads/main", commit)
    school.sync()

    assert "source-too-many-files" in school.review()
    assert school.propose("belova-anna")[0] == {}
    assert school.says() == []


def test_nothing_of_theirs_is_run_or_obeyed(school: School, tmp_path: Path) -> None:
    ran, top = tmp_path / "ran", school.anna.top
    program = top / "evil.sh"
    program.write_text(f"#!/bin/sh\ntouch {ran}\n")
    program.chmod(0o755)
    for hook in ("post-checkout", "post-merge", "reference-transaction", "pre-push"):
        shutil.copy(program, top / ".git/hooks" / hook)
    for key in ("core.fsmonitor", "uploadpack.packObjectsHook", "filter.evil.smudge"):
        school.anna.git("config", key, f"{program}")
    evil = school.anna.put("100644", "x.yml", "evil")
    school.anna.git("update-ref", f"refs/replace/{school.first}", evil)
    ran.unlink(missing_ok=True)
    school.sync()

    assert school.says() == [] and school.laid() == FIRST
    assert not ran.exists()
    mirrors = school.job.mirrors(read_pinned(school.job)[0])
    refs = subprocess.run(
        ["git", "for-each-ref", "--format=%(refname)"], cwd=next(mirrors.glob("*.git")),
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert "replace" not in refs and "heads" not in refs


def test_pins_move_to_what_was_looked_at_and_decided_and_no_further(school: School) -> None:
    seen = school.anna.commit({f"{FOLDER}/entry.yml": ENTRY})
    school.sync()
    assert school.propose() == ({}, ["ещё не смотрели: `stupeni sources review`"])

    assert school.review() == ["entry-added"]
    assert school.propose() == ({}, ["есть записи, по которым нет решения"])
    done = give_back(school.job, "belova-anna", "x7k2", "Добавь снимок замка")
    assert [student for student, _ in done.written] == ["belova-anna"]

    # What comes after the teacher looked is not let in with it.
    school.anna.commit({"portfolio.yml": "about: {motto: После проверки}\n"})
    school.sync()
    moved, left = school.propose()
    assert (moved, left) == ({"belova-anna": seen}, ["ещё не смотрели: `stupeni sources review`"])
    assert school.says() == []
    assert {*school.laid()} == {"portfolio.yml", f"{FOLDER}/entry.yml"}
    assert "Первый девиз" in school.laid()["portfolio.yml"]

    school.review()
    assert school.propose()[0] == {}
    assert [*school.propose("belova-anna")[0]] == ["belova-anna"]
    assert school.says() == [] and "После проверки" in school.laid()["portfolio.yml"]


def test_what_the_page_showed_of_an_entry_with_a_scan_is_confirmed_and_let_in(
    school: School, tmp_path: Path
) -> None:
    told = f"{ENTRY}scans: [{{file: zamok.jpg, description: Замок, document: work}}]\n"
    castle = photo(tmp_path / "zamok.jpg").read_bytes()
    seen = school.anna.commit({f"{FOLDER}/entry.yml": told, f"{FOLDER}/zamok.jpg": castle})
    school.sync()
    shown = review_sources(school.job, ()).report
    one = {"entry": "x7k2", "student": "belova-anna", "digest": shown.cards[0].digest}
    decided = [{**one, "state": "confirmed", "basis": "сверено с оригиналом"}]
    file = tmp_path / "decisions.json"
    about = {"format": "stupeni-decisions-1", "site": shown.site, "decisions": decided}
    file.write_text(json.dumps(about), "utf-8")

    assert confirm(school.job, file, write=True).refused == ()
    assert school.propose() == ({"belova-anna": seen}, [])
    assert "confirmation-outdated" not in school.says()


@pytest.mark.covers("R-060")
def test_only_whoever_leads_the_student_and_is_appointed_approves(school: School) -> None:
    people = (school.portfolios / "school/people.yml").read_text("utf-8")
    other = "  - {id: gavrilova, name: Гаврилова Инна, roles: [class-teacher],\n"
    order = "     orders: [{number: 42-о, date: 2026-09-01}]}\n"
    (school.portfolios / "school/people.yml").write_text(people + other + order, "utf-8")
    school.anna.commit({"portfolio.yml": "about: {motto: Второй}\n"})
    school.sync()
    school.review()

    school.job = replace(school.job, by="gavrilova")
    told = "это решает классный руководитель, завуч ступени или директор"
    assert school.propose("belova-anna") == ({}, [told])
    school.job = replace(school.job, by="ci")
    with pytest.raises(Trouble, match="somebody must answer"):
        school.propose("belova-anna")


def test_a_proposal_is_a_commit_that_touches_nothing_else(school: School) -> None:
    top = Commits(school.portfolios.parent)
    hook = top.top / ".git/hooks/reference-transaction"
    hook.write_text("#!/bin/sh\ntouch ran\n")
    hook.chmod(0o755)
    before = top.git("-c", "core.hooksPath=/dev/null", "status", "--short")
    top.git("-c", "core.hooksPath=/dev/null", "add", "-A")
    top.git("-c", "core.hooksPath=/dev/null", "commit", "-qm", "x")
    assert before
    newest = school.anna.commit({f"{FOLDER}/entry.yml": ENTRY})
    school.sync()
    school.review()
    give_back(school.job, "belova-anna", "x7k2", "Добавь снимок замка")
    said = (school.portfolios / "school/sources.yml").read_bytes()

    assert school.propose(branch="odobreno")[0] == {"belova-anna": newest}
    assert (school.portfolios / "school/sources.yml").read_bytes() == said
    assert top.git("diff", "--name-only", "main", "odobreno").splitlines() == [
        "portfolios/records/belova-anna/confirmations.yml",
        "portfolios/school/sources.yml",
    ]
    assert newest in top.git("show", "odobreno:portfolios/school/sources.yml")
    assert not (top.top / "ran").exists()
    with pytest.raises(Trouble, match="did not write"):
        school.propose(branch="odobreno")


def test_a_review_of_the_schools_repository_shows_what_its_pins_let_in(school: School) -> None:
    from generator.flow.review import review_commits

    top = Commits(school.portfolios.parent)
    top.git("add", "-A")
    before = top.commit()
    newest = school.anna.commit({f"{FOLDER}/entry.yml": ENTRY, f"{FOLDER}/a.sh": "x"})
    school.sync()
    school.pin(newest)
    after = top.commit()

    report = review_commits(school.job, before, after, {}).report
    assert [(card.student, card.what) for card in report.cards] == [("belova-anna", "added")]
    assert "bad-type" in [one.code for one in report.findings]


def test_a_folder_of_another_child_below_a_source_stays_there(school: School) -> None:
    school.anna.commit({"students/ivanov-petr/portfolio.yml": "about: {motto: Чужое}\n"})
    school.sync()
    settings, sources = read_pinned(school.job)
    mirror = mirror_of(school.job.mirrors(settings), sources.sources[0])
    with open_steps(school.job, [Step(mirror, school.first, mirror.known.newest)]) as sides:
        assert not (sides.after / "students/ivanov-petr").exists()
        assert (sides.after / "students/belova-anna/students/ivanov-petr").is_dir()


def test_an_audit_asks_nobody(school: School) -> None:
    assert codes(audit_sources(school.job)) == ["source-never-asked"]
    with pytest.raises(Trouble, match="no `ivanov-petr`"):
        audit_sources(school.job, ["ivanov-petr"])


def test_beside_repositories_of_their_own_others_are_decided_about_as_ever(school: School) -> None:
    consent = (school.portfolios / "records/belova-anna/consent.yml").read_text("utf-8")
    rooms = (school.portfolios / "school/classes/2026-27.yml").read_text("utf-8")
    world(
        school.portfolios,
        {
            "school/classes/2026-27.yml": rooms.replace("belova-anna", "belova-anna, ivanov-petr"),
            "records/ivanov-petr/student.yml": (
                "name: {surname: Иванов, given: Пётр}\nborn: 2016-03-02\n"
            ),
            "records/ivanov-petr/consent.yml": consent,
            "students/ivanov-petr/entries/zamok-p3t8/entry.yml": ENTRY.replace("x7k2", "p3t8"),
        },
    )
    school.anna.commit({f"{FOLDER}/entry.yml": ENTRY})
    school.sync()
    school.review()

    for student, entry in (("ivanov-petr", "p3t8"), ("belova-anna", "x7k2")):
        done = give_back(school.job, student, entry, "Добавь снимок замка")
        assert [one for one, _ in done.written] == [student]
