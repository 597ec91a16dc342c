"""A model's refusal -> diagnostics in our words. What should stand there instead?

The model library's own sentences never reach a reader: they are for programmers.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args
from zoneinfo import available_timezones

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from generator.diagnostic import Diagnostic, Key, Place, Text, quote
from generator.model.record import EARLIEST, LATEST
from generator.model.vocabulary import Vocabularies, Vocabulary, chosen
from generator.say import among, choose, near_or, nearest

_Words = tuple[str, Text, Text]


@dataclass(frozen=True)
class Refusal:
    """One thing a model refused: where, why, what stood there, and the keys known there."""

    kind: str
    keys: Key
    value: object
    context: Mapping[str, Any]
    known: tuple[str, ...]

    @property
    def words(self) -> str:
        """What stood there, as the writer's words."""
        return quote(self.value)


def mistakes(
    file: str,
    model: type[BaseModel],
    error: ValidationError,
    vocabularies: Vocabularies,
) -> Iterator[Diagnostic]:
    """Everything `model` refused in `file`, each in words a student understands."""
    found = [_refusal(model, detail) for detail in error.errors(include_url=False)]
    # A key with a slip in it is one mistake, not an unknown key and a missing one.
    meant = {
        (*refusal.keys[:-1], nearest(str(refusal.keys[-1]), refusal.known))
        for refusal in found
        if refusal.kind == "extra_forbidden"
    }
    for refusal in found:
        if refusal.kind == "missing" and refusal.keys in meant:
            continue
        name = chosen(model).get(".".join(k for k in refusal.keys if isinstance(k, str)), "")
        if refusal.kind == "string_pattern_mismatch" and name in vocabularies:
            code, message, fix = _word_unknown(refusal, name, vocabularies[name])
        else:
            code, message, fix = _words(refusal)
        place = Place(file, keys=refusal.keys, on_key=code == "unknown-key")
        yield Diagnostic(place, code, message, fix)


def missing_key(key: str) -> _Words:
    """What to say of a key that is not there or stands empty."""
    return (
        "missing-key",
        Text(f"не заполнен ключ «{key}»", f'the key "{key}" is not filled in'),
        Text(f"добавьте строку «{key}: …»", f'add a line "{key}: …"'),
    )


def expected_text() -> _Words:
    """What to say of a list or keys where one value belongs."""
    return (
        "expected-text",
        Text(
            "здесь список или ключи, а нужно одно значение", "here is a list or keys, not one value"
        ),
        Text("напишите одно значение в этой строке", "write one value on this line"),
    )


def _refusal(model: type[BaseModel], detail: ErrorDetails) -> Refusal:
    keys = detail["loc"]
    inside = keys[:-1] if detail["type"] == "extra_forbidden" else keys
    return Refusal(
        detail["type"],
        keys,
        detail["input"],
        detail.get("ctx", {}),
        _keys_of(_record_at(model, inside)),
    )


def _words(refusal: Refusal) -> _Words:
    if refusal.kind in _TABLE:
        return _TABLE[refusal.kind](refusal)
    if not isinstance(refusal.value, str):
        return _expected_text(refusal)
    if refusal.kind.startswith("date"):
        return _wrong_date(refusal)
    return _wrong_format(refusal)


def _unknown_key(refusal: Refusal) -> _Words:
    key = str(refusal.keys[-1])
    return (
        "unknown-key",
        Text(f"ключа {quote(key)} здесь не бывает", f"there is no key {quote(key)} here"),
        _STAFFS.get(key) or among(key, refusal.known),
    )


def _word_unknown(refusal: Refusal, name: str, vocabulary: Vocabulary) -> _Words:
    return (
        "word-unknown",
        Text(
            f"слова {refusal.words} нет в списке {name}",
            f"the word {refusal.words} is not in the list {name}",
        ),
        choose(str(refusal.value), vocabulary.choices),
    )


def _missing_key(refusal: Refusal) -> _Words:
    return missing_key(str(refusal.keys[-1]))


def _expected_text(_: Refusal) -> _Words:
    return expected_text()


def _expected_list(_: Refusal) -> _Words:
    return (
        "expected-list",
        Text("здесь нужен список", "a list belongs here"),
        Text(
            "напишите каждый пункт с новой строки, начиная с дефиса и пробела",
            "write each item on a line of its own that begins with a hyphen and a space",
        ),
    )


def _expected_mapping(refusal: Refusal) -> _Words:
    known = ", ".join(refusal.known)
    return (
        "expected-keys",
        Text("здесь нужны ключи со значениями", "keys with values belong here"),
        Text(f"напишите с отступом ключи: {known}", f"write these keys, indented: {known}"),
    )


def _wrong_date(refusal: Refusal) -> _Words:
    value = str(refusal.value).strip()
    message = Text(f"{refusal.words} — не дата", f"{refusal.words} is not a date")
    if refusal.kind == "date_out_of_bounds":
        first, last = EARLIEST.year, LATEST.year
        return (
            "wrong-date",
            Text(
                f"дня {refusal.words} здесь быть не может",
                f"the day {refusal.words} cannot be meant here",
            ),
            Text(
                f"проверьте год: годятся от {first} до {last}",
                f"look at the year: {first} to {last} may stand here",
            ),
        )
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        message = Text(f"дня {refusal.words} не бывает", f"there is no day {refusal.words}")
        return "wrong-date", message, Text("проверьте месяц и число", "look at month and day")
    russian = re.fullmatch(r"(\d{1,2})[./](\d{1,2})[./](\d{4})", value)
    if russian:
        iso = quote(f"{russian[3]}-{int(russian[2]):02d}-{int(russian[1]):02d}")
        return "wrong-date", message, Text(f"напишите {iso}", f"write {iso}")
    return (
        "wrong-date",
        message,
        Text(
            "напишите год-месяц-день, например 2026-09-01",
            "write year-month-day, for example 2026-09-01",
        ),
    )


def _time_zone_unknown(refusal: Refusal) -> _Words:
    return (
        "time-zone-unknown",
        Text(f"часового пояса {refusal.words} не бывает", f"there is no time zone {refusal.words}"),
        near_or(
            str(refusal.value),
            sorted(available_timezones()),
            Text(
                "напишите, например, Europe/Moscow или Asia/Yekaterinburg",
                "write, for example, Europe/Moscow or Asia/Yekaterinburg",
            ),
        ),
    )


def _not_a_number(refusal: Refusal) -> _Words:
    if not isinstance(refusal.value, str):
        return _expected_text(refusal)
    return (
        "not-a-number",
        Text(f"{refusal.words} — не целое число", f"{refusal.words} is not a whole number"),
        Text("напишите только цифры", "write digits only"),
    )


def _too_small(refusal: Refusal) -> _Words:
    least = refusal.context["ge"]
    return (
        "out-of-range",
        Text(f"{refusal.words} — слишком мало", f"{refusal.words} is too small"),
        Text(f"наименьшее здесь — {least}", f"the smallest here is {least}"),
    )


def _too_big(refusal: Refusal) -> _Words:
    most = refusal.context["le"]
    return (
        "out-of-range",
        Text(f"{refusal.words} — слишком много", f"{refusal.words} is too much"),
        Text(f"наибольшее здесь — {most}", f"the largest here is {most}"),
    )


def _not_a_flag(refusal: Refusal) -> _Words:
    if not isinstance(refusal.value, str):
        return _expected_text(refusal)
    value = refusal.value.strip().lower()
    meant = "true" if value in _YES else "false" if value in _NO else ""
    return (
        "flag-not-true-false",
        Text(f"{refusal.words} — не true и не false", f"{refusal.words} is neither true nor false"),
        Text(f"напишите {meant}", f"write {meant}")
        if meant
        else Text("напишите true (да) или false (нет)", "write true or false"),
    )


def _no_such_choice(refusal: Refusal) -> _Words:
    if not isinstance(refusal.value, str):
        return _expected_text(refusal)
    choices = tuple(re.findall("'([^']*)'", str(refusal.context["expected"])))
    return _unknown_choice(refusal.value, choices)


def _unknown_choice(value: str, choices: tuple[str, ...]) -> _Words:
    return (
        "unknown-choice",
        Text(f"{quote(value)} здесь не подходит", f"{quote(value)} does not fit here"),
        among(value, choices),
    )


def _too_long(refusal: Refusal) -> _Words:
    most, size = refusal.context["max_length"], len(str(refusal.value))
    return (
        "too-long",
        Text(f"знаков {size}, а помещается {most}", f"{size} signs where {most} fit"),
        Text("сократите", "make it shorter"),
    )


def _wrong_format(refusal: Refusal) -> _Words:
    """What does not fit a pattern; each pattern of the models has words of its own."""
    pattern = str(refusal.context.get("pattern", ""))
    if pattern == r"^[^\n]*$":
        return (
            "not-one-line",
            Text("здесь несколько строк, а нужна одна", "several lines where one belongs"),
            Text("напишите всё в одну строку", "write it on one line"),
        )
    if pattern == r"^[a-z0-9]+(-[a-z0-9]+)*$":
        return _wrong_id(refusal)
    example = next((words for start, words in _EXAMPLES.items() if pattern.startswith(start)), None)
    if "://" in str(refusal.value) or "https?" in pattern:
        # There may be a password in it, and that is not said again.
        return "wrong-format", *_ADDRESS
    return (
        "wrong-format",
        Text(f"{refusal.words} здесь не подходит", f"{refusal.words} does not fit here"),
        example or Text("сравните с соседними записями", "compare it with its neighbours"),
    )


def _wrong_id(refusal: Refusal) -> _Words:
    mended = re.sub(r"[\s_.-]+", "-", str(refusal.value).strip().lower()).strip("-")
    fits = re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", mended) is not None
    return (
        "wrong-id",
        Text(
            f"в {refusal.words} не только маленькие латинские буквы, цифры и дефис",
            f"{refusal.words} holds more than small Latin letters, digits and hyphens",
        ),
        Text(f"напишите {quote(mended)}", f"write {quote(mended)}")
        if fits
        else Text("напишите латиницей, например: belova-anna", "write, for example: belova-anna"),
    )


# What stood in a child's own files once, where a child could say it for a parent or a teacher.
_STAFFS: Mapping[str, Text] = {
    "decided": Text(
        "это пишет учитель в records: о записи — inclusions в consent.yml, "
        "о пакете для комиссии — decided пакета в confirmations.yml",
        "a teacher writes this, in records: of an entry, inclusions in consent.yml; "
        "of a commission's package, its decided in confirmations.yml",
    ),
    "arranged": Text(
        "это пишет учитель в records: arranged в confirmations.yml",
        "a teacher writes this, in records: arranged in confirmations.yml",
    ),
    "recognition": Text(
        "это пишет школа в records: recognitions в confirmations.yml",
        "the school writes this, in records: recognitions in confirmations.yml",
    ),
}
_YES = frozenset({"yes", "y", "on", "1", "да", "true", "истина"})
_NO = frozenset({"no", "n", "off", "0", "нет", "false", "ложь"})
_ADDRESS = (
    Text("такой адрес здесь не подходит", "such an address does not fit here"),
    Text("адрес начинают с https:// и пишут без пароля и косой черты в конце",
         "an address begins with https:// and has neither a password nor a slash at its end"),
)  # fmt: skip
_EXAMPLES = {
    r"^20\d\d-\d\d": Text("учебный год пишут так: 2026-27", "a school year is written 2026-27"),
    "^[0-9a-f]{16}": Text("нужно 16 знаков: 0-9 и a-f", "16 signs belong here: 0-9 and a-f"),
    "^[0-9a-f]{64}": Text(
        "нужно 64 знака 0-9 и a-f: их пишет команда подтверждения",
        "64 signs 0-9 and a-f belong here: the confirming command writes them",
    ),
    "^[0-9a-f]{40}": Text(
        "нужен полный номер коммита: 40 знаков 0-9 и a-f",
        "a commit's whole number belongs here: 40 signs 0-9 and a-f",
    ),
    "^[0-9]{1,6}([.,]": Text("нужно число, например 41 или 41,5", "write a number: 41 or 41.5"),
    "^[a-z]+(:": Text(
        "кому показывают, пишут так: family:belova-anna", "write it like this: family:belova-anna"
    ),
}
_TABLE: Mapping[str, Callable[[Refusal], _Words]] = {
    "extra_forbidden": _unknown_key,
    "missing": _missing_key,
    "tuple_type": _expected_list,
    "model_type": _expected_mapping,
    "model_attributes_type": _expected_mapping,
    "int_parsing": _not_a_number,
    "int_parsing_size": _not_a_number,
    "int_type": _not_a_number,
    "int_from_float": _not_a_number,
    "greater_than_equal": _too_small,
    "less_than_equal": _too_big,
    "value_error": _not_a_flag,
    "bool_parsing": _not_a_flag,
    "literal_error": _no_such_choice,
    "string_too_long": _too_long,
    "time_zone": _time_zone_unknown,
}


def _record_at(model: type[BaseModel], keys: Key) -> type[BaseModel] | None:
    """The record that stands at `keys`, if what stands there is one."""
    found: type[BaseModel] | None = model
    for key in keys:
        if isinstance(key, int):
            continue
        field = found.model_fields.get(key) if found else None
        found = _record_in(field.annotation) if field else None
    return found


def _record_in(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = (_record_in(part) for part in get_args(annotation))
    return next((record for record in inner if record), None)


def _keys_of(record: type[BaseModel] | None) -> tuple[str, ...]:
    return tuple(record.model_fields) if record else ()
