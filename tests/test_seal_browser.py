"""theme/seal in a real Chromium. Does the browser open exactly what the Python half sealed?"""

from __future__ import annotations

import base64
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cryptography_vectors
import pytest

from generator.seal.cipher import close, derive, pack, sign
from generator.seal.codes import Misread, from_words, read_word_list, to_text, to_words
from generator.seal.envelope import Envelope, wrap
from tests.sealed_site import PARTS, SEAL, WORDS, regions

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[1]
VECTORS = json.loads((ROOT / "schema" / "vectors" / "seal-v2.json").read_text("utf-8"))


# ---- the three files without a page around them ----


def _library(chromium: Browser, folder: Path, words: tuple[str, ...]) -> Page:
    """A blank page with cipher, envelope, codes and words, and with hex for arguments."""
    scripts = "".join(f'<script src="{(SEAL / name).as_uri()}"></script>' for name in PARTS[:3])
    blank = folder / "blank.html"
    blank.write_text(f"<!doctype html><meta charset=utf-8><title>-</title>{scripts}", "utf-8")
    page = chromium.new_page()
    page.goto(blank.as_uri())
    page.evaluate("words => { Stupeni.words = words }", list(words))
    page.evaluate(
        """() => {
          const byte = (two) => parseInt(two, 16);
          window.bytes = (hex) => Uint8Array.from(hex.match(/../g) || [], byte);
          window.hex = (raw) => Array.from(raw, (it) => it.toString(16).padStart(2, "0")).join("");
          window.outcome = (promise) => promise.then(hex, (wrong) => "refused: " + wrong.code);
        }"""
    )
    return page


@pytest.fixture(scope="module")
def halves(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The browser half alone, with the made-up words."""
    page = _library(chromium, tmp_path_factory.mktemp("halves"), WORDS)
    yield page
    page.close()


def test_the_words_of_these_tests_are_2048_and_differ_in_four_letters() -> None:
    assert len(WORDS) == len({word[:4] for word in WORDS}) == 2048


def test_keys_and_names_are_the_known_answers_of_the_design(halves: Page) -> None:
    derived = halves.evaluate(
        """async (master) => {
          const { pack, derive, toBase32 } = Stupeni.cipher;
          const site = "0011223344556677", level = "preschool";
          const of = (length, ...purpose) => derive(bytes(master), pack(...purpose), length);
          const secret = await of(16, "audience", site, level, "family:42", "1");
          return [
            hex(await of(32, "compartment", site, level, "child:42/family", "1")),
            hex(await of(32, "compartment", site, level, "class:3b/shared", "2")),
            hex(secret),
            toBase32(await derive(secret, pack("locator", site), 10)),
            toBase32(await of(10, "oid", site, level, "page", "child/42/family/index")),
          ];
        }""",
        bytes(range(32)).hex(),
    )
    child, klass, secret, locator, oid = derived
    # From the normative design, which cross-checked them before either half was written.
    assert child.startswith("833dc02d3c906525") and child.endswith("585bc6aa")
    assert klass.startswith("af6e066a444465cb") and klass.endswith("3fa57471")
    assert secret == "ed68fbfd69aacd9afbb61e34ae1a2a99"
    assert (locator, oid) == ("t65txy5cxuulxsfz", "zpf6yukkcldapqg5")


def _opened(halves: Page, row: dict[str, Any], key: str) -> str:
    """Hex of what a sealed object of the vectors holds, or why it was refused."""
    opener = (
        "openFor(raw, where, [bytes(key)])"
        if row["kind"] == "page"
        else "openWith(raw, where, bytes(key))"
    )
    found: str = halves.evaluate(
        f"""async ([site, level, kind, oid, sealed, key]) => {{
          const raw = Stupeni.cipher.fromBase64(sealed);
          const where = Stupeni.envelope.context(site, level, kind, oid);
          return outcome(Stupeni.envelope.{opener});
        }}""",
        [VECTORS["site"], VECTORS["level"], row["kind"], row["oid"], row["sealed"], key],
    )
    return found


def test_every_sealed_vector_opens_for_its_readers_and_for_nobody_else(halves: Page) -> None:
    for row in VECTORS["objects"]:
        content = base64.b64decode(row["content"]).hex()
        if row["kind"] == "asset":
            assert _opened(halves, row, row["cek"]) == content
            assert _opened(halves, row, "00" * 32) == "refused: damaged"
            continue
        for name, key in VECTORS["compartments"].items():
            expected = content if name in row["readers"] else "refused: wrong-page"
            assert _opened(halves, row, key) == expected, (row["path"], name)


def test_an_object_under_another_name_kind_site_or_level_does_not_open(halves: Page) -> None:
    row = VECTORS["objects"][0]
    key = VECTORS["compartments"]["staff"]
    assert (
        _opened(halves, row | {"oid": VECTORS["objects"][1]["oid"]}, key) == "refused: wrong-page"
    )
    asset = VECTORS["objects"][-1]
    assert _opened(halves, asset | {"oid": row["oid"]}, asset["cek"]) == "refused: damaged"
    for site, level in (("8899aabbccddeeff", "preschool"), ("0011223344556677", "basic")):
        found = halves.evaluate(
            """async ([site, level, oid, sealed, key]) => {
              const where = Stupeni.envelope.context(site, level, "page", oid);
              const raw = Stupeni.cipher.fromBase64(sealed);
              return outcome(Stupeni.envelope.openFor(raw, where, [bytes(key)]));
            }""",
            [site, level, row["oid"], row["sealed"], key],
        )
        assert found == "refused: wrong-page"


def test_the_keyring_vector_opens_only_with_its_code_at_its_place(halves: Page) -> None:
    audience = VECTORS["audience"]

    def opened(locator: str, secret: str) -> str:
        found: str = halves.evaluate(
            """async ([site, level, locator, secret, file]) => outcome(Stupeni.envelope.openRing(
              Stupeni.cipher.fromBase64(file), site, level, locator, bytes(secret)))""",
            [VECTORS["site"], VECTORS["level"], locator, secret, audience["ring_file"]],
        )
        return found

    content = bytes.fromhex(opened(audience["locator"], audience["secret"]))
    assert json.loads(content) == audience["ring"]
    assert opened("aaaaaaaaaaaaaaaa", audience["secret"]) == "refused: damaged"
    assert opened(audience["locator"], "00" * 16) == "refused: damaged"


# ---- published known answers of the primitives, through cipher.js ----


def _records(path: str, *, last: str) -> Iterator[dict[str, str]]:
    """Records of a NIST or RFC vector file, each ending with the field `last` or a bare FAIL."""
    record: dict[str, str] = {}
    with cryptography_vectors.open_vector_file(path, "r") as lines:
        for line in lines:
            text = line.strip()
            if text.startswith("[") and "=" in text:
                name, value = text.strip("[]").split("=")
                record = {**record, name.strip(): value.strip()}
                continue
            if text == "FAIL":
                name, value = last, "FAIL"
            elif "=" in text and not text.startswith("#"):
                name, value = (part.strip() for part in text.split("=", 1))
            else:
                continue
            record = {**record, name: value}
            if name == last:
                yield record


def test_aes_gcm_agrees_with_every_nist_answer_for_our_sizes(halves: Page) -> None:
    rows = [
        it
        for it in _records("ciphers/AES/GCM/gcmDecrypt256.rsp", last="PT")
        if (it["IVlen"], it["Taglen"]) == ("96", "128")
    ]
    found = halves.evaluate(
        """(rows) => Promise.all(rows.map(async (it) => {
          const text = await Stupeni.cipher.unclose(
            bytes(it.Key), bytes(it.CT + it.Tag), bytes(it.AAD), bytes(it.IV));
          return text === null ? "FAIL" : hex(text);
        }))""",
        rows,
    )
    assert found == [row["PT"] for row in rows]
    assert len(rows) == 375 and 100 < found.count("FAIL") < 250


def test_hkdf_agrees_with_rfc_5869(halves: Page) -> None:
    rows = [
        it
        for name in ("rfc-5869-HKDF-SHA256.txt", "hkdf-generated.txt")
        for it in _records(f"KDF/{name}", last="OKM")
    ]
    found = halves.evaluate(
        """(rows) => Promise.all(rows.map(async (it) => hex(await Stupeni.cipher.derive(
          bytes(it.IKM), bytes(it.info), Number(it.L), bytes(it.salt)))))""",
        rows,
    )
    assert len(rows) == 4 and found == [row["OKM"] for row in rows]


def test_hmac_agrees_with_rfc_4231_and_refuses_a_changed_message(halves: Page) -> None:
    rows = list(_records("HMAC/rfc-4231-sha256.txt", last="MD"))
    found = halves.evaluate(
        """(rows) => Promise.all(rows.flatMap((it) => ["", "00"].map((more) =>
          Stupeni.cipher.isSigned(bytes(it.Key), bytes(it.Msg + more), bytes(it.MD)))))""",
        rows,
    )
    assert len(rows) >= 6 and found == [True, False] * len(rows)


# ---- changed, cut and random bytes ----


def test_a_flipped_bit_anywhere_is_refused(halves: Page) -> None:
    row = VECTORS["objects"][2]
    raw = base64.b64decode(row["sealed"])
    for region, at in regions(raw).items():
        flipped = base64.b64encode(raw[:at] + bytes((raw[at] ^ 1,)) + raw[at + 1 :]).decode()
        found = _opened(
            halves, row | {"sealed": flipped}, VECTORS["compartments"][row["readers"][0]]
        )
        # A slot may be the reader's or nobody's: either there is no key, or the header is wrong.
        expected = {"salt": ["wrong-page"], "slot": ["wrong-page", "damaged"]}
        said = [f"refused: {code}" for code in expected.get(region, ["damaged"])]
        assert found in said, region


def test_a_cut_or_lengthened_object_is_refused(halves: Page) -> None:
    row = VECTORS["objects"][2]
    raw = base64.b64decode(row["sealed"])
    key = VECTORS["compartments"][row["readers"][0]]
    for length in (0, 3, 4, 6, 21, 22, 69, 70, 101, 102, 117, 118, len(raw) - 1):
        cut = base64.b64encode(raw[:length]).decode()
        assert _opened(halves, row | {"sealed": cut}, key) == "refused: damaged", length
    longer = base64.b64encode(raw + b"\0").decode()
    assert _opened(halves, row | {"sealed": longer}, key) == "refused: damaged"


def _crafted(*, flags: int = 0, slots: int = 1, mac_mask: int = 0) -> dict[str, str]:
    """An object made by somebody who holds every key and only breaks the one rule asked for."""
    where = pack("pfseal/v1", VECTORS["site"], VECTORS["level"], "page", "a" * 16)
    reader, cek, salt = bytes(32), b"c" * 32, b"s" * 16
    slot = close(derive(reader, pack("slot", where, salt), 32), cek, where)
    header = Envelope(flags, salt, (slot,) * slots, b"", b"").header
    mac = bytes(byte ^ mac_mask for byte in sign(derive(cek, b"header", 32), where + header))
    body = close(derive(cek, b"body", 32), wrap(b"hi", compress=False), where + header + mac)
    sealed = base64.b64encode(header + mac + body).decode()
    return {"kind": "page", "oid": "a" * 16, "sealed": sealed}


def test_not_even_who_holds_the_keys_may_break_the_rules_of_the_format(halves: Page) -> None:
    key = bytes(32).hex()
    for slots in (1, 2, 4, 8, 16):
        assert _opened(halves, _crafted(slots=slots), key) == b"hi".hex()
    for slots in (3, 5, 17, 32):
        assert _opened(halves, _crafted(slots=slots), key) == "refused: damaged", slots
    for flags in (2, 4, 128):
        assert _opened(halves, _crafted(flags=flags), key) == "refused: damaged", flags
    # The body agrees with this signature; only the signature itself commits to the key.
    assert _opened(halves, _crafted(mac_mask=1), key) == "refused: damaged"


def test_random_bytes_never_open(halves: Page) -> None:
    dice = random.Random(7)
    headers = [b"PFS1" + bytes((dice.choice((0, 1, 2, 255)), n)) for n in (0, 1, 3, 16, 17, 255)]
    samples = [dice.randbytes(dice.randrange(400)) for _ in range(100)]
    samples += [header + dice.randbytes(1200) for header in headers]
    found = halves.evaluate(
        """(samples) => Promise.all(samples.map((it) => outcome(Stupeni.envelope.openFor(
          bytes(it), bytes("00"), [bytes("11".repeat(32))]))))""",
        [sample.hex() for sample in samples],
    )
    assert set(found) <= {"refused: damaged", "refused: wrong-page"}


def test_a_body_with_a_false_frame_is_refused(halves: Page) -> None:
    def unwrapped(body: bytes, *, compressed: bool = False) -> str:
        found: str = halves.evaluate(
            "([body, gzip]) => outcome(Stupeni.envelope.unwrap(bytes(body), gzip))",
            [body.hex(), compressed],
        )
        return found

    assert unwrapped(b"\0\0\0\2hi\0\0") == b"hi".hex()
    assert unwrapped(b"\0\0\0\0") == ""
    assert unwrapped(wrap(b"hi", compress=True), compressed=True) == b"hi".hex()
    for false in (b"", b"\0\0\0", b"\0\0\0\3hi", b"\xff\xff\xff\xffhi", b"\0\0\0\2hi\0\1"):
        assert unwrapped(false) == "refused: damaged", false
    packed = wrap(b"hi" * 50, compress=True)
    for false in (
        b"\0\0\0\2hi\0\0",
        b"\0\0\0\x05" + packed[4:9],
        packed.replace(b"\x1f\x8b", b"\x1f\x8c"),
    ):
        assert unwrapped(false, compressed=True) == "refused: damaged", false


# ---- codes ----

SECRET = bytes.fromhex("ed68fbfd69aacd9afbb61e34ae1a2a99")
PHRASE = to_words(SECRET, WORDS)


def _read(halves: Page, text: str) -> dict[str, Any]:
    found: dict[str, Any] = halves.evaluate(
        """async (text) => {
          const read = await Stupeni.codes.fromWords(text);
          return read.secret ? { secret: hex(read.secret) } : read;
        }""",
        text,
    )
    return found


def test_words_of_the_vector_are_those_of_the_specification(halves: Page) -> None:
    expected = [WORDS[number] for number in VECTORS["audience"]["word_numbers"]]
    assert (
        halves.evaluate("(secret) => Stupeni.codes.toWords(bytes(secret))", SECRET.hex())
        == expected
    )


def test_both_halves_write_and_read_the_same_words(halves: Page) -> None:
    dice = random.Random(11)
    secrets = [bytes(16), b"\xff" * 16, *(dice.randbytes(16) for _ in range(60))]
    written = halves.evaluate(
        "(all) => Promise.all(all.map((it) => Stupeni.codes.toWords(bytes(it))))",
        [secret.hex() for secret in secrets],
    )
    assert [tuple(words) for words in written] == [to_words(secret, WORDS) for secret in secrets]
    for secret, words in zip(secrets, written, strict=True):
        assert _read(halves, " ".join(words)) == {"secret": secret.hex()}


@pytest.mark.parametrize(
    "typed",
    [
        " ".join(PHRASE),
        "  " + "\n".join(PHRASE) + "\n\n",
        ", ".join(PHRASE) + ".",
        "-".join(PHRASE),
        " — ".join(PHRASE),
        "\t\u00a0".join(PHRASE),
        " ".join(PHRASE).upper(),
        " ".join(PHRASE).replace("е", "ё"),
        " ".join(PHRASE).replace("е", "е\u0308").replace("й", "и\u0306"),
        " ".join(word[:4] for word in PHRASE),
        " ".join(word + "ми" for word in PHRASE),
        " ".join(f"{number}. {word}" for number, word in enumerate(PHRASE, 1)),
    ],
    ids=[
        "plain", "lines", "commas", "hyphens", "dashes", "tabs and hard spaces", "capitals", "yo",
        "decomposed", "four letters", "other endings", "numbered",
    ],
)  # fmt: skip
def test_a_code_is_read_however_it_is_typed(halves: Page, typed: str) -> None:
    assert _read(halves, typed) == {"secret": SECRET.hex()}
    assert from_words(typed, WORDS) == SECRET


@pytest.mark.parametrize(
    ("typed", "slip"),
    [
        ("", {"fault": "word-count", "number": 0}),
        ("cobaka", {"fault": "word-count", "number": 0}),
        (" ".join(PHRASE[:11]), {"fault": "word-count", "number": 11}),
        (" ".join([*PHRASE, PHRASE[0]]), {"fault": "word-count", "number": 13}),
        (
            " ".join([*PHRASE[:4], "щука", *PHRASE[5:]]),
            {"fault": "unknown-word", "word": "щука", "number": 5},
        ),
        (f"{PHRASE[0]} баб", {"fault": "unknown-word", "word": "баб", "number": 2}),
    ],
    ids=["nothing", "Latin letters", "one missing", "one too many", "not on the list", "cut short"],
)
def test_a_slip_says_what_to_look_at(halves: Page, typed: str, slip: dict[str, Any]) -> None:
    assert _read(halves, typed) == slip
    with pytest.raises(Misread):
        from_words(typed, WORDS)


def test_four_check_bits_catch_fifteen_slips_in_sixteen(halves: Page) -> None:
    other = [w for w in WORDS[::40] if w != PHRASE[3]]
    typed = [" ".join([*PHRASE[:3], word, *PHRASE[4:]]) for word in other]
    found = [_read(halves, text).get("fault") for text in typed]
    for text, fault in zip(typed, found, strict=True):
        if fault is None:
            from_words(text, WORDS)
        else:
            with pytest.raises(Misread):
                from_words(text, WORDS)
    assert set(found) <= {None, "word-check"} and found.count(None) < len(found) / 4


def test_the_list_of_the_cards_works_in_both_halves(chromium: Browser, tmp_path: Path) -> None:
    cards = read_word_list(ROOT / "schema" / "words-ru.txt")
    dice = random.Random(13)
    secrets = [dice.randbytes(16) for _ in range(20)]
    page = _library(chromium, tmp_path, cards)
    for secret in secrets:
        assert _read(page, " ".join(to_words(secret, cards))) == {"secret": secret.hex()}
    page.close()


def test_a_link_carries_the_same_code_and_a_cut_link_none(halves: Page) -> None:
    link = f"https://school.example/#k={to_text(SECRET)}"

    def read(text: str) -> str | None:
        found: str | None = halves.evaluate(
            "(text) => { const raw = Stupeni.codes.fromLink(text); return raw && hex(raw) }", text
        )
        return found

    assert read(link) == read(f" {link}\n") == read(f"#k={to_text(SECRET)}") == SECRET.hex()
    for broken in (link[:-1], link + "A", link.replace("#k=", "?k="), link[:-1] + "%", ""):
        assert read(broken) is None, broken


def test_suggestions_begin_with_the_second_letter_and_are_at_most_five(halves: Page) -> None:
    def suggested(typed: str) -> list[str]:
        found: list[str] = halves.evaluate("(typed) => Stupeni.codes.suggest(typed)", typed)
        return found

    assert suggested("б") == []
    assert suggested("БА") == ["бабайка", "бабейка", "бабийка", "бабуйка", "бадайка"]
    assert suggested("бёбе") == suggested("бебейка") == ["бебейка"]
    assert suggested("щу") == []
