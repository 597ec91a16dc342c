"""What an entry claims -> diagnostics. Is there a paper that proves it, and is the paper whole?"""

from collections.abc import Iterator

from generator.check.inspection import Inspection
from generator.diagnostic import Diagnostic, Text
from generator.model.kinds import Contest, Entry, Gto, Project, Sport
from generator.model.state import lacking_papers
from generator.model.student import Student

_DETAILS = {
    "title": Text("название (title)", "its title (title)"),
    "number": Text("номер (number)", "its number (number)"),
    "issuer": Text("кто выдал (issuer)", "who gave it out (issuer)"),
    "issued": Text("когда выдали (issued)", "when it was given out (issued)"),
    "signed_by": Text("кто подписал (signed_by)", "who signed it (signed_by)"),
    "stamped": Text("печать (stamped)", "a stamp (stamped)"),
    "signed": Text("подпись (signed)", "a signature (signed)"),
}


def result_without_document(at: Inspection) -> Iterator[Diagnostic]:
    """An entry claims a result or a GTO sign and shows no document.

    Что это значит: результат или знак назван, а скана нет и учитель запись не подтвердил.
    Почему важно: результат подтверждают документом (003 §3.2, R-071). Школа выбирает в
    school.yml, показать такую запись как неподтверждённую или придержать.
    Не так: result: winner, и ни одного скана
    А так: result: winner и скан диплома в scans
    """
    held = at.school.settings.switches.unconfirmed == "hold"
    for student, entry in at.entries:
        claim = _claim(entry)
        if claim not in ("result", "sign") or not _is_unproved(at, student, entry):
            continue
        yield Diagnostic(
            entry.place(claim),
            "result-without-document",
            Text(
                "результат без документа: другие его не увидят"
                if held
                else "результат без документа: он будет показан как неподтверждённый",
                "a result without a document: others will not see it"
                if held
                else "a result without a document: it will be shown as unconfirmed",
            ),
            Text(
                "добавьте скан диплома или протокола в «scans»",
                'add a scan of the diploma or the protocol to "scans"',
            ),
            "warning",
        )


def champion_without_document(at: Inspection) -> Iterator[Diagnostic]:
    """An entry claims the status of a champion and shows no document.

    Что это значит: назван статус чемпиона или призёра игр и первенств из положения, а скана нет
    и учитель запись не подтвердил.
    Почему важно: этот статус учитывают при поступлении, его подтверждают документом
    (001 §3.2.2, R-006, R-071).
    Не так: champion: europe-junior, и ни одного скана
    А так: champion: europe-junior и скан протокола или диплома в scans
    """
    for student, entry in at.entries:
        if _claim(entry) == "champion" and _is_unproved(at, student, entry):
            yield Diagnostic(
                entry.place("champion"),
                "champion-without-document",
                Text(
                    "статус чемпиона или призёра назван, а документа нет",
                    "the status of a champion or prize-winner is named without a document",
                ),
                Text(
                    "добавьте в «scans» скан диплома или протокола соревнований",
                    'add a scan of the diploma or of the protocol to "scans"',
                ),
                "warning",
            )


def paper_incomplete(at: Inspection) -> Iterator[Diagnostic]:
    """A paper of this kind must bear details that are not filled in.

    Что это значит: для такой бумаги в schema/vocabulary/documents.yml названо, что на ней
    обязательно стоит (например, кто выдал справку и когда), а в «paper» этого нет.
    Почему важно: без этого запись нельзя подтвердить; если её уже подтвердили, подтверждение не
    считается (001 §4.7, R-012, R-072).
    Не так: document: identity без paper
    А так: document: identity, paper: {number: 12345}
    """
    bearing = _bearing(at)
    for student, entry in at.entries:
        if entry.draft or not any(scan.document in bearing for scan in entry.scans):
            continue
        newest = at.newest.get((student.id, entry.id))
        confirmed = newest is not None and newest.state == "confirmed"
        for index, names in lacking_papers(at.school, entry).items():
            ru = ", ".join(_DETAILS[name].ru for name in names)
            en = ", ".join(_DETAILS[name].en for name in names)
            key = "paper" if entry.scans[index].paper else "document"
            yield Diagnostic(
                entry.place("scans", index, key, on_key=True),
                "paper-incomplete",
                Text(f"нет или не указано: {ru}", f"lacking or not said: {en}")
                if not confirmed
                else Text(
                    f"подтверждение не считается: на бумаге нет или не указано: {ru}",
                    f"the confirmation does not count: lacking or not said: {en}",
                ),
                Text(
                    "впишите это в «paper»; если на бумаге этого нет, выберите другой «document»",
                    'write it into "paper"; if the paper lacks it, choose another "document"',
                ),
                "warning",
            )


def _claim(entry: Entry) -> str | None:
    """The field in which an entry claims what a document has to prove."""
    if isinstance(entry, Sport) and entry.champion:
        return "champion"
    if isinstance(entry, Project | Contest | Sport) and entry.result:
        return "result"
    return "sign" if isinstance(entry, Gto) and entry.sign else None


def _is_unproved(at: Inspection, student: Student, entry: Entry) -> bool:
    newest = at.newest.get((student.id, entry.id))
    return not (entry.scans or entry.draft or (newest and newest.state == "confirmed"))


def _bearing(at: Inspection) -> frozenset[str]:
    """Kinds of paper that must bear something."""
    documents = at.school.vocabularies.get("documents")
    return (
        frozenset(term.code for term in documents.terms if term.needs) if documents else frozenset()
    )
