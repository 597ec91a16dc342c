"""Every word a person wrote: who may read it, and that it never stands in clear."""

from pathlib import Path
from typing import Any

import pytest

from generator.decide import decide, private_words
from generator.decide.words import PUBLIC
from generator.load import load
from generator.model.edition import Edition
from generator.model.school import School
from generator.model.shown import Tier
from tests.filled import filled_school
from tests.world import SCHEMA, TODAY, world

# Where a word stands -> who reads it when the family shows everything to the school. Whatever is
# not named here is for all of them; a new field is, until somebody decides otherwise, an error.
# The student is in grade 4: a profile is for grades 5-11 (tests/test_levels.py).
NOBODY = """
Access.commissions.order Access.epochs.reason Access.opened.reason Access.suspended.reason
Consent.document Consent.given_by.name
Collective.achievements.people.consent Collective.achievements.people.name
Entry.people.consent Entry.people.name
OfficialList.titles
Portfolio.called
Portfolio.profile.subjects Portfolio.profile.title
StudentRecord.came_from StudentRecord.former_surnames StudentRecord.households.title
StudentRecord.name.patronymic StudentRecord.representatives.name
"""
FAMILY_AND_TEACHER = """
Portfolio.requests.words Reviews.declined.reason
"""
FAMILY_AND_STAFF = """
Collective.achievements.original Entry.original
Collective.achievements.scans.paper.issuer Entry.scans.paper.issuer
Collective.achievements.scans.paper.number Entry.scans.paper.number
Collective.achievements.scans.paper.signed_by Entry.scans.paper.signed_by
Recognition.decision.number
Confirmation.basis Collective.achievements.basis
Confirmation.note
Results.results.mark Results.results.period Results.results.subject
StudentRecord.state_register.credit StudentRecord.state_register.decision
"""
# Scans here are of papers, and a paper bears the whole name.
NOT_THE_LEVEL = """
StudentRecord.name.surname
Collective.achievements.scans.description Entry.scans.description
Collective.achievements.scans.mask.reason Entry.scans.mask.reason
Collective.achievements.scans.paper.title Entry.scans.paper.title
"""
# A picture's file lies below its path, which `media` needs and no page bears.
PATHS = {"Entry.scans.file", "Collective.achievements.scans.file"}
HIDDEN: dict[Tier, str] = {
    "family": NOBODY,
    "teacher": NOBODY,
    "staff": NOBODY + FAMILY_AND_TEACHER,
    "class": NOBODY + FAMILY_AND_TEACHER + FAMILY_AND_STAFF,
    "level": NOBODY + FAMILY_AND_TEACHER + FAMILY_AND_STAFF + NOT_THE_LEVEL,
}


@pytest.mark.parametrize("tier", HIDDEN)
def test_every_text_reaches_exactly_those_it_is_written_for(tmp_path: Path, tier: Tier) -> None:
    school, words = filled_school(tmp_path, "school")
    editions = repr([e for e in decide(school, "primary", TODAY).editions if e.tier == tier])

    seen = {where for word, where in words.items() if word in editions}
    hidden = set(HIDDEN[tier].split())
    assert hidden <= set(words.values())
    assert seen - PATHS == set(words.values()) - hidden - PATHS


def test_a_commission_reads_the_words_of_what_was_put_forward_and_no_other(tmp_path: Path) -> None:
    school, words = filled_school(tmp_path, "family")
    editions = repr([e for e in _editions(school) if e.tier == "commission"])
    seen = {where for word, where in words.items() if word in editions}

    theirs = ("Portfolio.", "Review", "Results.", "Collective.", "StudentRecord.", "Consent")
    about = {where for where in words.values() if where.startswith(theirs)}
    hidden = about | set((NOBODY + FAMILY_AND_STAFF).split()) - {"Confirmation.basis"}
    bound = {"Access.commissions.order", "StudentRecord.name.given", "StudentRecord.name.surname"}
    assert seen - PATHS == (set(words.values()) - hidden | bound) - PATHS
    assert len(seen) > 40


@pytest.mark.covers("R-144")
def test_everybody_reads_no_word_that_was_granted_to_the_school_only(tmp_path: Path) -> None:
    school, words = filled_school(tmp_path, "school")
    switches = school.settings.switches.model_copy(update={"open_information": True})
    settings = school.settings.model_copy(update={"switches": switches})
    student = school.students[0]
    given = student.consents.consents[0]
    wide = given.model_copy(update={"purpose": "distribution", "audience": "public"})
    consents = student.consents.model_copy(update={"consents": (given, wide)})

    def shown(entries: tuple[Any, ...]) -> str:
        changed = student.model_copy(update={"consents": consents, "entries": entries})
        opened = school.model_copy(update={"settings": settings, "students": (changed,)})
        return repr([e for e in _editions(opened) if e.tier == "public"])

    one = student.entries[0].model_copy(update={"visibility": "public"})
    one._file = student.entries[0].file
    assert shown(student.entries) == "[]"
    said = shown((one, *student.entries[1:]))
    seen = {where for word, where in words.items() if word in said}
    model = type(one).__name__
    allowed = ("Entry.", f"{model}.", "Event.", "StudentRecord.name.given", "OfficialList.order")
    assert {where for where in seen if not where.startswith(allowed)} == set()
    assert not seen & set((NOBODY + FAMILY_AND_STAFF + NOT_THE_LEVEL).split()) - PATHS
    assert len(seen) > 3


def _editions(school: School) -> tuple[Edition, ...]:
    return decide(school, "primary", TODAY).editions


def test_what_is_for_the_family_reaches_neither_class_nor_level(tmp_path: Path) -> None:
    school, words = filled_school(tmp_path, "family")
    editions = decide(school, "primary", TODAY).editions

    assert {edition.tier for edition in editions} == {"family", "teacher", "staff", "commission"}
    text = repr(editions)
    assert sum(word in text for word in words) > 100


def test_what_is_for_the_class_does_not_reach_the_level(tmp_path: Path) -> None:
    school, words = filled_school(tmp_path, "class")
    editions = {edition.tier for edition in decide(school, "primary", TODAY).editions}

    assert editions == {"family", "teacher", "staff", "class", "commission"}
    assert words


def test_every_text_is_a_private_word_but_those_that_are_public_for_a_reason(
    tmp_path: Path,
) -> None:
    school, words = filled_school(tmp_path, "school")
    private = {word.text: word.where for word in private_words(school)}

    open_words = {where for word, where in words.items() if word not in private}
    assert open_words == {f"{model.__name__}.{name}" for model, name in PUBLIC}
    assert all(PUBLIC.values())
    assert len(words) > 150
    assert all(private[word] for word in words if word in private)


def test_a_single_common_word_is_nobodys_and_a_name_always_is(tmp_path: Path) -> None:
    school, _ = filled_school(tmp_path, "school")
    student = school.students[0]
    entry = student.entries[0].model_copy(update={"title": "Школа", "reflection": "Да. Я пел сам."})
    entry._file = student.entries[0].file
    name = student.record.name.model_copy(update={"surname": "Ли", "given": "Вера"})
    record = student.record.model_copy(update={"name": name})
    changed = student.model_copy(update={"entries": (entry,), "record": record})
    texts = {w.text for w in private_words(school.model_copy(update={"students": (changed,)}))}

    assert "Школа" not in texts
    assert "Да" not in texts
    assert {"Я пел сам", "Вера", "Вера Ли", "study-e1", "belova-anna"} <= texts


def test_signs_without_a_letter_are_nobodys_words(tmp_path: Path) -> None:
    # Chance writes «+ +» into every sealed site: a smile must not stop the school's release.
    files = {"students/belova-anna/portfolio.yml": 'called: "+ +"\nabout: {motto: "^_^ ^_^"}\n'}
    school = load(world(tmp_path, files), SCHEMA).school
    assert school
    said = {word.text for word in private_words(school)}
    assert "Анна" in said
    assert not said & {"+ +", "^_^ ^_^"}
