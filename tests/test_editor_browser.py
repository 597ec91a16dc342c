"""The editor in a real Chromium: a diploma from a phone, and what `check` says of it."""

from __future__ import annotations

import datetime as dt
import io
from difflib import ndiff
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from generator.check import check
from generator.load import load
from generator.model.entry import EntryBase
from generator.model.kinds import ENTRY
from generator.source import Document, parse
from tests.editors import OWN, SHARED, config, write_editor
from tests.world import SCHEMA, TODAY, world

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, FilePayload, Locator, Page

    from tests.conftest import Serve

pytestmark = pytest.mark.browser
TITLE = "Щедрый вечер: городской конкурс юных чтецов и рассказчиков №5"
OLD = "entries/festival-x8nw/entry.yml"
BEFORE = """\
kind: contest
id: x8nw
title: Фестиваль танца «Северный ветер»
date: 2026-04-04
programme: noo
form: creative
subject: yes
standing: '007'
scans:
  - file: diplom.jpg
    description: 'Диплом: международный фестиваль танца, проходивший в очень далёком городе у моря'
    document: diploma
    paper:
      number: '1e3'
      issued: 2026-04-05
    zoom: true
    mask:
      - left: 10
        top: 20
        width: 30
        height: 5
original: папка 1, файл 1
reflection: |
  Перед выходом мы взялись за руки.

  Сцена была скользкая, но мы это знали и танцевали мягче, чем на репетиции, и не упал никто.
people:
  - student: sidorov-oleg
    how: pictured
    masked: true
visibility: class
"""
CHANGED = [
    "- title: Фестиваль танца «Северный ветер»",
    "+ title: Фестиваль танца",
    # Of a key that no editor knows the letters' order is kept, not ours; `fmt` puts it back.
    "-     zoom: true",
    "+       stamped: false",
    "+       signed: false",
    "+       - height: 5",
    "-       - left: 10",
    "+         left: 10",
    "-         height: 5",
    "+     zoom: true",
    "- reflection: |",
    "+ reflection: |-",
    "-   - student: sidorov-oleg",
    "-     how: pictured",
    "+   - how: pictured",
    "+     student: sidorov-oleg",
    "+ draft: false",
]
"""Every line that is another after one word of the title was changed."""
# The folder that a family would choose lies in the browser's own file system.
PICKER = "window.showDirectoryPicker = () => navigator.storage.getDirectory();"
PUT = """async ([path, content]) => {
  const parts = path.split('/');
  let folder = await navigator.storage.getDirectory();
  for (const one of parts.slice(0, -1)) {
    folder = await folder.getDirectoryHandle(one, { create: true });
  }
  const file = await folder.getFileHandle(parts.at(-1), { create: true });
  const pen = await file.createWritable();
  await pen.write(new Uint8Array(content));
  await pen.close();
}"""
TAKE = """async () => {
  const found = {};
  const walk = async (folder, path) => {
    for await (const [name, one] of folder.entries()) {
      if (one.kind === 'directory') await walk(one, `${path}${name}/`);
      else found[path + name] = [...new Uint8Array(await (await one.getFile()).arrayBuffer())];
    }
  };
  await walk(await navigator.storage.getDirectory(), '');
  return found;
}"""


PROPOSED = """() => Object.values(window.repoFilesUnpublished).flatMap((one) => one.diffs)
  .map((one) => [one.path, typeof one.content === 'string' ? one.content : ''])"""
"""What Decap's own repository of the browser was told."""


class Thumb:
    """Somebody at a phone: every tap and every letter counts."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps, self.letters = page, 0, 0

    def tap(self, what: Locator) -> None:
        """One tap."""
        what.click()
        self.taps += 1

    def reach(self, what: Locator) -> Locator:
        """What is further down: the editor draws a field when one comes near."""
        self.page.mouse.move(195, 500)
        for _ in range(60):
            if what.count():
                break
            self.page.mouse.wheel(0, 300)
            self.page.wait_for_timeout(50)
        return what

    def button(self, name: str) -> None:
        """One tap at the last button of this name."""
        self.tap(self.page.get_by_role("button", name=name).last)

    def write(self, what: Locator, words: str) -> None:
        """A tap into a field, and the words, letter by letter as a thumb does.

        Filled at a stroke as soon as a new form is there, the field was seen empty again.
        """
        what.click()
        what.press_sequentially(words, delay=20)
        self.taps += 1
        self.letters += len(words)


def photo() -> bytes:
    """A picture as a phone takes it: lying, with the place in it."""
    picture = Image.linear_gradient("L").resize((2600, 1950)).convert("RGB")
    said = picture.getexif()
    said[0x0112], said[0x010F] = 6, "Phone"
    said.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=said)
    return out.getvalue()


def _scan() -> FilePayload:
    return {"name": "Диплом ШКОЛЫ №5.jpg", "mimeType": "image/jpeg", "buffer": photo()}


@pytest.fixture
def phone(context: BrowserContext) -> Page:
    """A page of 390 pixels, its folder ready."""
    context.add_init_script(PICKER)
    page = context.new_page()
    page.set_viewport_size({"width": 390, "height": 844})
    page.set_default_timeout(30_000)
    return page


@pytest.mark.covers("R-040", "R-042")
def test_a_parent_adds_a_diploma_from_a_phone_and_check_accepts_it(
    phone: Page, serve: Serve, tmp_path: Path
) -> None:
    address = serve(write_editor(tmp_path / "editor", OWN, config(OWN)))
    phone.goto(f"{address}index.html")
    phone.get_by_text("по ссылке, которую дала школа").wait_for()
    old = {OLD: BEFORE.encode(), "entries/festival-x8nw/diplom.jpg": photo(), ".git/HEAD": b"-"}
    for path, content in old.items():
        phone.evaluate(PUT, [path, list(content)])
    phone.goto(f"{address}index.html#student=belova-anna")
    phone.get_by_text("Работать с локальным репозиторием").click()
    phone.get_by_role("radio", name="Меню").wait_for()
    assert not phone.get_by_role("radio", name="Ресурсы").is_visible()
    thumb = Thumb(phone)
    _add_diploma(thumb)
    _rename_old(phone)
    _delete_nothing(phone)
    saved = {path: bytes(content) for path, content in phone.evaluate(TAKE).items()}

    assert (thumb.taps, thumb.letters) == (16, 81)
    _accepted(tmp_path / "school", saved)
    _only_its_line(saved[OLD].decode())


def _add_diploma(thumb: Thumb) -> None:
    page = thumb.page
    thumb.tap(page.get_by_text("Олимпиады и конкурсы").first)
    thumb.button("Создать новую запись")
    thumb.write(page.get_by_role("textbox", name="Название"), TITLE)
    page.locator("input[type=date]").first.fill("2026-11-20")
    thumb.taps += 4  # a phone's own calendar: open, day, month stays, done
    thumb.tap(thumb.reach(page.get_by_role("radio", name="творческий конкурс")))
    thumb.tap(thumb.reach(page.get_by_role("button").filter(has_text="скан")).last)
    thumb.button("Обзор")
    with page.expect_file_chooser() as asked:
        thumb.button("Загрузить")
    asked.value.set_files(_scan())
    thumb.taps += 2  # a phone's own: camera, use the photo
    thumb.tap(page.get_by_role("dialog").get_by_role("button", name="Вставить").last)
    page.get_by_text("diplom-shkoly-5.webp").wait_for()
    said = thumb.reach(page.get_by_role("textbox", name="Что на скане"))
    thumb.write(said, "Диплом: первое место")
    thumb.button("Сохранить")
    page.wait_for_url("**/collections/contest")


def _rename_old(page: Page) -> None:
    page.get_by_text("Северный ветер").first.click()
    title = page.get_by_role("textbox", name="Название")
    title.fill("Фестиваль танца")
    page.get_by_role("button", name="Сохранить").click()
    page.wait_for_url("**/collections/contest")


def _delete_nothing(page: Page) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.get_by_role("checkbox").nth(1).click()
    assert page.get_by_role("checkbox").nth(1).is_checked()
    assert page.get_by_role("button", name="Удалить").is_disabled()


def _accepted(root: Path, saved: dict[str, bytes]) -> None:
    below = "students/belova-anna/"
    new = _checked(root, {below + path: raw for path, raw in saved.items() if path[0] != "."})
    assert new.title == TITLE and new.date == dt.date(2026, 11, 20)
    assert new.file.split("/")[3] == f"schedriy-vecher-gorodskoy-konkur-{new.id}"
    assert new.visibility == "family"
    folder = new.file.removeprefix(below).removesuffix("entry.yml")
    picture = Image.open(io.BytesIO(saved[folder + new.scans[0].file]))
    assert (picture.format, picture.size, dict(picture.getexif())) == ("WEBP", (1500, 2000), {})


def _checked(root: Path, saved: dict[str, bytes]) -> EntryBase:
    """The entry that is new, when a school with these files has no mistake in them."""
    oleg = "name: {surname: Сидоров, given: Олег}\nborn: 2016-05-01\n"
    loaded = load(world(root, {**saved, "records/sidorov-oleg/student.yml": oleg}), SCHEMA)
    assert loaded.school and loaded.diagnostics == ()
    found = [one for one in check(loaded.school, TODAY) if "students/" in one.place.file]
    assert [one.code for one in found if one.is_error] == []
    entries = [entry for student in loaded.school.students for entry in student.entries]
    (new,) = (entry for entry in entries if entry.id != "x8nw")
    return new


def test_a_proposal_of_the_other_editor_is_accepted_too_and_nobody_publishes_it(
    page: Page, serve: Serve, tmp_path: Path
) -> None:
    told = config(SHARED) | {"backend": {"name": "test-repo"}}
    page.set_default_timeout(30_000)
    page.goto(f"{serve(write_editor(tmp_path / 'editor', SHARED, told))}#student=belova-anna")
    page.get_by_role("button", name="Войти").click()
    page.get_by_text("Олимпиады и конкурсы").first.click()
    page.get_by_role("link", name="Олимпиада или конкурс").click()
    page.get_by_label("Название").fill("Щедрый вечер")
    page.locator("input[type=date]").first.fill("2026-11-20")
    page.get_by_label("Что за состязание").fill("творч")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Добавить скан").click()
    page.get_by_role("button", name="Выберите файл").click()
    page.locator("input[type=file]").set_input_files(_scan())
    page.get_by_role("button", name="Выбрать помеченные").click()
    page.get_by_role("button", name="Сохранить").click()
    page.get_by_text("Изменения сохранены").wait_for()
    files = dict(page.evaluate(PROPOSED))

    assert not page.get_by_role("button", name="Опубликовать").count()
    school = {path.removeprefix("portfolios/"): text.encode() for path, text in files.items()}
    new = _checked(tmp_path / "school", {path: it or photo() for path, it in school.items()})
    assert (new.title, new.date, new.period) == ("Щедрый вечер", dt.date(2026, 11, 20), None)
    assert new.file == f"students/belova-anna/entries/contest-{new.id}/entry.yml"
    assert [scan.file for scan in new.scans] == ["диплом-школы-№5.jpg"]


def _only_its_line(after: str) -> None:
    lines = [line for line in ndiff(BEFORE.splitlines(), after.splitlines()) if line[0] in "-+"]
    assert lines == CHANGED
    was, now = (_entry(text) for text in (BEFORE, after))
    assert now == was.model_copy(update={"title": "Фестиваль танца"})


def _entry(text: str) -> EntryBase:
    document = parse("entry.yml", text.encode())
    assert isinstance(document, Document)
    return ENTRY.validate_python(document.value)
