"""Encodings, line ends and spans: the text is decided when it is read, and the same bytes give the same text."""

from __future__ import annotations

import gzip
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.document import Document
from detente.errors import ReadError
from detente.sources import REASONS, read_bytes
from detente.sources.encodings import decode
from detente.sources.guard import close_children

ODD = "e\u0301 a\u0308 \u200f\u202bשלום\u202c \u00ad\u200b\r\n\r\t«“”»\u2019👩‍👩‍👧 ﷺ\ufeff"
TEXTS = st.text(
    alphabet=st.one_of(st.sampled_from(ODD), st.characters(exclude_categories=("Cs",), exclude_characters="\0")),
    max_size=300,
)


@pytest.fixture(autouse=True, scope="module")
def _no_children_left():
    yield
    close_children()


def one(data: bytes, name: str = "a.txt", **more) -> Document:
    (found,) = read_bytes(data, name=name, **more)
    assert isinstance(found, Document), found
    return found


@given(TEXTS)
@settings(deadline=None)
def test_plain_text_is_what_open_would_read(text):
    data = b"The text: " + text.encode()
    document = one(data)
    expected = data.decode().replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    assert document.text == expected
    assert one(data) == document


@given(TEXTS)
@settings(deadline=None)
def test_the_text_of_a_json_line_is_kept_to_the_character(text):
    text = f"Said: {text}"
    document = one(json.dumps({"text": text}).encode() + b"\n", "a.jsonl")
    assert document.text == text.replace("\0", "\ufffd")
    assert len(document.text) == len(text)


@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.jsonl", "a.json"]))
@settings(deadline=None, max_examples=200)
def test_any_bytes_give_documents_or_errors_of_the_list(data, name):
    found = list(read_bytes(data, name=name))
    assert found == list(read_bytes(data, name=name)) or any(isinstance(f, ReadError) for f in found)
    for item in found:
        if isinstance(item, ReadError):
            assert item.reason in REASONS
        else:
            item.text.encode()
            assert "\0" not in item.text and item.text.strip()


@given(st.lists(TEXTS, min_size=1, max_size=4))
@settings(deadline=None, max_examples=40)
def test_a_web_page_read_twice_gives_the_identical_document(blocks):
    page = "<html><head><title>Talks</title></head><body><article>"
    page += "".join(f"<p>The minister said this: {block}</p>" for block in blocks)
    data = f"{page}</article></body></html>".encode()
    first, second = list(read_bytes(data, name="a.html")), list(read_bytes(data, name="a.html"))
    assert [str(f) for f in first] == [str(f) for f in second]
    for document in first:
        if isinstance(document, Document):
            assert document == second[0]
            assert "\u00ad" not in document.text and "\r" not in document.text


WORDS = "Müller traf den russischen Außenminister in Genève; “Ja”, sagte er — und reiste ab."
RUSSIAN = "Министр иностранных дел встретился в Женеве с государственным секретарём и обсудил санкции."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(WORDS, "cp1252"), (WORDS, "utf-8"), (WORDS, "utf-8-sig"), (WORDS, "utf-16"), (WORDS, "utf-16-le"),
     (WORDS, "utf-16-be"), (WORDS, "utf-32"), (WORDS, "utf-32-le"), (RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"),
     (RUSSIAN, "utf-16-le"), (RUSSIAN, "utf-16-be"), (RUSSIAN, "utf-8")],
)  # fmt: skip
def test_encodings_are_found(text, encoding):
    assert one((text * 3).encode(encoding)).text == text * 3


def test_valid_utf8_is_utf8_whatever_is_declared_and_the_note_says_so():
    decoded = decode("Genève".encode(), declared="iso-8859-1")
    assert decoded.text == "Genève"
    assert decoded.notes == ("declared as iso-8859-1, read as utf-8",)


def test_a_declaration_that_fits_is_believed():
    assert decode("Łódź i Gdańsk".encode("iso-8859-2"), declared="iso-8859-2").text == "Łódź i Gdańsk"


@pytest.mark.parametrize("declared", ["utf-9", "rot13", "hex", "zip", "", "x" * 100, "idna\0"])
def test_declarations_that_are_no_encoding_of_text_are_passed_over(declared):
    assert decode("Genève".encode("cp1252") * 5, declared=declared).text.startswith("Gen")


def test_a_few_bad_bytes_do_not_turn_utf8_into_something_else():
    data = "Женева и Москва, министр и посол. ".encode() * 10 + b"\xff\xfe" + b"end"
    document = one(data)
    assert document.text.startswith("Женева") and document.text.endswith("\ufffd\ufffdend")
    assert document.notes == ("2 characters not valid in utf-8",)


def test_line_ends_are_noted():
    document = one(b"One.\r\nTwo.\rThree.")
    assert document.text == "One.\nTwo.\nThree." and document.notes == ("line ends CRLF read as LF",)


def test_the_same_document_packed_has_the_same_identity():
    data = b"Norland and Sudmark resumed their talks in Minsk."
    assert one(data).id == one(gzip.compress(data), "a.txt.gz").id


def test_lone_surrogates_are_replaced_one_for_one():
    document = one(b'{"text": "a\\ud800b"}', "a.jsonl")
    assert document.text == "a\ufffdb"
