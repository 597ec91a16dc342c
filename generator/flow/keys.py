"""The master key -> paper and back. Can the school lose it, and get it back?"""

import os
import re
from dataclasses import replace
from pathlib import Path

from generator.diagnostic import Text, quote
from generator.flow.job import Job, read_before, read_school, settings_of
from generator.flow.private import private_room, published_by, write_private
from generator.flow.register import begin, refuse_names, require_person
from generator.flow.turn import in_turn
from generator.model.site import KeyPaper
from generator.pages.papers import compose_key_paper
from generator.publish import append, stamp, verify
from generator.publish.published import write_memory
from generator.seal.codes import read_word_list, to_qr, to_words
from generator.seal.master import (
    new_master,
    put_aside,
    read_master,
    read_typed,
    refuse_public,
    write_master,
)
from generator.trouble import Trouble

_PAPER = re.compile(r"stupeni-key ([0-9a-f]{16}) ")


def back_up_key(job: Job) -> Path:
    """A page to print: the master key as 24 words and a QR code; the file in the private folder."""
    settings = settings_of(job)
    room, today = private_room(job, settings), job.today(settings)
    file = room / "backup" / f"{today}.html"
    refuse_public(file, published_by(job))
    master = read_master(room / "master.key")
    paper = KeyPaper(
        school=settings.name,
        site=settings.site,
        words=to_words(master, read_word_list(job.home / "schema" / "words-ru.txt")),
        qr_svg=to_qr(f"stupeni-key {settings.site} {master.hex()}"),
        date=today,
        register=verify(job.register).last,
    )
    return write_private(file, compose_key_paper(paper, settings.language, job.home / "theme"))


def restore_key(job: Job, typed: str) -> Path:
    """The master key from what was typed or scanned: words, digits, or the name of a file with
    them; its file."""
    settings = settings_of(job)
    text = typed.strip()
    # Not Path.is_file: its refusal of 24 words as too long a name would print them.
    if os.path.isfile(file_named := os.path.expanduser(text)):  # noqa: PTH111, PTH113
        text = Path(file_named).read_text(encoding="utf-8", errors="replace")
    other = _PAPER.search(text)
    if other and other[1] != settings.site:
        raise Trouble(
            Text(f"это ключ другой школы: {other[1]}", f"a key of another school: {other[1]}"),
            Text(
                f"в school.yml стоит site: {quote(settings.site)}",
                f"school.yml says site: {quote(settings.site)}",
            ),
        )
    master = read_typed(text, read_word_list(job.home / "schema" / "words-ru.txt"))
    file = private_room(job, settings) / "master.key"
    if not (file.is_file() and read_master(file) == master):
        write_master(file, published_by(job), master)
    return file


@in_turn
def replace_key(job: Job, reason: str) -> tuple[Path, Path]:
    """A new master key, because the old one leaked: every card changes. The new file, the old."""
    school, today = read_school(job)
    person, ground = require_person(job, school, today)
    refuse_names(school, reason)
    file = private_room(job, school.settings) / "master.key"
    refuse_public(file, published_by(job))
    read_master(file)
    old = put_aside(file, stamp(job.now).replace(":", ""))
    details = {"action": "master-replaced", "reason": reason}
    event = replace(begin(job, "access"), basis=ground, by=person.id, details=details)
    append(job.register, event)
    write_master(file, published_by(job), new_master(), over=True)
    # Of the new master every key is another one: whoever kept keys of the old has none of these.
    write_memory(job.memory(school.settings), replace(read_before(job, school.settings), held={}))
    return file, old
