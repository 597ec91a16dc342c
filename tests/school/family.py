"""A student's story -> portfolio.yml. What do student and family write about the whole?"""

from collections.abc import Mapping

from generator.source.compose import Fields, Value
from tests.school.entries import Story

_ABOUT = ("motto", "text", "visibility")
_PLAIN = ("interests", "reflections", "self_assessments")


def portfolio(story: Story, ids: Mapping[str, str]) -> Fields:
    """portfolio.yml; `ids` leads from short names in the story to entries."""
    fields: Fields = {}
    if "called" in story:
        fields["called"] = story["called"]
    if about := story.get("about"):
        fields["about"] = {key: _bare(about[key]) for key in _ABOUT if key in about}
    for key in _PLAIN:
        if key in story:
            fields[key] = [_seen(one) for one in story[key]]
    if goals := story.get("goals"):
        fields["goals"] = [_goal(number, one, ids) for number, one in enumerate(goals, 1)]
    if profile := story.get("profile"):
        fields["profile"] = _seen(profile)
    if requests := story.get("requests"):
        fields["requests"] = [_request(one, ids) for one in requests]
    if shared := story.get("shared"):
        fields["shared"] = [_shared(one) for one in shared]
    return fields | _choices(story, ids) | _design(story, ids)


def _bare(value: Value) -> Value:
    return value.strip() if isinstance(value, str) else value


def _seen(story: Story) -> Fields:
    """The record as it stands in the story, with its audience last."""
    fields: Fields = {key: _bare(value) for key, value in story.items() if key != "see"}
    return fields | ({"visibility": story["see"]} if "see" in story else {})


def _goal(number: int, story: Story, ids: Mapping[str, str]) -> Fields:
    fields: Fields = {
        "id": f"tsel-{number}",
        "year": story.get("year", "2026-27"),
        "statement": story["goal"],
    }
    for key in ("steps", "term"):
        if key in story:
            fields[key] = story[key]
    fields["state"] = story.get("state", "going")
    if "outcome" in story:
        fields["outcome"] = _bare(story["outcome"])
    if "evidence" in story:
        fields["evidence"] = _ids(story["evidence"], ids)
    if "see" in story:
        fields["visibility"] = story["see"]
    return fields


def _request(story: Story, ids: Mapping[str, str]) -> Fields:
    fields: Fields = {"id": story["id"], "to": story["to"], "what": story["what"]}
    if "entry" in story:
        fields["entry"] = ids[story["entry"]]
    fields["on"] = story["day"]
    return fields | ({"words": story["words"]} if "words" in story else {})


def _shared(story: Story) -> Fields:
    fields: Fields = {"achievement": story["what"], "visibility": story["see"]}
    for key, short in (("why_it_matters", "why"), ("reflection", "r")):
        if short in story:
            fields[key] = _bare(story[short])
    return fields


def _choices(story: Story, ids: Mapping[str, str]) -> Fields:
    choices: Fields = {}
    if "highlights" in story:
        choices["highlights"] = _ids(story["highlights"], ids)
    if "carried" in story:
        choices["carried"] = _ids(story["carried"], ids)
    return {"choices": choices} if choices else {}


def _design(story: Story, ids: Mapping[str, str]) -> Fields:
    design: Fields = {"palette": story["palette"]} if "palette" in story else {}
    if "cover" in story:
        design["cover"] = ids[story["cover"]]
    if "chapters" in story:
        design["chapters"] = story["chapters"]
    if "sections" in story:
        design["sections"] = list[Value](story["sections"].split())
    return {"design": design} if design else {}


def _ids(refs: str, ids: Mapping[str, str]) -> list[Value]:
    return [ids[ref] for ref in refs.split()]
