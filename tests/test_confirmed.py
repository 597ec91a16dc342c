"""What a confirmation and a frozen package hold fast, and what may change beneath them."""

from typing import Any

import pytest

from generator.model.kinds import ENTRY, NOT_CONFIRMED, NOT_FROZEN, digest_entry, digest_frozen

SCANS = {"foto.jpg": "a" * 64}
MASK = {"left": 10, "top": 10, "width": 20, "height": 30}
PLAIN: dict[str, Any] = {
    "kind": "creative",
    "form": "drawing",
    "id": "x7k2",
    "title": "Поход",
    "date": "2026-10-14",
    "scans": [{"file": "foto.jpg", "description": "у костра"}],
}
BOUND: dict[str, dict[str, Any]] = {
    "somebody is there": {"people": [{"name": "тренер", "how": "pictured"}]},
    "somebody has consented": {
        "people": [{"name": "тренер", "how": "pictured", "consent": "папка 2"}]
    },
    "somebody is said to be covered": {
        "people": [{"name": "тренер", "how": "pictured", "masked": True}]
    },
    "a mask": {"scans": [{**PLAIN["scans"][0], "mask": [MASK]}]},
    "a mask elsewhere": {"scans": [{**PLAIN["scans"][0], "mask": [MASK | {"left": 40}]}]},
    "two masks": {"scans": [{**PLAIN["scans"][0], "mask": [MASK, MASK | {"left": 40}]}]},
    "seen larger": {"scans": [{**PLAIN["scans"][0], "zoom": True}]},
    "a copy to take away": {"scans": [{**PLAIN["scans"][0], "download": True}]},
    "another kind of document": {"scans": [{**PLAIN["scans"][0], "document": "work"}]},
    "another description": {"scans": [{"file": "foto.jpg", "description": "у озера"}]},
}
FREE: dict[str, dict[str, Any]] = {
    "visibility": {"visibility": "school"},
    "draft": {"draft": True},
    "original": {"original": "папка 3"},
}
VOICE: dict[str, dict[str, Any]] = {
    "reflection": {"reflection": "Мокро"},
    "why_it_matters": {"why_it_matters": "Дружба"},
}


def confirmed(**changes: Any) -> str:
    return digest_entry(ENTRY.validate_python(PLAIN | changes), SCANS)


def frozen(**changes: Any) -> str:
    return digest_frozen(ENTRY.validate_python(PLAIN | changes), SCANS)


@pytest.mark.covers("R-075", "R-131")
def test_whoever_is_there_and_whatever_is_covered_is_bound() -> None:
    found = {name: confirmed(**change) for name, change in BOUND.items()}
    held = {name: frozen(**change) for name, change in BOUND.items()}

    assert len({confirmed(), *found.values()}) == 1 + len(BOUND)
    assert len({frozen(), *held.values()}) == 1 + len(BOUND)


@pytest.mark.parametrize("name", [*FREE, *VOICE])
def test_whom_it_is_shown_to_and_the_childs_own_voice_take_no_confirmation_away(name: str) -> None:
    assert confirmed(**(FREE | VOICE)[name]) == confirmed()
    assert (frozen(**(FREE | VOICE)[name]) == frozen()) == (name in FREE)


def test_nothing_is_left_free_without_a_case_here() -> None:
    assert {*FREE, *VOICE} == NOT_CONFIRMED
    assert {*FREE, "application"} == NOT_FROZEN


@pytest.mark.covers("R-075")
def test_what_was_confirmed_before_people_and_masks_were_bound_still_is() -> None:
    # Computed by the program as it was before; most entries have neither people nor masks. A scan
    # of which nothing was said was a photograph then: this entry has what was confirmed, said.
    old = "f75251c1fe371e985bb3bedfdec473e8754c89f69733e27df5e84bcb535e43e2"
    said = [{**PLAIN["scans"][0], "document": "photo"}]
    assert confirmed(scans=said) == frozen(scans=said) == old


@pytest.mark.covers("R-075", "R-131")
def test_to_say_later_what_a_scan_is_asks_for_the_teacher_again() -> None:
    # Unsaid it is shown to fewer people than a photograph, and a confirmation is for what is shown.
    kinds = [{"document": one} for one in ("photo", "work", "diploma", None)]
    scans = [[PLAIN["scans"][0] | one] for one in kinds]
    assert len({confirmed(scans=one) for one in scans}) == len(kinds)
    assert len({frozen(scans=one) for one in scans}) == len(kinds)
    assert confirmed(scans=scans[-1]) == confirmed()
