"""The whole way of somebody new: an empty folder, four commands, and a family reads its diploma."""

from tests.sample import build_school
from tests.test_adding import photo
from tests.test_roster import HEAD, sheet
from tests.typed import Terminal

CONSENT = """\
consents:
  - id: obrabotka-2026
    purpose: processing
    audience: class
    covers: [surname]
    given_by:
      name: Белова Мария Олеговна
      relation: mother
    signed: 2026-09-03
    until: 2027-09-10
    document: дело № 1, лист 1
"""
INIT = "Школа № 5\n\n\n\nОрлова Вера Николаевна\n12-од\n30.08.2026\n\n"
IMPORT = "1\n"
DIPLOMA = "бел\nЖивое слово\n\n23.10.2026\n\n3\n\n\n\n\n"
ANSWERS = 19
KEYS = 91
"""As docs/how-to say it: few enough for a lesson; more is a change for the worse."""


def test_from_an_empty_folder_to_a_diploma_that_its_family_reads(terminal: Terminal) -> None:
    rows = ([*HEAD], [1, "Белова Анна Сергеевна", "14.05.2016", "4А", ""])
    sheet(terminal.folder, *rows)
    photo(terminal.folder / "IMG_1.jpg")

    terminal("init", ".", "--no-git", typed=INIT)
    terminal("class", "import", "list.xlsx", "--yes", typed=IMPORT)
    terminal("add", "IMG_1.jpg", "--yes", typed=DIPLOMA)
    assert terminal.mistakes() == []
    terminal("check")

    typed = INIT + IMPORT + DIPLOMA
    assert typed.count("\n") <= ANSWERS
    assert len(typed) <= KEYS
    consent = terminal.folder / "portfolios/records/belova-anna/consent.yml"
    consent.write_text(CONSENT, "utf-8")  # what the paper says
    built = build_school(terminal.folder, terminal.folder / "portfolios")
    holder, card = built.card("family:belova-anna")
    pages = built.reader(holder, card).pages().values()
    assert any("Живое слово" in page for page in pages)
    assert "Диплом — Живое слово" in "".join(pages)
    assert {holder.tier for _, holder, _ in built.cards()} >= {"teacher", "staff"}
