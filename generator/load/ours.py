"""The program's own files -> words, acts and labels. What do we bring along?"""

from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from generator.diagnostic import Text
from generator.model.label import Labels, joined
from generator.model.law import LegalAct, LegalActs
from generator.model.record import FileRecord
from generator.model.vocabulary import Vocabulary
from generator.source import Document, read_document
from generator.trouble import Trouble

R = TypeVar("R", bound=FileRecord)


def read_vocabularies(folder: Path) -> dict[str, Vocabulary]:
    """Our own words by the name of their list; Trouble when they cannot be read."""
    return {path.stem: _read_ours(path, Vocabulary) for path in sorted(folder.glob("*.yml"))}


def read_acts(folder: Path) -> dict[str, LegalAct]:
    """Legal acts by code, as `acts.yml` in `folder` has them; Trouble when it cannot be read."""
    return {act.code: act for act in _read_ours(folder / "acts.yml", LegalActs).acts}


def read_labels(folder: Path) -> Labels:
    """What keys are called, of every file in `folder`; Trouble when they cannot be read."""
    return joined(_read_ours(path, Labels) for path in sorted(folder.glob("*.yml")))


def _read_ours(path: Path, model: type[R]) -> R:
    document = read_document(path.parent, path.name)
    try:
        if isinstance(document, Document):
            return model.model_validate(document.value)
    except ValidationError:
        pass
    raise Trouble(
        Text(f"файл программы {path} повреждён", f"the program's file {path} is damaged"),
        Text("установите программу заново", "install the program again"),
    )
