"""What each format gives: text, title, outlet, day, author, identity."""

from __future__ import annotations

import gzip
import importlib.util
import io
import json
import random
import sys
import zipfile
from pathlib import Path

import docx
import pytest

from detente.document import Document
from detente.errors import ReadError
from detente.sources import Limits, read_bytes
from detente.sources.guard import close_children
from detente.sources.sniff import sniff

ROOT = Path(__file__).parents[2]
spec = importlib.util.spec_from_file_location("hostile_corpus", ROOT / "benchmarks" / "hostile_corpus.py")
corpus = importlib.util.module_from_spec(spec)
sys.modules["hostile_corpus"] = corpus
spec.loader.exec_module(corpus)

TITLE, TEXT = corpus.story(random.Random(5))
TOLD = [(TITLE, TEXT)]


@pytest.fixture(autouse=True, scope="module")
def _no_children_left():
    yield
    close_children()


def one(data: bytes, name: str, **more) -> Document:
    (found,) = read_bytes(data, name=name, **more)
    assert isinstance(found, Document), found
    return found


def refused(data: bytes, name: str, **more) -> str:
    (found,) = read_bytes(data, name=name, **more)
    assert isinstance(found, ReadError), found
    return found.reason


def test_a_web_page_gives_its_main_text_and_what_it_states_of_itself():
    document = one(corpus.page(TOLD), "a.html")
    assert TEXT in document.text and "All rights reserved" not in document.text and "<" not in document.text
    assert (document.title, document.outlet) == (TITLE, "The Norland Herald")
    assert document.published == "2021-03-28T04:30:00Z"
    assert document.language == "en" and document.media_type == "text/html"


def test_json_ld_states_day_and_publisher():
    facts = {"@context": "https://schema.org", "@graph": [{"@type": "NewsArticle", "datePublished": "2020-02-03T04:05:06+01:00",
             "publisher": {"@type": "Organization", "name": "Sudmark Post"}}]}  # fmt: skip
    page = f"<html><head><script type='application/ld+json'>{json.dumps(facts)}</script></head><body><p>{TEXT}</p></body></html>"
    document = one(page.encode(), "a.html")
    assert (document.published, document.outlet) == ("2020-02-03T03:05:06Z", "Sudmark Post")


def test_a_page_without_a_main_text_is_read_whole_and_says_so():
    document = one(b"<html><body><ul><li>Talks in Oslo</li><li>Talks in Cairo</li></ul></body></html>", "a.html")
    assert "Talks in Oslo" in document.text and "Talks in Cairo" in document.text


def test_a_pdf_gives_paragraphs_without_the_line_ends_of_its_setting():
    document = one(corpus.pdf(TOLD), "a.pdf")
    assert "had put on the agenda of the conference" in document.text
    assert document.media_type == "application/pdf"


def test_a_docx_made_by_python_docx_with_tables_and_title():
    made = docx.Document()
    made.core_properties.title = "Record of the meeting"
    made.core_properties.author = "Secretariat"
    made.add_paragraph("The parties met in Oslo.")
    made.add_table(1, 2).rows[0].cells[1].text = "Signed by both"
    made.add_paragraph("They will meet again.")
    out = io.BytesIO()
    made.save(out)
    document = one(out.getvalue(), "a.docx")
    assert document.text == "The parties met in Oslo.\n\nSigned by both\n\nThey will meet again."
    assert (document.title, document.author) == ("Record of the meeting", "Secretariat")


def test_a_mail_gives_subject_sender_and_day():
    document = one(corpus.mail(TOLD), "a.eml")
    assert document.text.strip() == TEXT
    assert (document.title, document.outlet, document.author) == (TITLE, "mfa.example", "Press Office")
    assert document.published == "2021-03-28T06:30:00Z"


def test_the_html_part_of_a_mail_is_read_when_there_is_no_plain_one_and_attachments_are_counted():
    from email.message import EmailMessage

    message = EmailMessage()
    message["From"], message["Subject"], message["MIME-Version"] = "a@b.example", "Talks", "1.0"
    message.set_content("<p>Talks <b>resumed</b>.</p><p>They went well.</p>", subtype="html")
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="a.pdf")
    document = one(bytes(message), "a.eml")
    assert document.text == "Talks resumed.\n\nThey went well."
    assert "1 attachments left out" in document.notes


def test_a_feed_gives_a_document_an_entry():
    told = [corpus.story(random.Random(n)) for n in range(3)]
    found = list(read_bytes(corpus.rss(told), name="a.rss"))
    assert [d.title for d in found] == [title for title, _ in told]
    assert found[0].outlet == "Norland Wire" and found[0].published == "2021-03-28T06:30:00Z"
    assert found[1].source == "a.rss#https://news.example/1" and found[1].url == "https://news.example/1"
    assert len({d.id for d in found}) == 3


def test_an_atom_feed_with_html_content():
    feed = b"""<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Ministry</title>
    <entry><id>urn:1</id><title>Visit</title><published>2020-05-06T07:08:09Z</published>
    <content type="html">&lt;p&gt;The minister left.&lt;/p&gt;&lt;p&gt;He will be back.&lt;/p&gt;</content></entry></feed>"""
    document = one(feed, "feed")
    assert document.text == "The minister left.\n\nHe will be back."
    assert document.published == "2020-05-06T07:08:09Z"


def test_a_warc_gives_pages_and_passes_over_the_rest():
    told = [corpus.story(random.Random(n)) for n in range(2)]
    gone = corpus.warc_record("https://news.example/gone", b"<p>Not here</p>").replace(b"200 OK", b"404 No")
    data = corpus.warc(told) + gzip.compress(gone)
    found = list(read_bytes(data, name="a.warc.gz"))
    assert [d.title for d in found] == [title for title, _ in told]
    assert found[1].url == "https://news.example/1.html" and "fetched on 2021-03-29" in found[1].notes
    # The page's own bytes are what identifies it, with its address.
    assert found[0].sha256 == one(corpus.page([told[0]]), "a.html").sha256


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ({"id": 7, "date": 20111112, "text": "Talks."}, {"published": "2011-11-12", "source": "a.jsonl#7"}),
        ({"content": "Talks.", "publisher": "NW", "url": "https://a.example/x"}, {"outlet": "NW", "url": "https://a.example/x"}),
        ({"body": "Talks.", "source": "https://www.b.example/y"}, {"outlet": "b.example", "url": "https://www.b.example/y"}),
        ({"text": "Talks.", "published": "Sat, 12 Nov 2011 10:35:00 +0300"}, {"published": "2011-11-12T07:35:00Z"}),
        ({"text": "Talks.", "authors": ["A. B.", {"name": "C. D."}], "lang": "en-GB"}, {"author": "A. B., C. D.", "language": "en"}),
        ({"text": "Talks.", "date": "0000-00-00"}, {"published": None, "notes": ("date not understood: 0000-00-00",)}),
        ({"Text": "Talks.", "Headline": "On talks"}, {"title": "On talks"}),
    ],
)  # fmt: skip
def test_json_lines_under_many_names(entry, expected):
    document = one(json.dumps(entry).encode(), "a.jsonl")
    assert document.text == "Talks."
    assert {key: getattr(document, key) for key in expected} == expected


def test_one_broken_line_does_not_stop_the_others():
    data = b'{"text": "One."}\n{"text": "cut\n[1]\n{"id": "e", "text": " "}\n' + b"[" * 100_000 + b'\n{"text": "Two."}'
    found = list(read_bytes(data, name="a.jsonl"))
    assert [getattr(f, "reason", "read") for f in found] == [
        "read",
        "bad-json",
        "bad-json",
        "no-text",
        "too-deep",
        "read",
    ]
    assert found[1].source == "a.jsonl#line 2" and found[3].source == "a.jsonl#e"


def test_a_line_of_millions_of_lists_is_not_taken_apart():
    data = b'{"text": "One."}\n{"text": "Two.", "x": [' + b"[]," * 700_000 + b"[]]}\n"
    assert [getattr(f, "reason", "read") for f in read_bytes(data, name="a.jsonl")] == ["read", "too-many-parts"]


def test_an_id_that_cannot_be_stored_is_made_storable():
    (error,) = read_bytes(b'{"id": "\\ud800", "text": ""}', name="a\udc80.jsonl")
    assert str(error).encode() and error.source == "a?.jsonl#?"


def test_a_json_list_and_a_json_object():
    assert len(list(read_bytes(b'[{"text": "One."},\n {"text": "Two."}]', name="a.json"))) == 2
    assert one(b'{\n "title": "T",\n "text": "One."\n}', "a.json").title == "T"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7", "pdf"),
        (b"\0\0junk\n%PDF-1.7", "pdf"),
        (b"<!DOCTYPE html><p>x", "html"),
        (b"<?xml version='1.0'?><html xmlns='x'>", "html"),
        (b"<?xml version='1.0'?><rss version='2.0'>", "feed"),
        (b"<?xml version='1.0'?><invoice/>", "xml"),
        (b'{"text": "x"}', "jsonl"),
        (b"{curly} brackets begin this text", "text"),
        (b"Date: 5 May\nSubject: the talks\n\nThey went on.", "text"),
        (b"From: a@b\nTo: c@d\nMIME-Version: 1.0\nSubject: x\n\nHi", "eml"),
        (b"<Norland> and <Sudmark> are placeholders here.", "text"),
        ("<html>".encode("utf-16"), "html"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1xx", "doc"),
        (b"Norland: talks with Sudmark; see <b>below</b>", "text"),
    ],
)
def test_formats_are_told_by_content_before_name(data, kind):
    assert sniff(data, "wrong.pdf") == kind


def test_a_text_that_mentions_the_mark_of_a_pdf_is_a_text():
    assert sniff(b"Every such file begins with %PDF-1.4 or the like.", "a.txt") == "text"


def test_limits_are_kept_and_named():
    assert refused(b"x " * 600, "a.txt", limits=Limits(characters=1_000)) == "too-long"
    assert refused(b"x " * 600, "a.txt", limits=Limits(document_bytes=1_000)) == "too-large"
    assert refused(corpus.pdf(TOLD), "a.pdf", limits=Limits(pages=0)) == "too-many-parts"
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("../../etc/passwd", "x")
    assert refused(zipped.getvalue(), "a.docx") == "unsupported-format"


def test_what_is_not_english_is_kept_and_marked():
    text = "Министр иностранных дел встретился в Женеве с государственным секретарём и обсудил санкции."
    assert one(text.encode(), "a.txt").language == "ru"
    assert one(b"Oslo, Minsk.", "a.txt").language == "und"
