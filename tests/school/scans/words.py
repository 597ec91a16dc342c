"""A student's entry -> the words of a diploma. Who is rewarded, in the right case, for what?"""

import datetime as dt
import random
from dataclasses import dataclass

_MONTHS = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
]
_STAGES = {
    "school": "школьный этап",
    "municipal": "муниципальный этап",
    "zonal": "зональный этап",
    "regional": "региональный этап",
    "interregional": "межрегиональный этап",
    "national": "всероссийский этап",
    "international": "международный этап",
}
DOCUMENT_WORDS = {
    "winner-diploma": "Диплом победителя",
    "prize-diploma": "Диплом призёра",
    "diploma": "Диплом",
    "honour": "Грамота",
    "merit-sheet": "Похвальный лист",
    "certificate": "Сертификат",
    "attestation": "Свидетельство",
    "identity": "Удостоверение",
    "education": "Аттестат",
    "reference": "Справка",
    "volunteer-book": "Книжка волонтёра",
    "thanks": "Благодарственное письмо",
    "protocol": "Протокол",
    "work": "Работа",
}
"""What people call a paper: in its file's name and its description."""
_TITLES = {
    "winner-diploma": "ДИПЛОМ",
    "prize-diploma": "ДИПЛОМ",
    "diploma": "ДИПЛОМ",
    "honour": "ГРАМОТА",
    "merit-sheet": "ПОХВАЛЬНЫЙ ЛИСТ",
    "certificate": "СЕРТИФИКАТ",
    "attestation": "СВИДЕТЕЛЬСТВО",
    "identity": "УДОСТОВЕРЕНИЕ",
    "education": "АТТЕСТАТ",
    "reference": "СПРАВКА",
    "volunteer-book": "КНИЖКА ВОЛОНТЁРА",
    "thanks": "БЛАГОДАРНОСТЬ",
}
_PASSIVE = ("certificate", "attestation", "identity", "education", "reference", "volunteer-book")
_HEADS = ("А. В. Соловей", "Н. П. Речная", "К. И. Озеров", "Е. Д. Полянская", "И. С. Верховцев")


@dataclass(frozen=True)
class Words:
    """What stands on a diploma, from the top down."""

    organiser: str
    title: str
    under: str
    """Below the title: «победителя», «участника» …"""
    verb: str
    name: str
    who: str
    """Class and school."""
    what: str
    place: str
    number: str
    post: str
    head: str
    stamped: bool


def words_of(given: dict[str, str], document: str, rng: random.Random) -> Words:
    """The words of this document for this student."""
    day = dt.date.fromisoformat(given["day"])
    girl = given["sex"] == "f"
    passive, group = document in _PASSIVE, given["sex"] == "group"
    name = given["student"] if passive or group else dative(given["student"], girl)
    pupil = (
        "обучающ" + ("аяся" if girl else "ийся")
        if passive
        else "обучающ" + ("ейся" if girl else "емуся")
    )
    what = _what(given, document, girl)
    of_school = document in ("reference", "education")
    post = (
        "Директор"
        if of_school or "Школа" in given["organiser"]
        else rng.choice(
            ["Председатель жюри", "Руководитель", "Директор центра", "Председатель оргкомитета"]
        )
    )
    head = "Г. А. Степанов" if given["organiser"] == "Школа № 12" else rng.choice(_HEADS)
    organiser = given["organiser"]
    if organiser == "Школа № 12":
        organiser = "Школа № 12 города Североречинска"
    return Words(
        organiser=organiser,
        title=_TITLES[document],
        under=_under(document, given["result"]),
        verb=_verb(document),
        name=name,
        who=_who(given, pupil, group, document),
        what=what,
        place=f"{given['town']}, {day.day} {_MONTHS[day.month - 1]} {day.year} года",
        number=f"№ {rng.randint(14, 980):04d}",
        post=post,
        head=head,
        stamped=not given.get("unstamped"),
    )


def _who(given: dict[str, str], pupil: str, group: bool, document: str) -> str:
    if group:
        return "школа № 12"
    if document == "reference":
        return f"{pupil} {given['grade'].partition(' ')[0]} класса"
    return f"{pupil} {given['grade']} класса школы № 12"


def _under(document: str, result: str) -> str:
    if document == "winner-diploma":
        return "ПОБЕДИТЕЛЯ"
    if document == "prize-diploma":
        return "ПРИЗЁРА"
    if document == "diploma":
        return {"laureate": "ЛАУРЕАТА", "winner": "I СТЕПЕНИ", "prize-winner": "II СТЕПЕНИ"}.get(
            result, "III СТЕПЕНИ"
        )
    return {
        "certificate": "участника",
        "attestation": "об обучении",
        "education": "ОБ ОСНОВНОМ ОБЩЕМ ОБРАЗОВАНИИ",
    }.get(document, "")


def _verb(document: str) -> str:
    if document in _PASSIVE:
        return {
            "certificate": "настоящим подтверждается, что",
            "attestation": "настоящее свидетельство выдано в том, что",
            "education": "аттестат свидетельствует о том, что",
            "reference": "дана в том, что",
            "volunteer-book": "книжка выдана тому, кто помогает другим",
        }.get(document, "настоящее удостоверение выдано в том, что")
    return "выражается" if document == "thanks" else "награждается"


def _what(given: dict[str, str], document: str, girl: bool) -> str:
    event, subject, ending = given["event"], given["subject"], "а" if girl else ""
    about = f" ({subject.lower()})" if subject and document != "attestation" else ""
    if document in ("attestation", "certificate") and given["hours"]:
        went, hours = "прошла" if girl else "прошёл", given["hours"]
        return f"{went} обучение по программе «{_bare(given['title'])}» в объёме {hours} ч."
    official = {
        "education": f"окончил{ending} в {given['day'][:4]} году школу № 12 города Североречинска",
        "reference": given["says"],
        "volunteer-book": f"часов помощи: {given['hours']}",
    }
    if document in official:
        return official[document]
    if document in ("attestation", "identity"):
        return f"выполнил{ending} программу и нормативы: {_bare(given['title'])}"
    if document == "certificate":
        return f"принял{ending} участие: {event}{about}"
    if document == "thanks":
        return f"за помощь, внимание и доброе сердце — {event}"
    if document in ("honour", "merit-sheet"):
        return f"за успехи и старание: {event}{about}"
    if "лимпиада" in event:
        return f"{event}, {_STAGES[given['stage']]}{about}"
    return event if subject.lower() in event.lower() else f"{event}{about}"


def _bare(title: str) -> str:
    return title.replace("«", "„").replace("»", "“")


def dative(name: str, girl: bool) -> str:
    """The full name in the dative: «кому?»."""
    surname, given, *rest = name.split()
    words = [_surname(surname, girl), _given(given)]
    if rest:
        words.append(rest[0][:-1] + "е" if girl else rest[0] + "у")
    return " ".join(words)


def _surname(word: str, girl: bool) -> str:
    if girl and word.endswith(("ова", "ева", "ёва", "ина", "ына")):
        return word[:-1] + "ой"
    if girl or word.endswith(("о", "у", "е")):
        return word
    return (
        word[:-2] + "цу"
        if word.endswith("ец")
        else word[:-2] + "йцу"
        if word.endswith("яц")
        else word + "у"
    )


def _given(word: str) -> str:
    if word.endswith("ия"):
        return word[:-1] + "и"
    if word.endswith(("а", "я")):
        return word[:-1] + "е"
    if word.endswith(("й", "ь")):
        return word[:-1] + "ю"
    return word + "у"
