"""Whom a document is about, when that is not the state in which it was written."""

from __future__ import annotations

from dataclasses import replace

from detente import Document, read

TALKS = """OSLO, May 4, 2009 (Agency) - A truce between Colombia and the rebels of the FARC was announced in the Norwegian capital.

The ELN has not joined. Interior Minister Felipe Ansorena called the FARC's word good.

Norwegian diplomats stood by."""


def test_a_minister_without_a_state_is_of_the_state_whose_war_it_is_not_of_the_host() -> None:
    document = replace(Document.from_text(TALKS), dateline_place="Oslo", dateline_date="2009-05-04")
    found = {m.actor.text: m.actor.country for m in read(document).actors if m.actor.person}
    assert found["Felipe Ansorena"] == "COL"
