"""Scans and files beside entries -> diagnostics. Does each entry show what lies beside it?"""

from collections.abc import Iterator
from unicodedata import normalize

from generator.check.inspection import Inspection, folder_of
from generator.diagnostic import Diagnostic, Place, Text, quote
from generator.model.kinds import Entry
from generator.say import nearest


def scan_missing(at: Inspection) -> Iterator[Diagnostic]:
    """A scan that an entry names is not in its folder.

    Что это значит: в entry.yml назван файл, которого рядом нет.
    Почему важно: без файла запись нечем показать и нечем подтвердить (R-012, R-042).
    Не так: file: diplom.jpg, а в папке лежит Diplom-2026.jpg
    А так: file: Diplom-2026.jpg
    """
    for _, entry in at.entries:
        files = at.files_in.get(folder_of(entry), [])
        there = {normalize("NFC", file) for file in files}
        for index, scan in enumerate(entry.scans):
            if _is_wrong_path(scan.file) or normalize("NFC", scan.file) in there:
                continue
            yield Diagnostic(
                entry.place("scans", index, "file"),
                "scan-missing",
                Text(
                    f"скана {quote(scan.file)} нет в папке записи",
                    f"the scan {quote(scan.file)} is not in the entry's folder",
                ),
                _find(scan.file, files, entry),
            )


def scan_path_wrong(at: Inspection) -> Iterator[Diagnostic]:
    """A scan's name leads out of the entry's folder.

    Что это значит: в имени есть «..», обратная косая черта или имя начинается с «/».
    Почему важно: запись показывает только то, что лежит в её папке, и ничего чужого.
    Не так: file: ../../petrov-ivan/diplom.jpg
    А так: file: diplom.jpg
    """
    for _, entry in at.entries:
        for index, scan in enumerate(entry.scans):
            if _is_wrong_path(scan.file):
                yield Diagnostic(
                    entry.place("scans", index, "file"),
                    "scan-path-wrong",
                    Text(
                        f"имя {quote(scan.file)} ведёт не в папку записи",
                        f"the name {quote(scan.file)} does not lead into the entry's folder",
                    ),
                    Text(
                        "положите файл рядом с entry.yml и напишите только его имя",
                        "put the file beside entry.yml and write its name only",
                    ),
                )


def scan_unreferenced(at: Inspection) -> Iterator[Diagnostic]:
    """A file lies beside an entry and no scan names it.

    Что это значит: файл есть, а в entry.yml его нет.
    Почему важно: показано будет только названное; забытый файл никто не увидит.
    Не так: в папке diplom.jpg, а scans пуст
    А так: - file: diplom.jpg
    """
    for _, entry in at.entries:
        folder = folder_of(entry)
        named = {normalize("NFC", scan.file) for scan in entry.scans}
        for file in at.files_in.get(folder, []):
            if normalize("NFC", file) not in named:
                yield Diagnostic(
                    Place(f"{folder}/{file}"),
                    "scan-unreferenced",
                    Text(
                        "этот файл не назван в entry.yml: его никто не увидит",
                        "entry.yml does not name this file: nobody will see it",
                    ),
                    Text(
                        "добавьте его в «scans» или удалите",
                        'add it to "scans", or delete it',
                    ),
                    "warning",
                )


def name_not_nfc(at: Inspection) -> Iterator[Diagnostic]:
    """A file's name is written with split letters.

    Что это значит: буквы вроде «й» и «ё» в имени записаны двумя знаками, так бывает на Маке.
    Почему важно: на другом компьютере файл с таким именем не найдётся.
    Не так: диплом-зимний.jpg, где «й» — это «и» и отдельная дужка
    А так: diplom-zimniy.jpg
    """
    paths = {*at.school.scans, *(entry.file for _, entry in at.entries)}
    for path in sorted(paths):
        if normalize("NFC", path) != path:
            yield Diagnostic(
                Place(path),
                "name-not-nfc",
                Text(
                    "буквы в имени записаны двумя знаками (так бывает на Маке)",
                    "letters of the name are written as two signs (as a Mac does)",
                ),
                Text("назовите заново латинскими буквами", "rename it in Latin letters"),
            )


def names_differ_by_case(at: Inspection) -> Iterator[Diagnostic]:
    """Two names in one folder differ only in small and capital letters.

    Что это значит: рядом лежат, например, Diplom.jpg и diplom.jpg.
    Почему важно: на Windows и на Маке это один файл, и один из двух пропадёт.
    Не так: Diplom.jpg и diplom.jpg
    А так: diplom-1.jpg и diplom-2.jpg
    """
    seen: dict[str, str] = {}
    folders = {folder_of(entry) for _, entry in at.entries}
    for path in sorted({*at.school.scans, *folders}):
        first = seen.setdefault(path.casefold(), path)
        if first != path:
            yield Diagnostic(
                Place(path),
                "names-differ-by-case",
                Text(
                    f"рядом {quote(first.rpartition('/')[2])}: разница только в больших буквах",
                    f"beside it lies {quote(first.rpartition('/')[2])}: only the case differs",
                ),
                Text("назовите одно из двух иначе", "give one of the two another name"),
            )


def _is_wrong_path(file: str) -> bool:
    return "\\" in file or file.startswith("/") or ".." in file.split("/")


def _find(file: str, files: list[str], entry: Entry) -> Text:
    named = {scan.file for scan in entry.scans}
    left = [other for other in files if other not in named]
    near = nearest(file, left) or (left[0] if len(left) == 1 else None)
    hint = (f"; в папке есть {quote(near)}", f"; there is {quote(near)}") if near else ("", "")
    return Text(
        f"положите файл в папку или исправьте имя{hint[0]}",
        f"put the file into the folder, or mend the name{hint[1]}",
    )
