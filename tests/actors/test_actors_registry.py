"""The registry: user files, PETRARCH dictionaries, dates, contested territory."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.actors import Registry, default_registry, find_actors
from detente.actors.petrarch import parse_petrarch
from detente.document import Document
from detente.errors import CodebookError
from detente.language import parse

DICTIONARY = """
; states and people of an island that is on no map
&LAND
+ISLAND
+LAND
RURITANIA_ [RUR]
+&LAND_OF_RURITANIA
PRINCE_MICHAEL_ [RURGOV 110101-121231]
    [RUROPP >130101]
LANCER {LANCERS} [~MIL]
"""


def who(text, date=None, registry=None):
    return find_actors(parse(Document.from_text(text, published=date)), registry)


def refs(text, date=None, registry=None):
    return {ref.text: ref for ref in who(text, date, registry).mentions}


def test_a_petrarch_dictionary_is_read_whole_and_used_by_date(tmp_path):
    path = tmp_path / "Ruritania.actors.txt"
    path.write_text(DICTIONARY)
    registry = Registry.load([path])
    text = "Prince Michael attacked Iran. The Island of Ruritania condemned the attack."
    assert refs(text, "2011-06-01", registry)["Prince Michael"].code == "RURGOV"
    assert refs(text, "2014-06-01", registry)["Prince Michael"].code == "RUROPP"
    assert refs(text, "2014-06-01", registry)["Island of Ruritania"].country == "RUR"


def test_synsets_plurals_and_dates_of_petrarch():
    rows = list(parse_petrarch(DICTIONARY))
    assert [r.forms[0] for r in rows] == ["RURITANIA", "PRINCE MICHAEL", "LANCER"]
    assert rows[0].forms[1:] == ("ISLAND OF RURITANIA", "LAND OF RURITANIA")
    assert rows[1].codes == (("RURGOV", "2011-01-01", "2012-12-31"), ("RUROPP", "2013-01-01", ""))
    assert rows[2].agent and rows[2].forms == ("LANCER", "LANCERS")


@pytest.mark.parametrize(("text", "line"), [("NOCODE_\nX_ [XXX]", "line 1"), ("X_ [XXX", "line 1")])
def test_malformed_dictionaries_name_the_line(text, line):
    with pytest.raises(CodebookError, match=line):
        list(parse_petrarch(text))


@given(st.text(alphabet="AB_+&[]{};~ \n0123456789<>-"))
def test_any_dictionary_is_read_or_refused_with_our_error(text):
    with contextlib.suppress(CodebookError):
        assert all(row.codes for row in parse_petrarch(text))


def test_user_rows_win_over_ours(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text("name,country,role\nHamas,ZZZ,GOV\n")
    assert refs("Hamas rejected the plan.", registry=Registry.load([path]))["Hamas"].country == "ZZZ"
    assert refs("Hamas rejected the plan.")["Hamas"].country != "ZZZ"


def test_yaml_files_and_their_errors(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("- name: Front of Ruritania\n  aliases: [Ruritanian Front]\n  country: RUR\n  role: REB\n")
    found = refs("The Ruritanian Front shelled the port.", registry=Registry.load([path]))
    assert found["Ruritanian Front"].code == "RURREB"
    path.write_text("name: no list\n")
    with pytest.raises(CodebookError, match="list of actors"):
        Registry.load([path])


@pytest.mark.parametrize(
    ("date", "code"), [("1985-03-01", "SUN"), ("1991-12-25", "SUN"), ("1991-12-26", "RUS"), ("2011-11-12", "RUS")]
)
def test_moscow_is_the_capital_of_the_state_of_the_day(date, code):
    assert refs("Moscow rejected the proposal.", date)["Moscow"].country == code


def test_yugoslavia_and_east_germany():
    assert refs("Yugoslavia condemned the vote.", "1985-01-01")["Yugoslavia"].country == "YUG"
    assert refs("Yugoslavia condemned the vote.", "1999-01-01")["Yugoslavia"].country == "SCG"
    assert refs("East Germany opened the border.", "1989-11-10")["East Germany"].country == "DDR"


@pytest.mark.parametrize(
    ("territory", "view", "country"),
    [
        ("Crimea", "un", "UKR"),
        ("Crimea", "de_facto", "RUS"),
        ("Taiwan", "de_facto", "TWN"),
        ("Taiwan", "CHN", "CHN"),
        ("Western Sahara", "MAR", "MAR"),
        ("Jerusalem", "de_facto", "ISR"),
        ("Kosovo", "un", "SRB"),
        ("Golan Heights", "un", "SYR"),
    ],
)
def test_contested_territory_keeps_every_claim(territory, view, country):
    assert default_registry().view_of(territory, view) == country


def test_an_office_without_name_has_the_holder_of_the_day():
    assert refs("The Turkish president left.", "2009-05-01")["Turkish president"].person == "Abdullah Gul"
    assert refs("The Turkish president left.")["Turkish president"].person is None


def test_a_capital_is_a_government_only_where_the_sentence_lets_it():
    assert "Moscow" not in refs("The talks were held in Moscow.")
    assert refs("Moscow warned Iran.")["Moscow"].code == "RUSGOV"


@pytest.mark.parametrize("text", ["", "“", "😀 🇮🇷", "سلام", "a" * 5000, "the the of of , , '' [", "\n\n\t"])
def test_odd_text_is_no_error(text):
    assert who(text).mentions == () or text
