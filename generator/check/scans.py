"""Scans and files beside what is told -> diagnostics. Does each entry show what lies beside it?"""

from collections.abc import Iterator
from unicodedata import is_normalized, normalize

from generator.check.inspection import Inspection, Item
from generator.diagnostic import Diagnostic, Place, Text, quote
from generator.say import nearest


def scan_missing(at: Inspection) -> Iterator[Diagnostic]:
    """A scan that an entry or an achievement names is not in its folder.

    Что это значит: в entry.yml (или у достижения в collectives.yml) назван файл, которого в папке
    нет.
    Почему важно: без файла запись нечем показать и нечем подтвердить (R-012, R-042).
    Не так: file: diplom.jpg, а в папке лежит Diplom-2026.jpg
    А так: file: Diplom-2026.jpg
    """
    for item in at.items:
        files = at.files_in.get(item.folder, [])
        there = {_nfc(file) for file in files}
        for index, scan in enumerate(item.told.scans):
            if _is_wrong_path(scan.file) or _nfc(scan.file) in there:
                continue
            yield Diagnostic(
                item.place("scans", index, "file"),
                "scan-missing",
                Text(
                    f"скана {quote(scan.file)} нет в папке {_whose(item).ru}",
                    f"the scan {quote(scan.file)} is not in the folder {_whose(item).en}",
                ),
                _find(scan.file, files, item),
            )


def scan_path_wrong(at: Inspection) -> Iterator[Diagnostic]:
    """A scan's name leads out of its folder.

    Что это значит: в имени есть «..», обратная косая черта или имя начинается с «/».
    Почему важно: запись показывает только то, что лежит в её папке, и ничего чужого.
    Не так: file: ../../petrov-ivan/diplom.jpg
    А так: file: diplom.jpg
    """
    for item in at.items:
        for index, scan in enumerate(item.told.scans):
            if _is_wrong_path(scan.file):
                yield Diagnostic(
                    item.place("scans", index, "file"),
                    "scan-path-wrong",
                    Text(
                        f"имя {quote(scan.file)} ведёт не в папку {_whose(item).ru}",
                        f"{quote(scan.file)} does not lead into the folder {_whose(item).en}",
                    ),
                    Text(
                        "положите файл в эту папку и напишите только его имя",
                        "put the file into this folder and write its name only",
                    ),
                )


def scan_unreferenced(at: Inspection) -> Iterator[Diagnostic]:
    """A file lies beside an entry or an achievement and no scan names it.

    Что это значит: файл есть, а в entry.yml (у достижения — в collectives.yml) его нет.
    Почему важно: показано будет только названное; забытый файл никто не увидит.
    Не так: в папке diplom.jpg, а scans пуст
    А так: - file: diplom.jpg
    """
    for item in at.items:
        files = at.files_in.get(item.folder, ())
        named = {_nfc(scan.file) for scan in item.told.scans} if files else ()
        for file in files:
            if _nfc(file) not in named:
                where = item.record.file.rpartition("/")[2]
                yield Diagnostic(
                    Place(f"{item.folder}/{file}"),
                    "scan-unreferenced",
                    Text(
                        f"этот файл не назван в {where}: его никто не увидит",
                        f"{where} does not name this file: nobody will see it",
                    ),
                    Text(
                        "добавьте его в «scans» или удалите",
                        'add it to "scans", or delete it',
                    ),
                    "warning",
                )


def scan_undescribed(at: Inspection) -> Iterator[Diagnostic]:
    """A scan has no words that say what can be seen on it.

    Что это значит: у скана нет «description».
    Почему важно: кто не видит картинку, тому её прочтут вслух; по словам её и находят
    (003 §5.2, R-042).
    Не так: - file: diplom.jpg
    А так: - file: diplom.jpg, description: диплом победителя олимпиады по математике
    """
    for item in at.items:
        dumb = [index for index, scan in enumerate(item.told.scans) if not scan.description]
        if dumb and not item.is_draft:
            yield Diagnostic(
                item.place("scans", dumb[0], "file"),
                "scan-undescribed",
                Text(
                    f"сканов без описания: {len(dumb)}",
                    f"scans without a description: {len(dumb)}",
                ),
                Text(
                    "добавьте «description: …»: что на нём видно",
                    'add "description: …": what can be seen on it',
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
    for path in _paths(at):
        if not is_normalized("NFC", path):
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
    for path in sorted(_paths(at)):
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


def _paths(at: Inspection) -> set[str]:
    """Every scan and every folder of scans."""
    scans = (f"{folder}/{file}" for folder, files in at.files_in.items() for file in files)
    return {*scans, *(item.folder for item in at.items)}


def _nfc(name: str) -> str:
    return name if name.isascii() else normalize("NFC", name)


def _is_wrong_path(file: str) -> bool:
    return "\\" in file or file.startswith("/") or ".." in file.split("/")


def _whose(item: Item) -> Text:
    return (
        Text("записи", "of the entry") if item.student else Text("достижения", "of the achievement")
    )


def _find(file: str, files: list[str], item: Item) -> Text:
    named = {scan.file for scan in item.told.scans}
    left = [other for other in files if other not in named]
    near = nearest(file, left) or (left[0] if len(left) == 1 else None)
    hint = (f"; в папке есть {quote(near)}", f"; there is {quote(near)}") if near else ("", "")
    return Text(
        f"положите файл в папку или исправьте имя{hint[0]}",
        f"put the file into the folder, or mend the name{hint[1]}",
    )
