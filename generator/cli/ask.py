"""Questions at a terminal -> answers. What does whoever sits there say?

Plain lines, typed and read: they work over ssh, on Windows, in a pipe of a script, and with a
screen reader, where a library that draws menus does not.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from generator.diagnostic import Lang, Text
from generator.say import clean
from generator.stop import Stopped
from generator.trouble import Trouble

if TYPE_CHECKING:
    from generator.curate.questions import Question

T = TypeVar("T")
Choice = tuple[str, str]
"""An answer, and what it means in people's words."""
_YES, _NO = ("д", "да", "y", "yes"), ("н", "нет", "n", "no")
_NUMBER = Text("Номер", "Number")
_SKIP = Text("Enter — пропустить", "Enter: skip")
_AGAIN = Text("не понимаю", "not understood")
_NOTHING = Text("ничего не записано", "nothing was written")


class Asker:
    """Asks in one language; an answer that cannot be understood is asked for again."""

    def __init__(self, lang: Lang) -> None:
        self._lang = lang

    def line(
        self,
        question: Text,
        read: Callable[[str], T | None],
        *,
        default: str = "",
        hint: Text | None = None,
        option: str = "",
    ) -> T:
        """What `read` understands of a line; Enter alone takes the default, and `option` is what
        one adds to the command instead of answering."""
        told = f" [{clean(default)}]" if default else ""
        about = f" ({hint.get(self._lang)})" if hint else ""
        while True:
            typed = self._typed(
                f"{clean(question.get(self._lang))}{about}{told}: ", question, option
            )
            answer = read(typed or default)
            if answer is not None:
                return answer
            self.misunderstood(typed)

    def choice(
        self,
        question: Text,
        choices: Sequence[Choice],
        *,
        default: str = "",
        free: bool = False,
        option: str = "",
    ) -> str:
        """One of the answers, by its number, its code or how it begins; any text if it is free."""
        print(clean(question.get(self._lang)))
        for number, (_, meaning) in enumerate(choices, 1):
            print(f"  {number:2} {clean(meaning)}")
        at = next((f"{n}" for n, (code, _) in enumerate(choices, 1) if code == default), "")
        return self._until(
            f"{_NUMBER.get(self._lang)}{f' [{at}]' if at else ''}: ",
            lambda typed: _chosen(typed or at, choices, free),
            (question, option),
        )

    def word(self, question: "Question", read: Callable[[str], str | None], option: str) -> str:
        """One of a question's words, by its number, its name or what people also call it."""
        told = question.label.get(self._lang)
        print(clean(told) + ("" if question.is_needed else f" ({_SKIP.get(self._lang)})"))
        for number, (_, meaning) in enumerate(question.choices, 1):
            print(f"  {number:2} {clean(meaning)}")
        codes = [code for code, _ in question.choices]
        at = f"{codes.index(question.default) + 1}" if question.default in codes else ""

        def chosen(typed: str) -> str | None:
            return _chosen(typed or at, question.choices, False) or read(typed)

        return self._until(
            f"{_NUMBER.get(self._lang)}{f' [{at}]' if at else ''}: ",
            chosen,
            (question.label, option),
        )

    def yes(self, question: Text, *, default: bool = True) -> bool:
        """Whether the answer is yes."""
        told = Text("д/н", "y/n") if self._lang == "ru" else Text("y/n", "y/n")
        answers = dict.fromkeys(_YES, True) | dict.fromkeys(_NO, False) | {"": default}
        asked = Text(f"{question.ru} ({told.ru})", f"{question.en} ({told.en})")
        word = (_YES if default else _NO)[0 if self._lang == "ru" else 2]
        return self.line(asked, lambda typed: answers.get(typed.lower()), default=word)

    def _until(self, shown: str, read: Callable[[str], T | None], about: tuple[Text, str]) -> T:
        while True:
            typed = self._typed(shown, *about)
            if (answer := read(typed)) is not None:
                return answer
            self.misunderstood(typed)

    def misunderstood(self, answer: str) -> None:
        """Says that an answer means nothing here; it is asked for again."""
        print(f"  {_AGAIN.get(self._lang)}: {clean(answer)}")

    def _typed(self, shown: str, question: Text, option: str) -> str:
        try:
            return input(shown).strip()
        except EOFError:
            how = option or "--help"
            raise Trouble(
                Text(f"нет ответа: {question.ru}", f"no answer: {question.en}"),
                Text(
                    f"ответьте с клавиатуры или добавьте ответ к команде: {how}",
                    f"answer at the keyboard, or add the answer to the command: {how}",
                ),
            ) from None
        except UnicodeDecodeError:
            return ""
        except Stopped as stopped:
            print()
            stopped.left = _NOTHING
            raise


def _chosen(typed: str, choices: Sequence[Choice], free: bool) -> str | None:
    if typed.isdecimal() and 0 < int(typed) <= len(choices):
        return choices[int(typed) - 1][0]
    low = typed.lower().replace("ё", "е")
    codes = [code for code, _ in choices if code == typed]
    begins = [c for c, told in choices if low and told.lower().replace("ё", "е").startswith(low)]
    if len(found := codes or begins) == 1:
        return found[0]
    return typed if free and typed and not typed.isdecimal() else None
