"""Records -> the texts people wrote in them. Which may hold what does not belong here?"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.diagnostic import Key, Place
from generator.model.record import FileRecord, Record


@dataclass(frozen=True)
class Written:
    """A text, and where it stands."""

    record: FileRecord
    keys: Key
    text: str

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.record.place(*self.keys)


_NO_TEXT = frozenset({type(None), bool, int, dt.date})


def texts_in(record: Record, keys: Key = ()) -> Iterator[tuple[Key, str]]:
    """Every text in a record, with its keys."""
    for name, value in vars(record).items():
        if type(value) is str:
            yield (*keys, name), value
        elif type(value) in _NO_TEXT:  # asking a model's class is slow, and most values are none
            continue
        elif isinstance(value, Record):
            yield from texts_in(value, (*keys, name))
        elif type(value) is tuple:
            for index, item in enumerate(value):
                if type(item) is str:
                    yield (*keys, name, index), item
                elif isinstance(item, Record):
                    yield from texts_in(item, (*keys, name, index))


# The first look at every text of a school: whatever papers, health or contacts find, this
# must find too.
# Letters are small, as the text is made; every branch begins with a letter, which makes it fast.
_STEMS = re.compile(
    r"паспорт|снилс|полис|о рожд|прожив|прописан|жив[её]м|живу|живет|живёт|адрес|кв[. ]|квартир"
    r"|телефон|тел[.:]|тел |моб|сот|инн"
    r"|инвалид|овз|пмпк|аооп|ипр|мсэ|адаптированн|групп\w{1,2} здоров|мкб|диагноз|медицинск"
    r"|специальн|на дому|надомн|физкульт|физическ|физ-?р|справк|заключени|0\d\d[-/ ]?у|86/?у"
    r"|аллерги|астм|диабет|эпилепс|дцп|аутизм|рас\b|сдвг|зпр|сколиоз|порок|онколог|дислекс"
    r"|дисграф|дискальк|заика|слухов|кохлеар"
    r"|парол|пин-?код|пин |карточк"
)
# What may stand in a text without one Russian letter: a name after @, a link, a card's code.
_SIGNS = re.compile(
    r"@|#k=|pass|\bpin|(?:vk|ok|t|wa|vkontakte|telegram|instagram|facebook|tiktok|twitter|twitch"
    r"|discord|snapchat|youtube)\.\w{2,3}/",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d(?:\d{5}|(?:[^\da-zа-яё]{0,4}\d){9})")


def suspects(records: Iterable[FileRecord]) -> Iterator[Written]:
    """The few texts that are worth a closer look, for papers, for health and for contacts."""
    for record in records:
        texts = tuple(texts_in(record))
        # All of a file at once: most files hold nothing, and one long look is the fastest.
        if _is_suspect("\n".join(text for _, text in texts)):
            yield from (Written(record, keys, text) for keys, text in texts if _is_suspect(text))


def _is_suspect(text: str) -> bool:
    ours = not text.isascii() and _STEMS.search(text.lower())
    return bool(ours or _SIGNS.search(text) or _DIGITS.search(text))
