"""What the pages say stands in tables: complete in every language, and nowhere else."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest
from lxml import html

from detente.workbench.charts import draw
from detente.workbench.labels import CHOICES, FIELDS, SIGNS
from detente.workbench.series import Bin, Series
from detente.workbench.words import ORIGINAL, Words, best_of, languages, table_of, words_of

WORKBENCH = Path(__file__).parents[2] / "src" / "detente" / "workbench"
TEMPLATES = sorted((WORKBENCH / "templates").glob("*.html"))
NAMES = {"detente", "CAMEO", "PLOVER", "Goldstein", "sha", "n"}
"""Words in templates that are the same in every language."""


def places(text: str | list[str]) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text if isinstance(text, str) else " ".join(text)))


@pytest.mark.parametrize("language", [code for code in languages() if code != ORIGINAL])
def test_a_translation_is_complete_and_keeps_the_places_of_values(language):
    original, other = table_of(ORIGINAL), table_of(language)
    assert set(other) == set(original)
    for key, text in original.items():
        assert places(other[key]) == places(text), key
        assert isinstance(other[key], list) == isinstance(text, list), key
        assert (
            all(part.strip() for part in (other[key] if isinstance(other[key], list) else [other[key]]))
            or key == "language.thousands"
        )
    same = [k for k in original if original[k] == other[k] and isinstance(original[k], str) and " " in str(original[k])]
    assert len(same) < 6, f"not translated: {same}"


def test_templates_hold_no_words_of_their_own():
    told = []
    for path in TEMPLATES:
        text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", path.read_text(encoding="utf-8"), flags=re.S)
        for attribute in re.findall(r'(?:title|alt|placeholder|aria-label)="([^"]*)"', text):
            told += [(path.name, w) for w in re.findall(r"[A-Za-z]{2,}", attribute)]
        plain = re.sub(r"<(code|kbd)[^>]*>.*?</\1>|<[^>]*>|&\w+;", " ", text, flags=re.S)
        told += [(path.name, w) for w in re.findall(r"[A-Za-z]{2,}", plain) if w not in NAMES]
    examples = {("overview.html", w) for w in ("detente", "read", "FILES")}
    assert [t for t in told if t not in examples] == []


def test_a_word_put_into_a_template_would_be_found(monkeypatch, tmp_path):
    stray = tmp_path / "stray.html"
    stray.write_text('<p title="Hover here">{{ t("nav.map") }} Some words</p>')
    monkeypatch.setattr("test_workbench_words.TEMPLATES", [stray])
    with pytest.raises(AssertionError):
        test_templates_hold_no_words_of_their_own()


def test_every_key_that_a_template_or_a_module_names_is_there_and_every_key_is_used():
    table = table_of(ORIGINAL)
    sources = [*TEMPLATES, *WORKBENCH.glob("*.py"), *(WORKBENCH / "pages").glob("*.py")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    named = set(re.findall(r"""\b(?:t|t\.plain)\(\s*f?["']([a-z_]+\.[a-z_0-9]+)["']""", text))
    assert {k for k in named if k not in table and not k.endswith("_")} == set()
    for key in table:
        section = key.partition(".")[0]
        whole = key in text
        made = re.search(rf'["\']{section}\.["\' ~{{]|["\']{section}["\']', text)
        assert whole or made or section in {"language", "problem", "refused", "figure", "chart"}, (
            f"{key} is used nowhere"
        )
    for fields in FIELDS.values():
        assert all(f"field.{name}" in table for name in fields)
    assert all(f"side.{side}" in table for side in SIGNS)
    assert all(f"status.{status}" in table for status in CHOICES["status"])


def test_the_script_says_nothing_of_its_own():
    script = (WORKBENCH / "static" / "workbench.js").read_text(encoding="utf-8")
    script = re.sub(r"/\*.*?\*/", "", script, flags=re.S)
    assert not re.findall(r'textContent\s*[+]?=\s*"[^"]*[A-Za-z]', script)


class Keys(Words):
    """Words of which only the keys are seen."""

    def __init__(self) -> None:
        super().__init__(ORIGINAL)
        self._table = {k: v if k.startswith("language.") else "§" for k, v in self._table.items()}


def test_charts_take_their_words_from_the_table():
    bins = [Bin("2011-11", events=2, goldstein=3.0, statements=4, documents=1), Bin("2011-12", documents=2)]
    bins[0].quads[1] = 2
    svg = draw(Keys(), Series(bins, "month", frozenset({"events", "statements"})), lambda a, b: f"/{a}{b}")
    root = html.fromstring(svg)
    said = " ".join([*root.itertext(), *root.xpath("//@aria-label")])
    assert not re.search(r"[A-Za-z]", said), said


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("fr-CH, fr;q=0.9, en;q=0.8", "fr"),
        ("de, fr;q=0.5, en;q=0.9", "en"),
        ("", "en"),
        ("xx;q=abc,fr", "fr"),
        ("fr;q=0,en", "en"),
    ],
)
def test_the_browser_is_given_the_language_that_it_asks_for(asked, language):
    assert best_of(asked, languages()) == language


def test_numbers_and_plurals_follow_the_language():
    en, fr = words_of("en"), words_of("fr")
    assert (en.number(12345.6), fr.number(12345.6)) == ("12,345.6", "12 345,6")
    assert [str(en("count.documents", n=n)) for n in (0, 1, 2)] == ["0 documents", "1 document", "2 documents"]
    assert [str(fr("count.documents", n=n)) for n in (0, 1, 2)] == ["0 document", "1 document", "2 documents"]
    assert str(en("search.found", q="<b>")) == "Found for “&lt;b&gt;”"
    assert (en.country("DEU"), fr.country("DEU"), fr.country("ARL")) == ("Germany", "Allemagne", None)


def test_language_and_colours_are_chosen_by_a_plain_form(server):
    with httpx.Client(base_url=server.url, follow_redirects=True) as client:
        page = html.fromstring(client.get("/events", headers={"accept-language": "fr"}).text)
        assert page.get("lang") == "fr" and page.xpath("//h1")[0].text.strip() == "Événements"
        sent = {"language": "fr", "theme": "dark", "next": "/stances?q=a&b=c"}
        answer = client.post("/manner", data=sent)
        assert answer.status_code == 200 and str(answer.url).endswith("/stances?q=a&b=c")
        page = html.fromstring(answer.text)
        assert (page.get("lang"), page.get("data-theme")) == ("fr", "dark")
        back = client.post(
            "/manner", data={"language": "", "theme": "system", "next": "//evil.example/"}, follow_redirects=False
        )
        assert back.headers["location"] == "/evil.example/"
        assert html.fromstring(client.get("/").text).get("data-theme") is None
        assert client.post("/manner", data=sent, headers={"origin": "http://evil.example"}).status_code == 403


def test_the_published_site_can_be_in_another_language(record_path, tmp_path):
    from detente import Record
    from detente.errors import UsageError
    from detente.workbench.publish import publish

    with Record(record_path) as record:
        done = publish(record, tmp_path / "site", most=3, language="fr")
        assert 'lang="fr"' in done.index.read_text(encoding="utf-8")
        with pytest.raises(UsageError, match="words in en, fr"):
            publish(record, tmp_path / "other", language="xx")
