"""A folder of scans -> entries, and back. What was filed, and can it be undone?"""

import hashlib
import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.curate.entry import NewEntry
from generator.curate.piles import Page, group, read_pages
from generator.diagnostic import Text, quote
from generator.flow.job import Job
from generator.stop import to_the_end
from generator.trouble import Trouble
from generator.whole import make_private, write_whole, writing

DONE = "готово"
"""The folder below the inbox where originals go once their entry is there."""


@dataclass(frozen=True)
class Filed:
    """What was filed last: an entry's folder, what lay in it, and the originals."""

    entry: str
    files: dict[str, str]
    """Name in the entry's folder -> SHA-256."""
    originals: dict[str, str]
    """Name in the inbox -> name in the folder of what is done."""


def read_piles(inbox: Path) -> list[tuple[Page, ...]]:
    """Documents of an inbox, each with its pages."""
    if not inbox.is_dir():
        raise Trouble(
            Text(f"папки {quote(inbox)} нет", f"there is no folder {quote(inbox)}"),
            Text("назовите папку, куда кладёт файлы сканер или телефон",
                 "name the folder into which the scanner or phone puts its files"),
        )  # fmt: skip
    _done_in(inbox)
    return group(read_pages(inbox))


def put_away(job: Job, inbox: Path, entry: NewEntry, originals: Sequence[Path]) -> None:
    """The originals of an entry that is written go to what is done, and that is noted down."""
    done, notes = _done_in(inbox), _notes_of(job, inbox)
    with to_the_end(), writing(done):
        done.mkdir(exist_ok=True)
        moved = {path.name: _free(done, path.name) for path in originals}
        digests = {n: hashlib.sha256(raw).hexdigest() for n, raw in entry.files.items()}
        # Noted first: whatever happens after that can be undone.
        _write_notes(notes, [*_read_notes(notes), Filed(entry.folder, digests, moved)])
        for path in originals:
            path.rename(done / moved[path.name])


def undo(job: Job, inbox: Path) -> Filed:
    """The last entry that was filed is gone, its originals are back; Trouble when it was changed
    since."""
    done, file = _done_in(inbox), _notes_of(job, inbox)
    notes = _read_notes(file)
    if not notes:
        raise Trouble(
            Text("отменять нечего", "there is nothing to undo"),
            Text("разберите папку: `stupeni inbox`", "file something first: `stupeni inbox`"),
        )
    filed = notes[-1]
    folder = job.portfolios / filed.entry
    if folder.exists() and _digests(folder) != filed.files:
        raise Trouble(
            Text(f"запись {quote(filed.entry)} с тех пор изменили",
                 f"the entry {quote(filed.entry)} was changed since"),
            Text("удалите её папку сами, если она не нужна",
                 "remove its folder yourself, if nobody needs it"),
        )  # fmt: skip
    with to_the_end(), writing(inbox):
        for name, kept in filed.originals.items():
            if (done / kept).is_file() and not (inbox / name).exists():
                (done / kept).rename(inbox / name)
        shutil.rmtree(folder, ignore_errors=True)
        _write_notes(file, notes[:-1])
    return filed


def _notes_of(job: Job, inbox: Path) -> Path:
    """Where it is noted what was filed of a folder into these portfolios: not among the scans, for
    whoever may put one there would choose whose entry an undo removes."""
    pair = f"{job.portfolios.resolve()}\0{inbox.resolve()}"
    return job.private / "inbox" / f"{hashlib.sha256(pair.encode()).hexdigest()[:16]}.jsonl"


def _done_in(inbox: Path) -> Path:
    """The folder of what is done; Trouble when a link stands there: whoever may put scans here
    would choose from where we take files and where we put them."""
    done = inbox / DONE
    if done.is_symlink() or (done.exists() and not done.is_dir()):
        raise Trouble(
            Text(f"на месте папки {quote(DONE)} стоит ссылка или файл",
                 f"a link or a file stands where the folder {quote(DONE)} belongs"),
            Text("уберите его из папки сканера", "take it out of the scanner's folder"),
        )  # fmt: skip
    return done


def _digests(folder: Path) -> dict[str, str]:
    """Of whatever lies there; we put no folder into an entry's, and it is like no file of ours."""
    return {
        one.name: hashlib.sha256(one.read_bytes()).hexdigest() if one.is_file() else ""
        for one in folder.iterdir()
    }


def _free(folder: Path, name: str) -> str:
    """The name, with a number if something in the folder bears it."""
    stem, suffix, number, free = Path(name).stem, Path(name).suffix, 1, name
    while (folder / free).exists():
        number += 1
        free = f"{stem}-{number}{suffix}"
    return free


def _read_notes(file: Path) -> list[Filed]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
        return [Filed(**json.loads(line)) for line in lines]
    except (OSError, ValueError, TypeError):
        return []


def _write_notes(file: Path, notes: Sequence[Filed]) -> None:
    make_private(file.parent)
    text = "".join(json.dumps(vars(one), ensure_ascii=False) + "\n" for one in notes)
    write_whole(file, text.encode(), 0o600)
