"""Pack: what is put by comes back as it was, here and on another machine."""

import gc
import pickle
from dataclasses import replace
from pathlib import Path

from generator.flow.garbage import all_is_kept, until_the_end
from generator.flow.kept import Part, put_by
from generator.flow.pack import Pack
from generator.model.edition import Share
from generator.model.site import File, Kept, Laid, Packed, Page, Picture, Shell
from generator.pages.spines import find_spines
from generator.seal import Sealed, carry, seal
from generator.seal.keys import Keys
from tests.test_pages import edition, entry

KEYS = Keys(bytes(range(32)), "0" * 16, "primary")
SHELL = Shell(("", "root", "", "id", "", "payload", "", "door"))


def test_files_lie_in_the_pack_byte_for_byte_and_leave_no_name(tmp_path: Path) -> None:
    files = File("p/a.html", b"one"), File("p/b.html", b""), File("a/c.js", b"three" * 9000)
    old = Kept("a/d.js", "00", 1, 2)
    open_page = File("o/x.html", b"in clear", "open", ("x",))
    pack = Pack(tmp_path)
    sealed = pack.put_all(Sealed(pages=files[:2], assets=(files[2], old), open=(open_page,)))
    packed = (*sealed.pages, *sealed.assets[:1])
    assert all(isinstance(one, Packed) for one in packed)
    for one, file in zip(packed, files, strict=True):
        assert isinstance(one, Packed)
        assert (one.path, one.content, one.sha256, one.size, one.origin) == (
            file.path, file.content, file.sha256, file.size, file.origin,
        )  # fmt: skip
        assert pickle.loads(pickle.dumps(one)) == file
    assert (sealed.assets[1], sealed.open) == (old, (open_page,))
    assert not list(tmp_path.iterdir())


def test_a_picture_is_sealed_again_only_for_other_readers(tmp_path: Path) -> None:
    (tmp_path / "one.webp").write_bytes(b"picture")
    name, picture = "anna/d1", Picture(str(tmp_path / "one.webp"), 10, 10, "d1")
    page = Page("anna", f'<img data-sealed="asset:{name}">', ("a",), ((name, picture),))
    first = seal((page,), KEYS, SHELL)
    kept = Kept(first.assets[0].path, first.assets[0].sha256, first.assets[0].size, 7)
    gone = Kept("a/gone.js", "00", 1, 2)
    older = Sealed[Laid](assets=(kept, gone), references=first.references, bound=first.bound)

    again = seal((page,), KEYS, SHELL, (), older)
    assert (again.assets, again.pages, again.references) == ((), first.pages, first.references)
    assert carry(again, older).assets == (kept,)

    replaced = Keys(KEYS.master, KEYS.site, KEYS.level, {"a": 2})
    for pages, keys in (((replace(page, compartments=("a", "b")),), KEYS), ((page,), replaced)):
        anew = seal(pages, keys, SHELL, (), older)
        assert anew.assets == seal(pages, keys, SHELL).assets != ()
        assert carry(anew, older).assets == anew.assets


def test_a_part_is_put_by_but_for_its_files_and_comes_back_as_it_was(tmp_path: Path) -> None:
    pack = Pack(tmp_path)
    files = pack.put((File("p/a.html", b"closed up"),))
    share = Share("anna", (edition(entry("a", title="Робот")),), (), ())
    sealed = Sealed(pages=files, references={"anna/d1": "oid#key"})
    part = Part(share, {}, sealed, find_spines(share, "ru"), frozenset({"a.jpg"}), "mark")
    filed = put_by(part, pack)
    assert (filed.student, filed.fetch()) == ("anna", part)
    # A pickle of its files would hold all their bytes.
    assert filed.fetch().sealed is sealed and b"closed up" not in filed.rest.fetch()
    words = "Робот".encode()
    assert words in filed.rest.fetch() and "Робот" not in repr(filed)


def test_what_is_kept_is_not_looked_through_until_the_end() -> None:
    with until_the_end():
        with all_is_kept():
            assert not gc.isenabled()
        assert gc.isenabled()
        assert gc.get_freeze_count()
    assert not gc.get_freeze_count()
