"""decisions.json + a school today -> lines of confirmations.yml. May each of them be written?

A decision is bound to what was looked at: where the entry or a scan of it is another one today,
nothing is written. Every function takes records and gives them back; nothing is written here.
"""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from generator.diagnostic import Text, quote
from generator.model.kinds import Entry, digest_entry
from generator.model.record import Flag, Id, Line, Prose
from generator.model.school import School, SiteId
from generator.model.state import digests_of, lacking_papers, may_confirm
from generator.model.student import Confirmation, Student
from generator.trouble import Trouble

_SEEN = "посмотрено на странице проверки"
"""The basis of a decision that asks the family for something."""
_BIGGEST = 4 * 1024 * 1024


class Asked(BaseModel):
    """What a teacher decided on one card."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    student: Id
    entry: Id
    digest: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    state: Literal["confirmed", "returned"]
    basis: Line | None = None
    note: Prose | None = None
    copy_true: Flag = False


class Decisions(BaseModel):
    """decisions.json"""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal["stupeni-decisions-1"]
    site: SiteId
    base: str = ""
    head: str = ""
    decisions: tuple[Asked, ...]


@dataclass(frozen=True)
class Refused:
    """A decision that is not written, and why."""

    asked: Asked
    why: Text


_NOT_HERE = Text(
    "такой записи здесь нет: если её только предложили, сначала примите предложение (git merge)",
    "no such entry is here: if it was only proposed, take the proposal in first (git merge)",
)


def parse_decisions(raw: bytes) -> Decisions:
    """What the page wrote; Trouble when it is anything else."""
    try:
        if len(raw) > _BIGGEST:
            raise ValueError("too big")
        return Decisions.model_validate(json.loads(raw))
    except (ValueError, ValidationError, RecursionError) as error:
        raise Trouble(
            Text("это не файл решений", "this is no file of decisions"),
            Text(
                "возьмите `decisions.json`, который сохранила страница проверки",
                "take the `decisions.json` that the page of a review has saved",
            ),
        ) from error


def weigh(school: School, asked: Asked, by: str, on: dt.date) -> Confirmation | Refused:
    """The line to write, or why it may not be written (R-060, R-072, R-075)."""
    student = next((one for one in school.students if one.id == asked.student), None)
    entry = next((e for e in student.entries if e.id == asked.entry), None) if student else None
    if student is None or entry is None:
        return Refused(asked, _NOT_HERE)
    decision = _decision(asked, by, on)
    if isinstance(decision, Text):
        return Refused(asked, decision)
    why = _objection(school, student, entry, decision)
    return Refused(asked, why) if why else decision


def written(decision: Confirmation) -> dict[str, str]:
    """The line as keys and values of the file, in the order of the model."""
    told = {
        "entry": decision.entry,
        "state": decision.state,
        "by": decision.by,
        "on": f"{decision.on}",
        "basis": decision.basis,
        "digest": decision.digest,
        "copy_true": "true" if decision.copy_true else "",
        "note": " ".join((decision.note or "").split()),
        "signature": decision.signature or "",
    }
    return {key: value for key, value in told.items() if value}


def _decision(asked: Asked, by: str, on: dt.date) -> Confirmation | Text:
    basis = asked.basis if asked.state == "confirmed" else asked.basis or _SEEN
    if basis is None:
        return Text("не сказано, на каком основании", "no basis is named")
    if asked.state == "returned" and not asked.note:
        return Text("не сказано, о чём просят", "it is not said what is asked for")
    facts: Mapping[str, Any] = asked.model_dump(include={"entry", "state", "digest", "note"})
    copied = asked.copy_true and asked.state == "confirmed"
    return Confirmation(**facts, basis=basis, by=by, on=on, copy_true=copied)


def _objection(
    school: School, student: Student, entry: Entry, decision: Confirmation
) -> Text | None:
    if student.confirmations.file in school.unread:
        return Text("файл решений об ученике не читается", "the student's decisions are unreadable")
    if entry.draft:
        return Text("это черновик", "it is a draft")
    if decision.digest != digest_entry(entry, digests_of(school, entry)):
        return Text(
            "запись или скан здесь не те, что вы смотрели: примите предложение (git merge), "
            "а если оно принято, посмотрите заново",
            "the entry or a scan here is not what you looked at: take the proposal in "
            "(git merge), and if that is done look again",
        )
    if not may_confirm(school, student, decision):
        by = quote(decision.by)
        return Text(
            f"{by} не вправе решать об этом ученике: нет приказа или класс чужой",
            f"{by} may not decide about this student: no order, or another's class",
        )
    last = [one for one in student.confirmations.confirmations if one.entry == entry.id][-1:]
    if any((one.state, one.digest) == (decision.state, decision.digest) for one in last):
        return Text("так уже решено", "this is decided already")
    if decision.state == "confirmed" and lacking_papers(school, entry):
        return Text(
            "на бумаге не хватает нужного: номера, печати, подписи (`paper`)",
            "the paper lacks what it needs: number, stamp, signature (`paper`)",
        )
    return None
