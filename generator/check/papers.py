"""Texts -> diagnostics. Do they hold what belongs into the personal file (личное дело)?"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from generator.check.inspection import Inspection
from generator.check.written import Written
from generator.diagnostic import Diagnostic, Text


@dataclass(frozen=True)
class _Find:
    """What a pattern finds. Few false alarms matter more than many finds."""

    what: Text
    pattern: re.Pattern[str]
    named: bool = False
    """Whether the text itself says what number it is."""
    holds: Callable[[str], bool] = lambda _: True
    """Whether the digits found can be such a number."""


def personal_paper(at: Inspection) -> Iterator[Diagnostic]:
    """A text holds a number or an address that does not belong in a portfolio.

    Что это значит: похоже на паспорт, СНИЛС, ИНН, свидетельство о рождении, полис, банковскую
    карту, телефон, электронную почту или домашний адрес, либо на скан такой бумаги. Само
    значение здесь не повторяется. Почта учреждения (info@…, school@…), телефон доверия
    (8-800-…), дом без квартиры, номера дипломов, УИН ГТО и ISBN сюда не относятся.
    Почему важно: портфолио и личное дело держат отдельно (000 §1.3, 001 §1.3, R-023).
    Не так: «пишите маме:» и номер телефона
    А так: «пишите через классного руководителя»
    """
    for written in at.suspects:
        for what in sorted(_found(written), key=lambda text: text.ru):
            yield Diagnostic(
                written.place,
                "personal-paper",
                Text(f"здесь, похоже, {what.ru}", f"this looks like {what.en}"),
                Text(
                    "уберите: в портфолио этому не место",
                    "take it away: a portfolio is no place for it",
                ),
            )


def _found(written: Written) -> set[Text]:
    # What the names of files say is the question of `personal-paper-file`.
    if "scans" in written.keys and written.keys[-1] != "file" and _SCAN.search(written.text):
        return {Text("скан личного документа", "a scan of a personal paper")}
    # A form's own number may look like anything: there only what names itself counts.
    finds = [f for f in _FINDS if f.named or written.keys[-1] not in ("number", "digest", "site")]
    return {
        find.what
        for find in finds
        if any(find.holds(_digits(match[0])) for match in find.pattern.finditer(written.text))
    }


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdecimal())


def _is_snils(digits: str) -> bool:
    """Whether the last two of 11 digits are the control number of the first nine."""
    total = sum(int(digit) * (9 - place) for place, digit in enumerate(digits[:9]))
    return total % 101 % 100 == int(digits[9:11])


def _is_inn(digits: str) -> bool:
    """Whether the last two of 12 digits are the control digits of a person's number."""
    weights = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
    return all(
        sum(int(d) * w for d, w in zip(digits, weights[11 - place :], strict=False)) % 11 % 10
        == int(digits[place])
        for place in (10, 11)
    )


def _is_card(digits: str) -> bool:
    """Whether 16 digits begin as a bank card does and end with its control digit (Luhn)."""
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[::2])
    total = sum(doubled) + sum(int(digit) for digit in digits[1::2])
    return digits[0] in "2456" and total % 10 == 0


_STREET = (
    r"(?:ул|улиц\w|пр-т|просп|проспект\w?|пер|переул\w{2,3}|бульвар\w?|б-р|шоссе|наб|мкр)\b\.?"
)
_HOUSE = rf"(?:\b{_STREET} ?[А-ЯЁ\d]|[А-ЯЁ][а-яё-]+ {_STREET})[^\n]{{0,40}}?"
_OFFICES = (
    "info|mail|office|school|shkola|press|contact|support|admin|museum|konkurs|olimp|edu|help"
)

_FINDS = (
    _Find(
        Text("номер СНИЛС", "a SNILS number"),
        re.compile(r"(?<![\w-])\d{3}-\d{3}-\d{3}[ -]\d{2}(?![\w-])"),
        holds=_is_snils,
    ),
    _Find(
        Text("номер СНИЛС", "a SNILS number"),
        re.compile(r"\bснилс\D{0,15}\d{3}[- ]?\d{3}[- ]?\d{3}[- ]?\d{2}(?!\d)", re.IGNORECASE),
        named=True,
    ),
    _Find(
        Text("номер ИНН", "a taxpayer's number"),
        re.compile(r"\bинн\b\D{0,15}\d{12}(?!\d)", re.IGNORECASE),
        named=True,
        holds=_is_inn,
    ),
    _Find(
        Text("номер паспорта", "a passport number"),
        re.compile(
            r"\bпаспорт(?:а|у|ом|е|н\w+)?\b(?! (?:проект|издел|прибор|модел|растен|музе)\w*)"
            r"\D{0,25}\d{2} ?\d{2},? ?(?:№ ?|номер ?)?\d{6}(?!\d)",
            re.IGNORECASE,
        ),
        named=True,
    ),
    _Find(
        Text("номер паспорта", "a passport number"),
        re.compile(
            r"(?<!диплом )(?<!аттестат )(?<!сертификат )(?<!свидетельство )(?<!удостоверение )"
            r"\bсерия:? ?\d{2} \d{2},? ?(?:№|номер):? ?\d{6}(?!\d)",
            re.IGNORECASE,
        ),
    ),
    _Find(
        Text("номер свидетельства о рождении", "a birth certificate number"),
        re.compile(r"(?<!\w)[IVXLC]{1,5}-[А-Я]{2} ?(?:№ ?)?\d{6}(?!\d)"),
    ),
    _Find(
        Text("номер свидетельства о рождении", "a birth certificate number"),
        re.compile(r"\bсвидетельств\w+ о рождении\D{0,25}\d{6}(?!\d)", re.IGNORECASE),
        named=True,
    ),
    _Find(
        Text("номер медицинского полиса", "a medical insurance number"),
        re.compile(r"\bполис(?:а|у|ом|е)?\b\D{0,25}(?:\d{4} ?){4}(?!\d)", re.IGNORECASE),
        named=True,
    ),
    _Find(
        Text("номер банковской карты", "a bank card number"),
        re.compile(r"(?<![\w-])\d{4}([ -])\d{4}\1\d{4}\1\d{4}(?![\w-])"),
        holds=_is_card,
    ),
    _Find(
        Text("номер телефона", "a phone number"),
        re.compile(
            r"(?<![\w+№-])(?<!№ )(?:\+7|8)[ -]?\(?(?!800)[3489]\d{2}\)?"
            r"[ -]?\d{3}[ -]?\d{2}[ -]?\d{2}(?![\w-])"
        ),
    ),
    _Find(
        Text("номер телефона", "a phone number"),
        re.compile(
            r"\b(?:тел|телефон\w{0,3}|моб|сот)\b\.?:?[ -]{0,3}(?!8-?800)"
            r"(?:\(?\d{3,5}\)? ?)?\d{1,3}-\d{2}-\d{2}(?![\d-])",
            re.IGNORECASE,
        ),
        named=True,
    ),
    _Find(
        Text("адрес электронной почты", "an e-mail address"),
        re.compile(
            rf"(?<![\w.@/+-])(?!(?:{_OFFICES})[\w.-]*@)[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-zрф]{{2,6}}\b",
            re.IGNORECASE,
        ),
    ),
    _Find(
        Text("домашний адрес", "a home address"),
        re.compile(rf"{_HOUSE}\bд(?:ом)?\b\.? ?\d+[^\n]{{0,12}}?\bкв(?:артира)?\b\.? ?\d+"),
    ),
    _Find(
        Text("домашний адрес", "a home address"),
        re.compile(
            r"\b(?i:проживаю|проживает|живу|живёт|живет|живём|живем|домашний адрес|"
            rf"адрес проживания|адрес регистрации|прописан\w*)\b[^\n.!?]{{0,30}}{_HOUSE}"
            r"(?:\bд(?:ом)?\b\.? ?|, ?)\d+"
        ),
    ),
)

# What a scan is called, by its description or its paper: the paper itself, not a mention.
_SCAN = re.compile(
    r"^\W*(?:(?:скан|копия|ксерокопия|фото|фотография|снимок|страница)\w? )?"
    r"(?:(?:мой|моего|моя|моей|мо[её]) )?"
    r"(?:паспорт(?:а|у)?\b(?! (?:проект|издел|прибор|модел|растен|музе))(?!-)|снилса?\b"
    r"|свидетельств[оаеу] о рождении|(?:медицинск\w+|страхов\w+) полис|полиса? омс\b"
    r"|медицинск\w+ (?:справк|карт|заключени))",
    re.IGNORECASE,
)
