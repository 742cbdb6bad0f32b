"""JSON and XML are read as places, each with what stands there, and never with what would do harm."""

import pytest

from adapters.formats.finding import LONGEST_TEXT, Finding
from adapters.formats.json_text import looks_like_json, parsed_json
from adapters.formats.said import OfJson, said
from adapters.formats.xml_message import looks_like_xml, xml_message
from adapters.profile import Profile
from schemas.errors import Unreadable


@pytest.mark.parametrize(
    "raw",
    [
        b'{"a": 1, "a": 2}',
        b'{"a": [{"b": 1, "b": 1}]}',
        b'{"a": NaN}',
        b'{"a": -Infinity}',
        b'{"a": 1e999}',
        b'{"a": ' + b"9" * 41 + b"}",
        b"[" * 100_000,
        b"[" + b"1," * 400_000 + b"1]",
        b'{"a": 1',
        b"\xff{}",
        b'{"a": "\x01"}',
        b"{'a': 1}",
        b"",
    ],
)
def test_json_that_could_mean_two_things_or_do_harm_is_unreadable(raw: bytes) -> None:
    with pytest.raises(Unreadable):
        parsed_json(raw)


def test_json_is_told_by_how_it_begins() -> None:
    assert looks_like_json(b'\xef\xbb\xbf \n{"a": 1}')
    assert not looks_like_json(b"a,b\n[")


def test_a_value_of_json_is_told_with_its_pointer() -> None:
    place = OfJson({"a/b": {"c~d": [1, {"e": True}, {"e": None}]}, "blank": "  ", "n": 7.5})
    inner = place.inside("a/b").each("c~d")[1]
    assert inner.said("x", "e") == said("true", "/a~1b/c~0d/1/e")
    assert place.said("blank", "n") == said("7.5", "/n")
    assert place.inside("nothing").inside("there").said("x") is None
    assert place.inside("a/b").said("c~d") is None


def test_words_no_table_can_hold_are_cleaned() -> None:
    found = said("a\0b\ud800", "/x")
    assert found is not None
    assert found.text == "ab?"


def test_an_element_is_told_with_its_path_and_its_line() -> None:
    root = xml_message(b"<a xmlns='urn:x'>\n<b>1</b>\n<b><c> 2<!-- no --> 3 </c></b></a>")
    found = root.each("b")[1].said("c")
    assert found == said("2 3", "/a/b[2]/c, line 3")
    assert [one.path for one in root.find("c", "b")] == ["/a/b[1]", "/a/b[2]"]
    assert root.inside("nothing").inside("there").said("x") is None


@pytest.mark.parametrize(
    "raw", [b"{}", b"<a", b"<!DOCTYPE a><a/>", b"<a>" + b"<b/>" * 500_000 + b"</a>", b"<a>" * 1_000, b"<a>&b;</a>"]
)
def test_xml_that_could_do_harm_is_unreadable(raw: bytes) -> None:
    with pytest.raises(Unreadable):
        xml_message(raw)


def test_xml_is_told_by_how_it_begins() -> None:
    assert looks_like_xml("<a/>".encode("utf-16"))
    assert looks_like_xml(b"\xef\xbb\xbf\n <a/>")
    assert not looks_like_xml("<a/>".encode("cp037"))


def test_what_cannot_be_a_value_is_told_once_with_its_place_and_without_its_words() -> None:
    finding = Finding(Profile(title="x", layout="ours", source="x"))
    assert finding.day(said("a secret", "/a/b, line 3")) is None
    assert finding.day(said("a secret", "/a/b, line 3")) is None
    assert finding.whole(said("1e9", "/n")) is None
    assert finding.text(said("x" * (LONGEST_TEXT + 1), "/t")) is None
    assert [one.partition(" ")[0] for one in finding.reading([]).problems] == ["b,", "/n", "/t"]
    assert "secret" not in str(finding.reading([]))
