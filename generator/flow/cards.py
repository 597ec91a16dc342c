"""A school -> cards to print, in the private folder. Who gets which code?"""

import datetime as dt
from pathlib import Path

from generator.decide import decide
from generator.flow.job import Job, read_school
from generator.flow.private import keys_of, private_room, write_private
from generator.model.edition import Decision, Holder
from generator.model.school import LEVELS
from generator.model.site import Card
from generator.pages.cards import compose_cards
from generator.seal.codes import read_word_list, to_link, to_qr, to_text, to_words
from generator.seal.master import read_master, refuse_public


def make_cards(job: Job) -> tuple[Path, ...]:
    """A printable page of access cards for every level, in the private folder."""
    school, today = read_school(job)
    room, files = private_room(job, school), []
    refuse_public(room / "cards", (job.output, job.portfolios))
    for decision in (decide(school, level, today) for level in LEVELS):
        cards = tuple(card for _, card in cards_of(job, decision, today))
        html = compose_cards(cards, decision, job.home / "theme")
        files.append(write_private(room / "cards" / f"{decision.level}.html", html))
    return tuple(files)


def cards_of(job: Job, decision: Decision, today: dt.date) -> tuple[tuple[Holder, Card], ...]:
    """Every holder of a level with the card that opens what it may see."""
    keys = keys_of(read_master(job.private / decision.site / "master.key"), decision)
    words = read_word_list(job.home / "schema" / "words-ru.txt")
    cards = []
    for holder in decision.holders:
        secret = keys.secret(holder.audience)
        link = to_link(secret, decision.address) if holder.by_link and decision.address else ""
        card = Card(
            title=holder.title,
            level=decision.level,
            words=to_words(secret, words),
            code=to_text(secret),
            address=decision.address,
            by_link=holder.by_link,
            link=link,
            qr_svg=to_qr(link) if link else "",
            date=today,
            epoch=holder.epoch,
        )
        cards.append((holder, card))
    return tuple(cards)


def sample_cards(job: Job) -> tuple[tuple[Holder, Card], ...]:
    """For a fictional school only: on every level the card of the fullest portfolio."""
    school, today = read_school(job)
    if not school.settings.sample:
        return ()
    found = []
    for decision in (decide(school, level, today) for level in LEVELS):
        size = {e.compartments[0]: len(e.entries) for e in decision.editions}
        cards = [pair for pair in cards_of(job, decision, today) if pair[0].tier == "family"]
        found += sorted(cards, key=lambda pair: -size[pair[0].compartments[0]])[:1]
    return tuple(found)
