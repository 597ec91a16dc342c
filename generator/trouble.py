"""Why the run cannot go on. Raised at once, printed by a door."""

from generator.diagnostic import Text


class Trouble(Exception):
    """The run cannot go on: what happened, and what to do about it, in both languages."""

    def __init__(self, message: Text, hint: Text) -> None:
        super().__init__(message.en)
        self.message = message
        self.hint = hint
