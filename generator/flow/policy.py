"""A repository, two states, an author -> what is not the author's to change. May it come in?"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.diagnostic import Diagnostic, Place, Text, quote
from generator.flow.job import Job, in_order
from generator.load import load, parse_sources
from generator.media.refusals import Refused, diagnose
from generator.media.sniff import kind_of
from generator.model.pinned import FILE, Sources
from generator.model.school import School
from generator.review.commits import FileChange, Repository, is_plain, open_repository
from generator.review.policy import Author, judge, judge_pins
from generator.review.shapes import clashing, misshapen
from generator.source import MAX_BYTES, too_big
from generator.trouble import Trouble

_ZEROS = "0" * 40
_RULES = ("school/", "records/")
_BRANCHES = ("refs/heads/", "refs/for/")


@dataclass(frozen=True)
class Pushed:
    """A name in the repository that somebody moves from one commit to another."""

    old: str
    new: str
    name: str


def find_breaches(
    job: Job, base: str, head: str, author: str, theirs: Mapping[str, str]
) -> tuple[Diagnostic, ...]:
    """Everything between two states that this author may not change; who is who says the first, of
    `A...B` A as it is now: where the two parted may lie before somebody lost a right.

    Places are paths in the repository. `theirs` is the environment of a hook.
    """
    with open_repository(job.portfolios, theirs) as (repository, below):
        rules, head = repository.find(base.partition("...")[0]), repository.find(head)
        who = _author(job, repository, below, rules, author)
        found = set[Diagnostic]()
        for one in _bases(repository, base, (rules, head)):
            found |= {*_breaches(repository, below, (one, head), who)}
        return tuple(sorted(found, key=in_order))


def _bases(repository: Repository, named: str, ends: tuple[str, str]) -> tuple[str, ...]:
    """From where a change is judged. Where two lines parted more than once, from each of these
    places: what stands in one of them may be undone by way of the other."""
    first = repository.find(named)
    return repository.partings(*ends) if "..." in named else (first,)


def find_pushed_breaches(
    job: Job, pushed: Iterable[Pushed], author: str, theirs: Mapping[str, str]
) -> tuple[Diagnostic, ...]:
    """The same of everything that a push brings; who is who says the repository as it is now.

    Beside the first branch only what is not in it yet counts: whoever takes in what others did
    there has not done it.
    """
    found: set[Diagnostic] = set()
    with open_repository(job.portfolios, theirs) as (repository, below):
        now = repository.find("HEAD")
        who = _author(job, repository, below, now, author)
        for one in pushed:
            found |= {*_misnamed(who, one.name)}
            if one.new == _ZEROS:
                found |= {*_removed(who, one.name)}
            else:
                new = repository.find(one.new)
                apart = (
                    (one.old,) if one.name == repository.first else repository.partings(now, new)
                )
                for old in apart or (now,):
                    found |= {*_breaches(repository, below, (old, new), who)}
    return tuple(sorted(found, key=in_order))


def _misnamed(who: Author, name: str) -> Iterator[Diagnostic]:
    """Beside branches stand names that say what others mean: a tag `main` is taken for the branch,
    and a replacement for the commit itself. Nothing need be changed for that."""
    if not name.startswith(_BRANCHES) and not who.is_leader():
        words = Text(f"{quote(name)} — не ветка", f"{quote(name)} is no branch")
        fix = Text("отправьте ветку; метки ставят завуч и директор",
                   "send a branch; tags are the deputy head's and the head's")  # fmt: skip
        yield Diagnostic(Place(name), "not-a-branch", words, fix)


def _removed(who: Author, name: str) -> Iterator[Diagnostic]:
    if not who.is_leader():
        words = Text(f"{quote(name)} удаляют завуч и директор",
                     f"{quote(name)} is the deputy head's or the head's to delete")  # fmt: skip
        fix = Text("оставьте её или попросите завуча", "leave it, or ask the deputy head")
        yield Diagnostic(Place(name), "branch-removed", words, fix)


def _author(job: Job, repository: Repository, below: str, commit: str, account: str) -> Author:
    school = _read_rules(job, repository, below, commit)
    return Author(school, job.today(school.settings), account)


def _read_rules(job: Job, repository: Repository, below: str, commit: str) -> School:
    """The school's people and records as a commit has them, without anything of students' own."""
    prefix = f"{below}/" if below else ""
    files = {
        path.removeprefix(prefix): id
        for path, (mode, id) in repository.files(commit, below).items()
        if is_plain(mode) and path.removeprefix(prefix).startswith(_RULES) and path.endswith(".yml")
    }
    with TemporaryDirectory(prefix="stupeni-rules-") as folder:
        root = Path(folder)
        (root / "school").mkdir()
        repository.write(files, root)
        school = load(root, job.home / "schema").school
    if school is None:
        raise Trouble(
            Text("в прежнем состоянии нет school/school.yml, который читается",
                 "the state before has no school/school.yml that can be read"),
            Text("назовите папку портфолио в репозитории: `stupeni policy … portfolios`",
                 "name the folder of portfolios in the repository: `stupeni policy … portfolios`"),
        )  # fmt: skip
    return school


def _breaches(
    repository: Repository, below: str, ends: tuple[str, str], who: Author
) -> Iterator[Diagnostic]:
    base, head = ends
    changes = repository.changes(base, head)
    yield from judge(who, changes, below)
    yield from _judge_pins(repository, below, changes, who)
    yield from misshapen(changes, below)
    yield from clashing(changes, repository.files(head))
    yield from read_scans(repository, changes, below)
    if not repository.follows(base, head):
        words = Text("прежние изменения отсюда пропали: история переписана",
                     "earlier changes are gone from here: history was rewritten")  # fmt: skip
        fix = Text("посмотрите, чего не стало; в общую ветку так не записывают",
                   "see what is gone; a shared branch is not written to in this way")  # fmt: skip
        yield Diagnostic(Place(below or "."), "history-rewritten", words, fix, "warning")


def _judge_pins(
    repository: Repository, below: str, changes: Iterable[FileChange], who: Author
) -> Iterator[Diagnostic]:
    """What of the pinned sources is not the author's to change; a file that cannot be read is
    nobody's."""
    path = f"{below}/{FILE}" if below else FILE
    for change in (one for one in changes if one.path == path):
        old, new = (
            _sources_in(repository, path, id) if is_plain(mode) else Sources()
            for mode, id in ((change.before, change.old), (change.after, change.new))
        )
        if old is not None and new is not None:
            found = judge_pins(who, old, new)
            yield from (replace(one, place=Place(path)) for one in found)
        elif not who.is_leader():
            words = Text("файл не прочитать", "the file cannot be read")
            fix = Text("исправьте, что назовёт `stupeni check`", "mend what `stupeni check` tells")
            yield Diagnostic(Place(path), "beyond-duty", words, fix)


def _sources_in(repository: Repository, path: str, id: str) -> Sources | None:
    read: list[bytes] = []
    repository.read({path: id}, lambda _, content: read.append(content))
    return parse_sources(read[0])


def read_scans(
    repository: Repository, changes: Iterable[FileChange], below: str
) -> Iterator[Diagnostic]:
    """What is no scan by its bytes, and what is too big, among the files that are new or other."""
    prefix, found = f"{below}/" if below else "", list[Diagnostic]()

    def look(path: str, content: bytes) -> None:
        if path.endswith(".yml"):
            found.extend([too_big(path)] if len(content) > MAX_BYTES else [])
            return
        try:
            kind_of(content)
        except Refused as refused:
            found.append(diagnose(path, refused))

    here = (c for c in changes if c.path.startswith(prefix) and is_plain(c.after))
    named = {c.path: c.new for c in here if not c.path.endswith((".md", ".jsonl"))}
    repository.read(named, look)
    yield from found
