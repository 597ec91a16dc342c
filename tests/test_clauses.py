"""What the regulations name by word, people can choose; what they ask for, the models ask for.

Each list is written down from the clause, not from our files: a word that goes missing is seen.
"""

from typing import Any

import pytest
from pydantic import ValidationError

from generator.model.kinds import ENTRY, KINDS
from generator.model.vocabulary import chosen
from tests.wording import WORDS

LISTS = WORDS.vocabularies
PLAIN = {"id": "x7k2", "title": "Название", "date": "2026-10-14"}
LEAST: dict[str, dict[str, Any]] = {
    "study": {"form": "subject"},
    "project": {"form": "research"},
    "contest": {"form": "olympiad"},
    "sport": {"discipline": "лыжи"},
    "gto": {"scheme": "gto18", "step": "5"},
    "activity": {},
    "course": {"organisation": "Дом творчества"},
    "training": {"organisation": "Колледж", "profession": "повар"},
    "practice": {"organisation": "Музей"},
    "government": {"body": "Совет школы", "role": "староста"},
    "volunteering": {"organisation": "Приют"},
    "creative": {"form": "drawing"},
    "series": {"area": "Кот Плюш", "works": ["a1", "b2"]},
    "reward": {"form": "gift", "sphere": "social", "given_by": "Школа"},
    "external": {
        "organisation": "Лицей",
        "application": {"form": "oral", "date": "2026-09-10", "by": "parent"},
    },
    "page": {"category": "travel", "text": "Мы ездили на озеро."},
}


def codes(name: str) -> set[str]:
    return {term.code for term in LISTS[name].terms}


def group(name: str, version: str, code: str) -> set[str]:
    """Words of one group of a grouping."""
    way = next(one for one in LISTS[name].groupings if one.version == version)
    return {word for one in way.groups if one.code == code for word in one.words}


def read(kind: str, **more: Any) -> Any:
    """An entry of this kind with no more than it needs, and what a test adds."""
    return ENTRY.validate_python({**PLAIN, "kind": kind, **LEAST[kind], **more})


@pytest.mark.parametrize("kind", KINDS)
def test_an_entry_of_every_kind_needs_little(kind: str) -> None:
    assert read(kind).day.isoformat() == "2026-10-14"
    for key in LEAST[kind]:
        with pytest.raises(ValidationError):
            ENTRY.validate_python(
                {**PLAIN, "kind": kind, **{k: v for k, v in LEAST[kind].items() if k != key}}
            )


@pytest.mark.covers("R-003")
def test_every_programme_of_both_regulations_can_be_named() -> None:
    assert codes("programmes") == {
        "noo", "ooo", "soo", "additional", "vocational", "pre-professional",
    }  # fmt: skip
    assert read("course", programme="pre-professional").programme == "pre-professional"


@pytest.mark.covers("R-004")
def test_kinds_of_entries_fall_into_the_six_of_the_regulations() -> None:
    way = next(one for one in LISTS["kinds"].groupings if one.version == "six")

    assert [one.code for one in way.groups] == [
        "study", "extracurricular", "additional", "vocational", "pre-professional", "personal",
    ]  # fmt: skip
    assert "study" in group("kinds", "six", "study")
    assert group("kinds", "six", "vocational") == {"training"}
    assert {"contest", "sport", "gto"} <= group("kinds", "six", "extracurricular")
    assert {"government", "volunteering"} <= group("kinds", "six", "personal")


@pytest.mark.covers("R-005")
def test_study_results_and_projects_are_told_apart_as_in_the_clause() -> None:
    assert {
        "subject", "meta-subject", "current", "interim", "state-exam", "cognitive",
    } <= codes("study-forms")  # fmt: skip
    assert {"project", "search-project", "research"} <= codes("project-forms")


@pytest.mark.covers("R-006")
def test_contests_sport_gto_and_statuses_of_champions_are_told_apart() -> None:
    assert {"olympiad", "intellectual", "professional", "creative"} <= codes("contest-forms")
    assert {"physical", "sport"} <= codes("event-forms")
    assert codes("gto-signs") == {"gold", "silver", "bronze"}
    assert read("gto", sign="gold").step == 5
    games = {f"{games}-{status}" for games in ("olympic", "paralympic", "deaflympic")
             for status in ("champion", "prize")}  # fmt: skip
    assert codes("champions") == games | {
        "world-champion", "europe-champion", "world-junior", "europe-junior",
    }  # fmt: skip


@pytest.mark.covers("R-007")
def test_a_result_can_be_left_out_wherever_one_can_stand() -> None:
    for kind in ("contest", "sport", "project"):
        assert read(kind).result is None
        assert read(kind, result="winner").result == "winner"


@pytest.mark.covers("R-008")
def test_nine_personal_results_can_be_named_in_words() -> None:
    assert codes("tags") == {
        "experience", "tolerance", "humanism", "independence", "social-role", "meaning",
        "self-education", "self-government", "volunteering",
    }  # fmt: skip
    assert read("page", tags=["experience", "meaning"]).tags == ("experience", "meaning")


@pytest.mark.covers("R-009")
def test_self_government_has_a_role_and_a_term_and_volunteering_hours() -> None:
    term = {"start": "2025-09-01", "end": "2026-05-31"}
    duty = read("government", period=term)
    help_given = read("volunteering", hours="12")

    assert (duty.role, duty.period.end.isoformat()) == ("староста", "2026-05-31")
    assert (help_given.organisation, help_given.hours) == ("Приют", 12)


@pytest.mark.covers("R-012", "R-013")
def test_every_document_of_the_clauses_can_be_named_and_says_what_it_must_bear() -> None:
    assert {
        "education", "reference", "winner-diploma", "prize-diploma", "honour", "certificate",
        "attestation", "identity", "opinion", "recommendation", "thanks", "other",
    } <= codes("documents")  # fmt: skip
    needs = {term.code: set(term.needs) for term in LISTS["documents"].terms}
    assert needs["reference"] == {"issuer", "issued", "signed_by", "stamped", "signed"}
    assert "title" in needs["other"]
    assert {"opinion", "recommendation"} <= codes("reviews")


@pytest.mark.covers("R-014")
def test_events_are_told_apart_and_a_practice_and_a_project_stand_alone() -> None:
    assert {
        "olympiad", "intellectual", "creative", "physical", "sport", "concert", "action",
        "practice", "other",
    } <= codes("event-forms")  # fmt: skip
    assert {"practice", "project"} <= KINDS.keys()


@pytest.mark.covers("R-016")
def test_an_assessment_is_internal_or_external() -> None:
    assert {
        "current", "interim", "final", "project", "survey", "diagnostics", "monitoring", "control",
    } <= group("assessments", "kind", "internal")  # fmt: skip
    assert {
        "federal-monitoring", "regional-monitoring", "state-exam", "olympiad", "contest",
        "festival", "conference",
    } <= group("assessments", "kind", "external")  # fmt: skip


@pytest.mark.covers("R-017")
def test_accounting_is_current_interim_or_final() -> None:
    assert codes("accounting") == {"current", "interim", "final"}
    assert read("study", accounting="interim").accounting == "interim"


@pytest.mark.covers("R-018")
def test_a_reward_has_a_form_a_field_and_an_order() -> None:
    assert {"prize", "diploma", "gift", "approval"} <= codes("reward-forms")
    assert codes("spheres") == {
        "study", "physical", "sport", "social", "science", "technology", "creative",
        "experimental", "innovation",
    }  # fmt: skip
    order = read("reward", order={"number": "41", "date": "2026-05-25"}).order
    assert (order.number, order.date.isoformat()) == ("41", "2026-05-25")
    with pytest.raises(ValidationError):
        read("reward", order={"number": "41"})


@pytest.mark.covers("R-019")
def test_every_kind_of_work_of_the_clause_can_be_named() -> None:
    assert {
        "album", "poster", "folder", "presentation", "scheme", "technical-drawing", "sign-form",
        "graphic", "painting", "literary", "observation", "exhibit", "article", "collection",
        "computer", "own-progress",
    } <= codes("creative-forms")  # fmt: skip
    assert read("creative", part="рисовала фон").part == "рисовала фон"


@pytest.mark.covers("R-020")
def test_every_electronic_carrier_of_the_clause_can_be_named() -> None:
    assert {
        "photo-album", "presentation", "film", "digital-collection", "screenshot",
        "protocol-copy", "growth-card",
    } <= codes("carriers")  # fmt: skip


@pytest.mark.covers("R-062")
def test_how_a_teacher_said_it_is_kept_as_it_is() -> None:
    for words in ("зачёт", "5", "высокий уровень", "II место из 14", "справился сам"):
        assert read("study", outcome=words).outcome == words
        assert read("contest", standing=words).standing == words
    assert not {"outcome", "standing"} & {*chosen(KINDS["study"]), *chosen(KINDS["contest"])}


@pytest.mark.covers("R-122")
def test_a_result_from_elsewhere_needs_the_familys_will_its_form_and_its_day() -> None:
    will = LEAST["external"]["application"]
    for key in will:
        with pytest.raises(ValidationError):
            read("external", application={k: v for k, v in will.items() if k != key})
    with pytest.raises(ValidationError):
        read("external", application={**will, "form": "silent"})
