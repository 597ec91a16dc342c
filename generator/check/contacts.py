"""Texts -> diagnostics. Do they lead strangers to a child, or open what is closed?"""

import re
from collections.abc import Iterator

from generator.check.inspection import Inspection
from generator.diagnostic import Diagnostic, Severity, Text


def personal_page(at: Inspection) -> Iterator[Diagnostic]:
    """A text leads to somebody's own page, or names somebody in a messenger.

    Что это значит: похоже на ссылку на страницу ВКонтакте, Телеграм, Одноклассники и другие или на
    имя в них (@…). Само имя здесь не повторяется. Страницы кружков, событий и записей (club…,
    public…, event…, wall…) сюда не относятся. Ошибка — когда видно, что страница своя («пишите
    мне», id с номером); иначе это предупреждение, потому что кружок тоже бывает @kruzhok.
    Почему важно: по такой ссылке ребёнка найдёт и напишет ему кто угодно; то, что позволяет
    связаться с человеком, хранят отдельно от портфолио (000 §1.3, 001 §1.3, R-023).
    Не так: пишите мне в телеграм @anna_risuet
    А так: пишите через классного руководителя
    """
    for written in at.suspects:
        if severity := _leads(written.text):
            yield Diagnostic(
                written.place,
                "personal-page",
                Text(
                    "здесь, похоже, личная страница или имя в соцсети",
                    "this looks like a personal page or a name in a social network",
                ),
                Text(
                    "уберите: по ней ребёнка найдут чужие; если это страница кружка, "
                    "назовите его словами",
                    "take it away: strangers would find the child by it; if it is a club's page, "
                    "name the club in words",
                ),
                severity,
            )


def secret_in_text(at: Inspection) -> Iterator[Diagnostic]:
    """A text holds a password, a PIN, or the code of an access card.

    Что это значит: похоже на пароль, пин-код, слова или ссылку с карточки доступа. Само слово
    здесь не повторяется.
    Почему важно: текст прочтут все, кому показана запись, и откроют чужое (002 §7.4, R-134). Код с
    карточки, который кто-то уже видел, надо сменить.
    Не так: «пароль:» и сам пароль
    А так: пароль спросите у учителя
    """
    for written in at.suspects:
        if any(pattern.search(written.text) for pattern in _SECRETS):
            yield Diagnostic(
                written.place,
                "secret-in-text",
                Text("здесь, похоже, пароль или код", "this looks like a password or a code"),
                Text(
                    "уберите и смените его: кто успел прочесть, тот уже может войти",
                    "take it away and change it: whoever has read it can already come in",
                ),
            )


def _leads(text: str) -> Severity | None:
    if any(pattern.search(text) for pattern in _OWN):
        return "error"
    return "warning" if _PAGE.search(text) or _NAME.search(text) else None


# Whose page it is does not show in a link; that it is a group's mostly does.
_COMMON = r"(?!(?:club|public|event|wall|video|album|photo|market|topic|share|joinchat|group)\b)"
_COMMON += r"(?!(?:club|public|event|wall-?|video-?|album-?|photo-?|topic-?)\d)(?!s/|c/|\+)"
_NETWORKS = (
    r"(?:vk\.(?:com|ru|me)|vkontakte\.ru|t\.me|telegram\.me|ok\.ru(?:/profile)?|wa\.me"
    r"|(?:instagram|facebook|tiktok|twitter|twitch|discord|snapchat)\.(?:com|tv|gg)|youtube\.com"
    r"(?=/@))"
)
_LINK = rf"(?<![\w.-])(?:www\.|m\.)?{_NETWORKS}/{_COMMON}@?[\w.-]{{2,}}"
_NICK = r"(?<![\w.@/+-])@[A-Za-z]\w[\w.]{1,30}(?![\w@])"
_ASKS = (
    r"\b(?:пиши(?:те)?|напиши(?:те)?|ищи(?:те)?|добавляй(?:те|тесь|ся)|найд[её]шь|найд[её]те"
    r"|мо[йяёеи]|мне|у меня|я в|я во)\b[^\n.!?]{0,30}?"
)
_PAGE = re.compile(_LINK, re.IGNORECASE)
_NAME = re.compile(_NICK)
_OWN = (
    re.compile(rf"{_ASKS}(?:{_LINK}|{_NICK})", re.IGNORECASE),
    re.compile(rf"(?<![\w.-])(?:www\.|m\.)?{_NETWORKS}/(?:id)?\d{{4,}}(?!\w)", re.IGNORECASE),
)

_IS = r"\s?(?:[:=—–]|- )\s?"
_SECRETS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:пароль|password|passwd)\b(?: (?:от|для|на|к) [\w ]{{1,30}}?)?{_IS}"
        r"(?!спрос)[^\s«»]{3,}",
        r"\b(?:мой|наш|его|её) пароль (?:от [\w ]{1,30}? )?(?=\S*\d)\S{4,}",
        rf"\b(?:пин|pin)-?(?:код)?\b(?:{_IS}| )\d{{4,8}}\b",
        r"\b(?:код|слова|12 слов)\b (?:с|на|от|из) (?:мо\w+ |наш\w+ |сво\w+ )?карточк\w+"
        rf"{_IS}\w{{3,}}",
        r"#k=[\w-]{22}",
    )
)
