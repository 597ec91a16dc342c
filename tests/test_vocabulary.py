"""Words people choose from mean one thing each, and every act and word says where it is from."""

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

from generator.model import collective, portfolio, school, student
from generator.model.entry import Paper
from generator.model.kinds import KINDS, GroupWork
from generator.model.law import LegalAct, LegalActs
from generator.model.record import Record
from generator.model.school import Switches
from generator.model.shown import Level, State
from generator.model.vocabulary import Vocabulary, chosen
from generator.source import Document, read_document

SCHEMA = Path(__file__).parents[1] / "schema"
WRITERS = (collective, portfolio, school, student)  # with KINDS, all rooms of the records
EXPLAINED = {"kinds", "levels", "states", "glossary"}
A_SOURCE = re.compile(
    r"product"
    r"|00[0-4] §\d+(\.\d+)*"
    r"|(research|read): \S.*"
    r"|(?P<act>[a-z]+(-[a-z0-9]+)*-\d{4})(, from knowledge)?"
)
A_SCALE = re.compile(
    r"\d|балл|оценк|отметк|уровень|степень|процент|отлично|хорошо|плохо|выше|ниже|лучше|хуже"
    r"|point|mark|score|grade|level|percent|excellent|good|bad|above|below|better|worse|[%★*/]"
)


def read_tree(folder: Path, name: str) -> object:
    """What the file says, read as the product reads it."""
    document = read_document(folder, name)
    assert isinstance(document, Document), document
    return document.value


def read_lists() -> dict[str, Vocabulary]:
    """Every list of words by name."""
    folder = SCHEMA / "vocabulary"
    files = sorted(folder.glob("*.yml"))
    return {path.stem: Vocabulary.model_validate(read_tree(folder, path.name)) for path in files}


LISTS = read_lists()
ACTS = {act.code: act for act in LegalActs.model_validate(read_tree(SCHEMA, "acts.yml")).acts}


def below(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """Every model made from this one."""
    for made in model.__subclasses__():
        yield made
        yield from below(made)


@cache
def wanted() -> frozenset[str]:
    """Names of the lists that fields of records take their words from."""
    return frozenset(name for model in below(Record) for name in chosen(model).values())


def folded(words: str) -> str:
    """As people type it: capitals and ё make no difference."""
    return words.casefold().replace("ё", "е").strip()


def end(act: LegalAct) -> dt.date | None:
    """The day before which the act was in force; none while it is."""
    if act.until:
        return act.until + dt.timedelta(days=1)
    new = ACTS.get(act.replaced_by or "")
    return (new.since or new.date) if new else None


def test_every_list_a_field_names_is_written() -> None:
    assert wanted() - {"acts"} <= LISTS.keys()
    assert "acts" in wanted()
    assert ACTS


def test_every_written_list_is_named_by_a_field_or_explains_our_own_words() -> None:
    assert LISTS.keys() == (wanted() - {"acts"}) | EXPLAINED


@pytest.mark.parametrize("name", LISTS)
def test_a_code_stands_once_in_its_list(name: str) -> None:
    codes = [term.code for term in LISTS[name].terms]

    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("name", LISTS)
def test_whatever_people_type_means_one_word(name: str) -> None:
    meant: dict[str, str] = {}
    for term in LISTS[name].terms:
        for words in (term.code, term.ru, term.en, *term.aliases):
            assert meant.setdefault(folded(words), term.code) == term.code, words


@pytest.mark.parametrize("name", LISTS)
def test_another_name_is_not_the_label_again(name: str) -> None:
    for term in LISTS[name].terms:
        known = [words.casefold() for words in (term.ru, term.en, *term.aliases)]
        assert len(known) == len(set(known)), term.code


@pytest.mark.parametrize("name", LISTS)
def test_every_word_is_in_russian_and_in_english(name: str) -> None:
    for term in LISTS[name].terms:
        assert re.search("[а-яё]", term.ru, re.IGNORECASE), term.ru
        assert not re.search("[а-яё]", term.en, re.IGNORECASE), term.en
        assert bool(term.meaning) == bool(term.meaning_en), term.code
        assert not re.search("[а-яё]", term.meaning_en or "", re.IGNORECASE), term.code


@pytest.mark.parametrize("name", LISTS)
def test_every_word_and_grouping_says_where_it_comes_from(name: str) -> None:
    words = LISTS[name]
    said = {term.code: term.source for term in words.terms}
    said |= {f"by {way.version}": way.source for way in words.groupings}
    for what, source in said.items():
        for part in (source or "").split("; "):
            found = A_SOURCE.fullmatch(part)
            assert found, f"{what}: {part!r}"
            assert found["act"] is None or found["act"] in ACTS, what


@pytest.mark.covers("R-010")
@pytest.mark.parametrize("name", LISTS)
def test_a_grouping_puts_every_word_into_exactly_one_group(name: str) -> None:
    words = LISTS[name]
    for way in words.groupings:
        grouped = [code for group in way.groups for code in group.words]
        assert sorted(grouped) == sorted(term.code for term in words.terms), way.version
        assert len({group.code for group in way.groups}) == len(way.groups)
    assert len({way.version for way in words.groupings}) == len(words.groupings)


@pytest.mark.covers("R-010")
def test_learning_actions_are_grouped_in_every_way_a_school_can_choose() -> None:
    actions = LISTS["learning-actions"]
    ways = {way.version: [group.code for group in way.groups] for way in actions.groupings}

    assert ways.keys() == set(get_args(Switches.model_fields["learning_actions"].annotation))
    assert ways["r000"] == ["personal", "reflexive", "cognitive", "communicative"]
    assert ways["r001"] == ["regulative", "cognitive", "communicative", "personal"]


def test_every_kind_of_entry_has_a_meaning_and_nothing_else_has() -> None:
    kinds = [*KINDS, *get_args(GroupWork.model_fields["kind"].annotation)]

    assert [term.code for term in LISTS["kinds"].terms] == kinds


def test_levels_and_states_are_those_the_product_knows() -> None:
    assert [term.code for term in LISTS["levels"].terms] == list(get_args(Level))
    assert [term.code for term in LISTS["states"].terms] == list(get_args(State))


@pytest.mark.parametrize("name", sorted(EXPLAINED))
def test_our_own_words_are_explained(name: str) -> None:
    for term in LISTS[name].terms:
        assert term.meaning, term.code


def test_the_glossary_explains_what_the_regulations_define() -> None:
    defined = {"achievement", "personal-file", "portfolio", "reward", "fgos", "foop", "oop"}

    assert defined <= {term.code for term in LISTS["glossary"].terms}


def test_each_level_has_its_own_questions_about_the_year() -> None:
    way = LISTS["prompts"].groupings[0]
    asked = {group.code: len(group.words) for group in way.groups}

    assert way.version == "level"
    assert asked.keys() == set(get_args(Level))
    assert (asked["primary"], asked["senior"]) == (3, 1)


@pytest.mark.covers("R-015")
def test_levels_of_events_go_from_near_to_far() -> None:
    assert [term.code for term in LISTS["stages"].terms] == [
        "school", "municipal", "zonal", "regional", "interregional", "national", "international",
    ]  # fmt: skip


def test_a_paper_is_asked_only_for_details_a_paper_has() -> None:
    needs = {term.code: term.needs for term in LISTS["documents"].terms if term.needs}

    asked = {detail.replace("-", "_") for details in needs.values() for detail in details}
    assert asked <= Paper.model_fields.keys()
    assert needs.keys() == {"education", "reference", "identity", "other"}
    assert not any(
        term.needs for name in LISTS.keys() - {"documents"} for term in LISTS[name].terms
    )


def test_steps_of_gto_changed_from_one_day_to_the_next() -> None:
    old, new = (LISTS["gto-schemes"].term(code) for code in ("gto11", "gto18"))

    assert old and new and old.until and new.since
    assert new.since - old.until == dt.timedelta(days=1)


def test_signs_about_oneself_are_no_scale() -> None:
    signs = LISTS["self-signs"]

    assert not signs.groupings
    for term in signs.terms:
        for words in (term.code, term.ru, term.en, *term.aliases):
            assert not A_SCALE.search(words.casefold()), words


def test_an_act_stands_once_and_its_days_follow_each_other() -> None:
    acts = LegalActs.model_validate(read_tree(SCHEMA, "acts.yml")).acts

    assert len(acts) == len(ACTS)
    for act in acts:
        since = act.since or act.date
        assert act.date <= since <= (act.until or since), act.code
        assert act.code.endswith(f"-{act.date.year}"), act.code


def test_an_act_says_where_it_was_read_or_that_it_must_be_checked() -> None:
    for act in ACTS.values():
        told = re.search(r"00[0-4] §|(research|read): |from knowledge, must be checked", act.source)
        assert told, act.code


def test_a_replaced_act_leads_to_a_later_one_and_has_an_end() -> None:
    for act in ACTS.values():
        if act.replaced_by:
            assert act.replaced_by in ACTS, act.code
            assert end(act), act.code
            assert ACTS[act.replaced_by].date > act.date, act.code


def test_no_act_replaces_itself_in_a_round() -> None:
    for act in ACTS.values():
        seen = [act.code]
        while following := ACTS[seen[-1]].replaced_by:
            assert following not in seen, seen
            seen.append(following)


def test_acts_the_regulations_cite_lead_to_those_in_force_now() -> None:
    def last(code: str) -> str:
        following = ACTS[code].replaced_by
        return last(following) if following else code

    assert last("order-77-2022") == "order-531-2025"
    assert last("decree-1239-2015") == "decree-1738-2023"
    assert last("order-1147-2015") == "order-821-2024"
    assert last("order-1008-2013") == "order-629-2022"
    for act in ACTS.values():
        over = end(act)
        assert not act.replaced_by or (over and over <= act.checked), act.code


def test_a_copy_of_a_record_knows_nothing_that_was_worked_out_of_the_first() -> None:
    words = Vocabulary.model_validate(
        {"title": "Слова", "terms": [{"code": "one", "ru": "раз", "en": "one"}]}
    )
    assert words.term("one")
    emptied = words.model_copy(update={"terms": ()})
    assert emptied.term("one") is None
    assert words.term("one")
