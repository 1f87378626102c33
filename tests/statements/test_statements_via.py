"""Whose words a channel or a paper carries, and which outlet they passed through."""

from __future__ import annotations

import pytest

from detente import Document, read


@pytest.mark.parametrize(
    ("text", "speaker", "via"),
    [
        ("The ministry's website reports that the two envoys met in Oslo.", "ministry", "The ministry's website"),
        ("The website of the Foreign Ministry of Cuba said the embassy would reopen.", "Cuba", "The website"),
        ("According to a statement on the ministry's website, the ship was stopped.", "ministry", "the ministry's website"),
        ("A post on the army's Facebook page said that three soldiers had died.", "army", "the army's Facebook page"),
        ("President Berg wrote on his website that the talks were over.", "Berg", "his website"),
        ("Foreign Minister Ana Reyes said in a post on X that the embassy would stay open.", "Ana Reyes", "X"),
        ("The mayor of Kharkiv wrote on Telegram that the shelling had stopped.", "mayor", "Telegram"),
        ('"The road is open," Governor Ana Reyes wrote in a Facebook post.', "Ana Reyes", "Facebook"),
        ("The newspaper Kommersant quoted Mora as telling lawmakers that the fleet would stay.", "Mora", "Kommersant"),
        ("The premier told a news conference carried by state television that the dam was safe.", "premier", "state television"),
        ('"We will not leave," Rahman told Al Jazeera in an interview.', "Rahman", "Al Jazeera"),
        ("In remarks carried by the news agency IRNA, Rahman said the tax would fail.", "Rahman", "IRNA"),
        ("Kommersant cited a source as saying that the deal was dead.", "a source", "Kommersant"),
        ("The spokesman told the newspaper Haaretz that no deal was near.", "spokesman", "Haaretz"),
        ("The chancellor said in a statement published on the government's website that the border would reopen.",
         "chancellor", "the government's website"),
        ("A statement issued by the palace said the king was well.", "palace", None),
        ("Iranian state television reported that the pilot was dead.", "Iranian state television", None),
        ("The BBC's website reported that the tunnel had been closed.", "The BBC's website", None),
        ('"Where will the refugees go?" asked the deputy.', "deputy", None),
    ],
)  # fmt: skip
def test_speaker_and_way(text: str, speaker: str, via: str | None) -> None:
    said = read(Document.from_text(text)).attributions[0]
    assert [s.name or s.text for s in said.speakers] == [speaker]
    assert [v.name for v in said.via] == ([via] if via else [])
