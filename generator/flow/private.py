"""One school -> its folder of secrets, cards and caches. What lies where nobody publishes?"""

import re
from pathlib import Path

from generator.flow.job import Job, settings_of
from generator.model.edition import Decision
from generator.model.school import Settings
from generator.model.site import FACE
from generator.seal.cipher import derive, pack
from generator.seal.keys import Keys
from generator.seal.master import new_master, read_master, refuse_public, write_master
from generator.shell.face import cut_face
from generator.source import Document, read_document
from generator.trouble import Trouble
from generator.whole import make_private, write_whole


def private_room(job: Job, settings: Settings) -> Path:
    """The folder of one school's secrets and caches, closed to others."""
    room = job.private / settings.site
    make_private(room)
    room.chmod(0o700)
    return room


def levels_room(job: Job, settings: Settings) -> Path:
    """The folder through which levels come home that other machines made, in clear."""
    return private_room(job, settings) / "cache" / "levels"


def published_by(job: Job) -> tuple[Path, ...]:
    """Folders that others see: no secret may lie in them."""
    return job.output, job.portfolios, job.home / "docs"


def write_private(file: Path, text: str) -> Path:
    """A file with secrets, readable by its owner only; Trouble where Git or a handbook lies. A page
    has its face beside it."""
    refuse_public(file, ())
    make_private(file.parent)
    file.touch(mode=0o600)
    file.chmod(0o600)
    file.write_text(text, encoding="utf-8")
    face = file.with_name(FACE)
    if file.suffix == ".html" and not face.is_file():
        write_whole(face, cut_face())
    return file


def make_key(job: Job) -> Path:
    """A new master key for this school, where nobody publishes it; its file."""
    file = key_file(job)
    write_master(file, published_by(job), new_master())
    return file


def key_file(job: Job) -> Path:
    """Where this school's master key lies, or would lie."""
    return private_room(job, settings_of(job)) / "master.key"


def keys_of(master: bytes, decision: Decision) -> Keys:
    """The key schedule of a level, with every replaced code and key."""
    epochs = dict(decision.epochs) | {h.audience: h.epoch for h in decision.holders}
    return Keys(master, decision.site, decision.level, epochs)


def read_log_key(portfolios: Path, private: Path | None) -> bytes | None:
    """What signs of names on a public log are made with; None where this school's key is not.

    Reads no more than it must: logs are written of schools that cannot be read, too.
    """
    settings = read_document(portfolios, "school/school.yml")
    site = settings.value.get("site") if isinstance(settings, Document) else None
    if private is None or not isinstance(site, str) or not re.fullmatch("[0-9a-f]{16}", site):
        return None
    try:
        return derive(read_master(private / site / "master.key"), pack("log", site), 32)
    except (Trouble, OSError):
        return None
