"""Texts -> diagnostics. Do they say something about a child's health?"""

import re
from collections.abc import Iterator

from generator.check.inspection import Inspection
from generator.diagnostic import Diagnostic, Severity, Text


def health_data(at: Inspection) -> Iterator[Diagnostic]:
    """A text seems to tell of a child's health, or of special conditions the child needs.

    Что это значит: похоже на диагноз, инвалидность, ОВЗ, заключение ПМПК, адаптированную
    программу, группу здоровья, справку от врача, освобождение от физкультуры, обучение на дому
    или болезнь самого ученика. Сами слова здесь не повторяются, чтобы сообщение не рассказало о
    ребёнке больше, чем текст. Слова из справок и решений (ОВЗ, ПМПК, 086/у) — ошибка, потому
    что почти всегда они о самом ребёнке, а показанное уже не вернуть. Болезнь, названная своими
    словами («у меня аллергия», «я заикаюсь», «ношу слуховой аппарат»), — предупреждение, потому
    что это может быть пересказ книги, и из-за него не должен останавливаться сайт всей школы.
    Паралимпийские игры, здоровый образ жизни, инвалиды войны, помощь «детям с ОВЗ» и секция
    «Группа здоровья» сюда не относятся.
    Почему важно: сведения о здоровье и об особых условиях никогда не входят в портфолио
    (000 §2.2, 001 §2.2, R-088).
    Не так: «освобождена от физкультуры, поэтому судила матч»
    А так: «судила матч»
    """
    for written in at.suspects:
        severity = _severity(written.text)
        if severity:
            yield Diagnostic(
                written.place,
                "health-data",
                Text(
                    "здесь, похоже, говорится о здоровье или об особых условиях",
                    "this seems to tell of health or of special conditions",
                ),
                Text(
                    "расскажите без этого; если речь не об ученике, скажите другими словами",
                    "tell it without; if it is not about the student, use other words",
                ),
                severity,
            )


def _severity(text: str) -> Severity | None:
    if any(pattern.search(text) for pattern in _OF_PAPERS):
        return "error"
    if any(pattern.search(text) for pattern in _OWN_WORDS):
        return "warning"
    return None


_CHILD = (
    r"(?:реб[её]н(?:ок|ка|ку|ком)|мальчика?|девочк[аие]|сына?|доч(?:ь|ка|ери|ке)"
    r"|учени(?:к|ка|ку|ком|ца|цы|це|цей)|обучающ(?:ийся|аяся|егося|ейся|емуся))"
)
# Whose it is: somebody near, not a grandfather who came back from the war, nor «у людей …».
_OTHERS = (
    "дед|баб|пап|отц|мам|дяд|тёт|тет|геро|ветеран|солдат|бойц|воин|люд|дет|ребят|мног|нас\\b|них\\b"
)
_HAS = rf"\bу (?!\w*(?:{_OTHERS}))\w+ "
_NUMBER = r"(?:[1-5]|I{1,3}|IV|V|перв\w{2,3}|втор\w{2,3}|треть\w{1,3}|четв[её]рт\w{2,3}|пят\w{2,3})"
_LESSONS = r"физ(?:ическ\w+ культур|культур|-?ры\b)"

# Words of certificates and decisions: they stand for one child's status and hardly for anything
# else. Several children («дети с ОВЗ») are those somebody helped.
_OF_PAPERS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b[тц]?пмпк\b|\bаооп\b|\bипра\b|\b(?:справк\w|бюро|комисси\w) мсэ\b",
        r"адаптированн\w+ (?:основн\w+ )?(?:обще)?образовательн\w+ программ",
        rf"\b(?:{_CHILD} с|статус\w?|у меня) овз\b",
        rf"\b{_CHILD}[-– ]+инвалид|\bинвалид\w* (?:с )?детства|\bя[-–— ]+инвалид\b",
        rf"{_HAS}[^.!?;,\n]{{0,20}}инвалидност|\bмне \w+ инвалидност",
        rf"\b{_NUMBER}(?:-?[а-я]{{1,2}})? групп\w+ здоровья",
        rf"\bгрупп\w+ здоровья *[-:—–]? *{_NUMBER}\b",
        r"\b(?:подготовительн|специальн)\w+ (?:медицинск\w+ групп|групп\w+ (?:по физ|здоровья))",
        r"\b0(?:26|27|63|79|86|95)[-/ ]?у\b|\b86/?у\b",
        r"(?<!в )\b(?:справк|заключени)\w (?:от |из )?(?:врача|педиатра|невролога|больниц)",
        r"\bмкб-?10\b|\bдиагноз\w*[-:—– ]+(?:по мкб|[a-zа-я]\d\d)",
        rf"\bосвобо\w+ (?:от|по) (?:урок\w+ |заняти\w+ )?(?:по )?{_LESSONS}",
        r"\bнадомн\w+ обучени|по медицинским показаниям",
        r"\bнужда\w+ в (?:\w+ ){0,2}специальн\w+ услови",
    )
)

# An illness in one's own words: perhaps the child's own, perhaps a book's.
_ILLNESS = (
    r"(?:аллерги[яиюе]й?\b|астм[аыуое]й?\b|(?:сахарн\w+ )?диабет\w{0,2}\b|эпилепс|дцп\b"
    r"|аути(?:зм|ст)|(?-i:РАС)\b|сдвг|зпр\b|сколиоз|порок\w{0,2} сердца|онкологи[яиюе]"
    r"|дислекси|дисграфи|дискалькули|заикани[еяюе]м?\b|слухов\w+ аппарат|кохлеарн\w+ имплант)"
)
_TOPIC = r"(?!про |об? |на |по |доклад|проект|рассказ|реферат|тем[аыеу]\b)"
_OWN_WORDS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_HAS}(?:{_TOPIC}\w+ ){{0,2}}{_ILLNESS}",
        rf"\b(?:страда|боле)[юе]т? {_ILLNESS}",
        rf"\b(?:мо|сво)(?:[йяёеию]|его|ему|им|ей|их|ими) (?:{_TOPIC}\w+ )?{_ILLNESS}",
        rf"\b(?:{_CHILD}|я|живу|жив[её]т|учусь|родил\w{{1,3}}) (?:\w+ )?с (?:{_TOPIC}\w+ )?"
        rf"{_ILLNESS}",
        rf"\bиз-за (?:{_TOPIC}\w+ )?{_ILLNESS}",
        rf"\b(?:мне|меня|мной|ему|ей|{_CHILD}) (?:{_TOPIC}\w+ ){{0,2}}{_ILLNESS}",
        r"\b(?:ношу|носит|надева\w+|снима\w+|без) (?:\w+ )?слухов\w+ аппарат",
        rf"\bзаика(?:юсь|лась|лся)\b|\b(?:он|она|{_CHILD}) (?:\w+ ){{0,2}}заикается\b",
        rf"\b(?:мне|ему|ей|{_CHILD}) (?:\w+ ){{0,2}}диагноз|\b(?:мой|е[её]) диагноз",
        r"\bобуча?\w+ (?:\w+ )?на дому",
    )
)
