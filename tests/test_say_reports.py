"""Programs are told what is wrong in their own formats, and nobody can write into those."""

import json
import re
from typing import Any, get_args
from urllib.parse import unquote_to_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.check import codes, explain
from generator.diagnostic import Diagnostic, Place, Severity, Text, quote
from generator.say import Format, Veil, say, to_sarif
from generator.say.reports import _message, _property
from tests.test_say import BELOVA, ENTRY, PASSING, VEIL, line, missing

FILE = "students/belova-anna/entries/a-x7k2/entry.yml"
HOSTILE = (
    "\n::error::x",
    "\r\n::stop-commands::x",
    "%0A::error::x",
    "::error file=a,line=1::x",
    "##[error]x",
    "\"'\\`",
    "</script><!--",
    "\u202egpj.exe",
    "\x1b[31m\x1b]0;x\x07",
    "\u2028::error::x\x85",
    "{0} [x](//example.invalid)",
    "a,b:c=d",
)
SHA_256 = re.compile("[0-9a-f]{32}")


def hostile(words: str, severity: Severity = "error") -> Diagnostic:
    text = Text(f"тут {quote(words)}", f"here {quote(words)}")
    return Diagnostic(Place(f"students/{words}", 3, 2, 4), "scan-missing", text, text, severity)


def raw(words: str) -> Diagnostic:
    """What nobody went through with `quote`: a slip of ours must not open the door either."""
    return Diagnostic(Place(words, 3, 2, 4), "scan-missing", Text(words, words), Text(words, words))


def whole(file: str) -> Diagnostic:
    return Diagnostic(Place(file), "unknown-file", Text("лишний", "x"), Text("уберите", "y"))


def github(*found: Diagnostic, veil: Veil | None = None) -> list[tuple[str, dict[str, str], str]]:
    """What a runner understands, read as its source says: name, properties, message."""
    said = say(found, "github", "ru", line, veil)
    return [_command(one) for one in said.splitlines()]


def _command(text: str) -> tuple[str, dict[str, str], str]:
    assert text.startswith("::")
    head, _, message = text[2:].partition("::")
    name, _, listed = head.partition(" ")
    properties = dict(one.split("=", 1) for one in listed.split(","))
    return name, {key: _read(value, ":,") for key, value in properties.items()}, _read(message, "")


def _read(text: str, more: str) -> str:
    for sign in f"\r\n{more}":
        text = text.replace(f"%{ord(sign):02X}", sign)
    return text.replace("%25", "%")


def gitlab(*found: Diagnostic, veil: Veil | None = None) -> Any:
    return json.loads(say(found, "gitlab", "ru", line, veil))


def sarif(*found: Diagnostic, veil: Veil | None = None) -> Any:
    (run,) = json.loads(to_sarif(found, "ru", explain, veil))["runs"]
    return run


# --- GitHub: workflow commands ---


def test_github_is_told_where_what_and_how_to_mend_it() -> None:
    assert say([missing()], "github", "en", line) == (
        f"::error file={FILE},line=5,col=11,endColumn=32,title=scan-missing::"
        "the scan `documents/gramota.jpg` is missing%0Afix: it looks like `gramota-2026.jpg`\n"
    )
    assert say([missing(severity="warning")], "github", "ru", line).startswith("::warning file=")


def test_github_is_told_no_line_of_a_whole_file() -> None:
    ((name, properties, message),) = github(whole("students/x/diplom.jpg"))

    assert name == "error"
    assert properties == {"file": "students/x/diplom.jpg", "title": "unknown-file"}
    assert message == "лишний\nfix: уберите"


def test_what_means_something_in_a_command_is_escaped_and_only_that() -> None:
    odd = Diagnostic(Place("a,b:c%.yml", 1, 1), "x", Text("50%: a, b", ""), Text("так", ""))

    assert say([odd], "github", "ru", line) == (
        "::error file=a%2Cb%3Ac%25.yml,line=1,col=1,endColumn=2,title=x::50%25: a, b%0Afix: так\n"
    )


def test_line_ends_are_escaped_even_where_none_should_come() -> None:
    assert _message("a\r\nb%0A") == "a%0D%0Ab%250A"
    assert _property("a\r\nb:c,d") == "a%0D%0Ab%3Ac%2Cd"


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("make", [hostile, raw])
def test_nobodys_words_become_a_command(make: Any, words: str) -> None:
    said = say([make(words)], "github", "ru", line)

    assert len(said.splitlines()) == 1
    assert said[:-1].isprintable()
    ((name, properties, message),) = github(make(words))
    assert name == "error"
    assert properties.keys() == {"file", "line", "col", "endColumn", "title"}
    assert properties["title"] == "scan-missing"
    assert message.count("\n") == 1


def test_github_is_told_of_every_single_one() -> None:
    assert len(github(*(missing(number) for number in range(1, 9)))) == 8


# --- GitLab: Code Quality ---


def test_gitlab_gets_every_field_that_it_needs() -> None:
    (one,) = gitlab(missing())

    assert one.keys() == {"description", "check_name", "fingerprint", "severity", "location"}
    assert one["description"] == (
        "скана `documents/gramota.jpg` нет в папке; fix: похоже на `gramota-2026.jpg`"
    )
    assert one["check_name"] == "scan-missing"
    assert SHA_256.fullmatch(one["fingerprint"])
    assert one["severity"] == "major"
    assert one["location"] == {"path": FILE, "lines": {"begin": 5}}
    assert gitlab(missing(severity="warning"))[0]["severity"] == "minor"


def test_a_whole_file_is_its_first_line_for_gitlab() -> None:
    assert gitlab(whole("a.jpg"))[0]["location"] == {"path": "a.jpg", "lines": {"begin": 1}}


def test_nothing_wrong_is_an_empty_report() -> None:
    assert say([], "github", "ru", line) == ""
    assert gitlab() == []
    assert sarif()["results"] == []


# --- fingerprints ---


def fingerprints(*found: Diagnostic, veil: Veil | None = None) -> list[str]:
    """The fingerprints, which GitLab and SARIF share."""
    told = [one["fingerprint"] for one in gitlab(*found, veil=veil)]
    prints = [one["partialFingerprints"] for one in sarif(*found, veil=veil)["results"]]
    assert prints == [{"stupeniMistake/v1": one} for one in told]
    return told


@pytest.mark.parametrize("veil", [None, VEIL, PASSING])
def test_a_mistake_keeps_its_fingerprint_when_its_line_moves(veil: Veil | None) -> None:
    assert fingerprints(missing(5), veil=veil) == fingerprints(missing(17), veil=veil)


@pytest.mark.parametrize("veil", [None, VEIL, PASSING])
def test_no_two_mistakes_share_a_fingerprint(veil: Veil | None) -> None:
    found = [missing(1), missing(2), missing(3, "other"), whole("a.jpg"), whole("b.jpg")]

    assert len({*fingerprints(*found, veil=veil)}) == 5


def test_neither_other_sentences_nor_another_language_change_a_fingerprint() -> None:
    other = Text("файла `documents/gramota.jpg` не видно", "`documents` has no `gramota.jpg`")
    again = Diagnostic(missing().place, "scan-missing", other, other)

    assert fingerprints(again) == fingerprints(missing())
    (english,) = json.loads(say([again], "gitlab", "en", line))
    assert [english["fingerprint"]] == fingerprints(missing())


def test_on_a_public_log_a_fingerprint_is_made_of_what_is_shown() -> None:
    first, second = (
        Diagnostic(Place("a.yml", 1, 1), "x", Text(f"нет `{name}`", ""), Text("", ""))
        for name in ("белова", "петров")
    )

    assert fingerprints(first, veil=VEIL) == fingerprints(second, veil=VEIL)
    assert fingerprints(first) != fingerprints(second)


def test_without_a_lasting_key_fingerprints_are_the_same_in_every_run_and_tell_no_name() -> None:
    others = [
        Diagnostic(Place("students/petrov-oleg/entries/b-k3m9/entry.yml", 9), one.code,
                   one.message, one.fix)
        for one in (missing(5), missing(6))
    ]  # fmt: skip
    runs = [Veil(bytes([n]) * 32, lasting=False) for n in (1, 2)]
    told = [fingerprints(missing(5), missing(6), veil=veil) for veil in runs]

    assert told[0] == told[1] == fingerprints(*others, veil=runs[0])
    lasting = [Veil(veil.key, lasting=True) for veil in runs]
    assert len({fingerprints(missing(5), veil=veil)[0] for veil in lasting}) == 2


# --- SARIF 2.1.0 ---


def test_a_sarif_log_has_what_the_standard_demands() -> None:
    log = json.loads(to_sarif([missing(), whole("a b.jpg")], "en", explain))

    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-schema-2.1.0.json")
    (run,) = log["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["language"] == "en"
    assert run["tool"]["driver"]["name"] == "stupeni"
    ids = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert ids == ["scan-missing", "unknown-file"]
    for result in run["results"]:
        assert ids[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in ("error", "warning")
        assert result["message"]["text"]
        (location,) = result["locations"]
        assert location["physicalLocation"]["artifactLocation"]["uri"]
        assert location["physicalLocation"]["region"]["startLine"] >= 1


def test_sarif_names_the_place_from_its_first_sign_to_behind_its_last() -> None:
    found, file = (
        result["locations"][0]["physicalLocation"]
        for result in sarif(missing(5), whole("z/my file#1:2%.jpg"))["results"]
    )

    assert found["artifactLocation"] == {"uri": FILE}
    assert found["region"] == {"startLine": 5, "startColumn": 11, "endColumn": 32}
    assert file["artifactLocation"] == {"uri": "z/my%20file%231%3A2%25.jpg"}
    assert file["region"] == {"startLine": 1}


def test_sarif_says_what_and_how_to_mend_it() -> None:
    assert sarif(missing())["results"][0]["message"]["text"] == (
        "скана `documents/gramota.jpg` нет в папке\nfix: похоже на `gramota-2026.jpg`"
    )


@pytest.mark.parametrize("code", codes())
def test_every_code_is_a_rule_with_its_own_page(code: str) -> None:
    (rule,) = sarif(missing(code=code))["tool"]["driver"]["rules"]
    first, _, rest = (explain(code) or "").partition("\n\n")

    assert rule["id"] == code
    assert rule["shortDescription"]["text"] == first
    assert rule["fullDescription"]["text"].replace("{{", "{").replace("}}", "}") == rest
    assert "Почему важно:" in rest


def test_a_code_without_a_page_is_a_rule_too() -> None:
    (rule,) = sarif(missing(code="never-seen"))["tool"]["driver"]["rules"]

    assert rule["shortDescription"] == rule["fullDescription"] == {"text": "never-seen"}


def test_no_words_are_taken_for_a_place_of_an_argument_or_for_a_link() -> None:
    message = sarif(hostile("{0} [x](//example.invalid)"))["results"][0]["message"]["text"]

    assert "{{0}} [x] (//example.invalid)" in message


def test_a_name_that_is_no_utf8_is_the_bytes_of_the_file() -> None:
    name = b"students/\xff\xcf.jpg"
    found = whole(name.decode(errors="surrogateescape"))

    physical = sarif(found)["results"][0]["locations"][0]["physicalLocation"]
    assert unquote_to_bytes(physical["artifactLocation"]["uri"]) == name
    for form in get_args(Format):
        say([found], form, "ru", line).encode()
        say([found], form, "ru", line, veil=VEIL).encode()


# --- everybody's words in every format ---


@pytest.mark.parametrize("form", [*get_args(Format), "sarif"])
@pytest.mark.parametrize("words", HOSTILE)
def test_no_form_holds_a_sign_that_steers_its_reader(form: Any, words: str) -> None:
    said = everything([hostile(words), raw(words)], form)

    assert all(row.isprintable() for row in said.split("\n"))


@pytest.mark.parametrize("form", [*get_args(Format), "sarif"])
def test_on_a_public_log_no_form_holds_a_writers_word(form: Any) -> None:
    open_quote = Text("не закрыто: `gramota", "never closed: `gramota")
    found = [missing(), Diagnostic(missing().place, "x", open_quote, open_quote)]
    said = everything(found, form, veil=VEIL)

    assert "gramota" not in said
    assert "belova" not in said
    assert "a-x7k2" not in said
    assert f"students/{BELOVA}/entries/{ENTRY}/entry.yml" in said
    assert "скана `…` нет в папке" in said


@given(st.lists(st.tuples(*[st.text(max_size=40)] * 3, st.integers(0, 9)), max_size=4))
def test_arbitrary_words_leave_every_form_whole(drawn: list[tuple[str, str, str, int]]) -> None:
    found = [
        Diagnostic(Place(f"a{path}", at, at), "x", Text(message, message), Text(fix, fix))
        for message, fix, path, at in drawn
    ]
    for veil in (None, VEIL, PASSING):
        told = github(*found, veil=veil)
        assert [(name, properties["title"]) for name, properties, _ in told] == (
            [("error", "x")] * len(found)
        )
        assert len(gitlab(*found, veil=veil)) == len(found)
        assert len(sarif(*found, veil=veil)["results"]) == len(found)
        assert len({*fingerprints(*found, veil=veil)}) == len(found)
        shown = json.loads(say(found, "json", "ru", line, veil))
        if not veil:
            assert sorted(one["file"] for one in shown) == sorted(one.place.file for one in found)


def everything(found: list[Diagnostic], form: Any, veil: Veil | None = None) -> str:
    """What is said in a form, SARIF included."""
    if form == "sarif":
        return to_sarif(found, "ru", explain, veil)
    return say(found, form, "ru", line, veil)
