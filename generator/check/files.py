"""Files themselves -> diagnostics. Is each shown once, and does it belong in a portfolio?"""

import re
from collections import defaultdict
from collections.abc import Iterator

from generator.check.inspection import Inspection, Item
from generator.diagnostic import Diagnostic, Place, Text
from generator.model.entry import EntryBase

# Papers that bear one name: of these, two students cannot well have the same.
_NAMED = frozenset(
    {
        "education", "reference", "winner-diploma", "prize-diploma", "diploma", "honour",
        "merit-sheet", "certificate", "attestation", "identity",
    }
)  # fmt: skip
_APART = re.compile(r"[\W_]+")
# Few false alarms: «паспорт проекта» is a school paper, and Christmas is no certificate.
_PERSONAL: tuple[tuple[str, Text], ...] = (
    (
        r"\b(?:zagran|загран)?(?:passport|pasport|паспорт)\w?\b"
        r"(?! (?:pro|про|kla|кла|kab|каб|iz|из|rast|раст|mod|мод|dor|дор|dob|доб))"
        r"|\b(?:udostoverenie|удостоверение) (?:lichn|личн)",
        Text("паспорт", "a passport"),
    ),
    (r"\b(?:snils|снилс)", Text("СНИЛС", "a SNILS card")),
    (
        r"\b(?:svid|свид|sv vo|св во)\w*(?: vo| во)?(?: o| о)? (?:ro[zj]h?deni|рождени)"
        r"|\bbirth cert",
        Text("свидетельство о рождении", "a birth certificate"),
    ),
    (r"\b(?:polis|полис|oms|омс)\b", Text("медицинский полис", "a medical insurance card")),
    (
        r"\b(?:med(?:i[a-z]*sk[a-z]*)? ?(?:sprav|kart|zakl)|мед(?:ицинск\w*)? ?(?:справ|карт|закл))"
        r"|\b(?:spravka|справка) (?:ot vr|от вр|0?86|o zdor|о здор|ob inv|об инв)"
        r"|\b(?:privivk|privivoch|прививк|прививоч)",
        Text("медицинская бумага", "a medical paper"),
    ),
    (r"\b(?:propisk|прописк)", Text("адрес по прописке", "a registered address")),
)
_SIGNS = re.compile("|".join(f"({pattern})" for pattern, _ in _PERSONAL))


def scan_twice(at: Inspection) -> Iterator[Diagnostic]:
    """One student shows the same scan twice.

    Что это значит: один и тот же файл приложен к двум записям ученика или дважды к одной. То же
    об общих достижениях.
    Почему важно: скорее всего, к одной из записей приложен не тот скан (R-070).
    Не так: diplom.jpg у олимпиады и он же под другим именем у конкурса
    А так: у каждой записи свой скан
    """
    seen: set[tuple[str, str]] = set()
    for item, index, digest in _scans(at):
        key = item.student.id if item.student else "", digest
        if key in seen:
            yield Diagnostic(
                item.place("scans", index, "file"),
                "scan-twice",
                Text("такой же скан уже приложен", "the same scan is attached already"),
                Text(
                    "приложите нужный скан; если бумага одна на две записи, оставьте её у одной",
                    "attach the right scan; of two entries with one paper keep it in one",
                ),
                "warning",
            )
        seen.add(key)


def scan_of_two_students(at: Inspection) -> Iterator[Diagnostic]:
    """Two students show the same paper, and papers of this kind bear one name.

    Что это значит: один и тот же файл диплома, грамоты, свидетельства лежит у двух учеников. Чьё
    это, программа не знает. Работы в группе (authorship: group) это не касается.
    Почему важно: чужую бумагу легко приложить нечаянно, и тогда чужое имя видят не те (R-131).
    Не так: один diplom.jpg у двоих одноклассников
    А так: у каждого свой диплом; общий вносят один раз в collectives.yml
    """
    found: dict[str, list[tuple[Item, int]]] = defaultdict(list)
    for item, index, digest in _scans(at):
        if item.student and _bears_a_name(item, index):
            found[digest].append((item, index))
    for same in found.values():
        if len({item.student.id for item, _ in same if item.student}) < 2:
            continue
        for item, index in same:
            yield Diagnostic(
                item.place("scans", index, "file"),
                "scan-of-two-students",
                Text(
                    "точно такой же скан есть и у другого ученика",
                    "another student has exactly the same scan",
                ),
                Text(
                    "посмотрите, чьё имя на бумаге; общую награду учитель внесёт один раз на всех",
                    "look whose name the paper bears; a teacher enters a common one once for all",
                ),
                "warning",
            )


def personal_paper_file(at: Inspection) -> Iterator[Diagnostic]:
    """A file's name says that it is a paper that does not belong in a portfolio.

    Что это значит: судя по имени, это паспорт, СНИЛС, полис, свидетельство о рождении, медицинская
    бумага или прописка. Само имя здесь не повторяется.
    Почему важно: портфолио и личное дело держат отдельно (000 §1.3, 001 §1.3, R-023).
    Не так: snils.jpg рядом с entry.yml
    А так: такой бумаги в портфолио нет
    """
    for folder, files in at.files_in.items():
        for file in files:
            said = _SIGNS.search(_APART.sub(" ", file.casefold()))
            if said and said.lastindex:
                what = _PERSONAL[said.lastindex - 1][1]
                yield Diagnostic(
                    Place(f"{folder}/{file}"),
                    "personal-paper-file",
                    Text(f"судя по имени, здесь {what.ru}", f"by its name, this is {what.en}"),
                    Text(
                        "удалите: портфолио видят другие люди; если имя обманчиво, назовите иначе",
                        "delete it: other people see a portfolio; if the name misleads, rename it",
                    ),
                )


def _scans(at: Inspection) -> Iterator[tuple[Item, int, str]]:
    """Every scan that is there, with the digest of its bytes."""
    for item in at.items:
        for index, scan in enumerate(item.told.scans):
            file = at.school.scans.get(f"{item.folder}/{scan.file}")
            if file:
                yield item, index, file.digest


def _bears_a_name(item: Item, index: int) -> bool:
    group = isinstance(item.told, EntryBase) and "group" in item.told.authorship
    return item.told.scans[index].document in _NAMED and not group
