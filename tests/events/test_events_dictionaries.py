"""PETRARCH verb dictionaries, discard and issue lists: read as they are, and put over our own lexicon."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from detente import Document
from detente.cli import build_app
from detente.errors import CodebookError
from detente.evaluation.event_export import predictions_of
from detente.events.dictionaries import with_verbs
from detente.events.issue_lists import read_issues
from detente.events.lexicon import load_lexicon
from detente.events.ontology import Ontology, load_ontology
from detente.events.petrarch_verbs import parse_verbs, read_verbs, regular_forms
from detente.events.sentences import code_documents
from detente.events.sieve import Sieve
from detente.reading import Reader

SAMPLE = Path(__file__).parents[2] / "examples" / "petrarch"
VERBS = SAMPLE / "harbour.verbs.txt"


def coded(text: str, ontology: Ontology) -> list[tuple[str, str, str]]:
    """(source, code, target) of what is coded in one sentence."""
    (events,) = code_documents(
        [Document.from_text(text)], lexicon=ontology.lexicon, codebook=ontology.codebook, statements=True
    )
    return [(e["source"], e["code"], e["target"]) for e in predictions_of(events, "cameo", threshold=0.1)]


def dictionary(tmp_path: Path, text: str) -> Ontology:
    path = tmp_path / "mine.txt"
    path.write_text(text, encoding="utf-8")
    return load_ontology(verbs=[path])


@pytest.fixture(scope="module")
def harbour() -> Ontology:
    return load_ontology(verbs=[VERBS], discards=[SAMPLE / "harbour.discards.txt"])


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Denmark impounded two Latvian tankers.", [("DNK", "171", "LVA")]),
        ("Two Latvian tankers were impounded by Denmark.", [("DNK", "171", "LVA")]),
        ("Danish police detained three Latvian protesters.", [("DNKCOP", "173", "LVACVL")]),
        ("Denmark laid up a Latvian fishing boat.", [("DNK", "171", "LVA")]),
        ("Denmark will impound a Latvian ferry.", [("DNK", "171", "LVA")]),
        ("Latvia received rice from Japan.", [("JPN", "0733", "LVA")]),
        ("Poland shipped wheat to Yemen.", [("POL", "0733", "YEM")]),
        ("Norway and Finland resumed the service.", [("NOR", "061", "FIN"), ("FIN", "061", "NOR")]),
        ("Estonia greeted the rumour from Sweden.", []),
        ("Sweden greeted a delegation from Estonia.", [("SWE", "043", "EST"), ("EST", "042", "SWE")]),
    ],
)
def test_patterns_code_what_they_say(harbour: Ontology, sentence: str, expected: list[tuple[str, str, str]]) -> None:
    assert coded(sentence, harbour) == expected


def test_a_pattern_needs_its_words_in_its_own_clause(harbour: Ontology) -> None:
    assert coded("Denmark impounded the gold of Latvia after tankers sank.", harbour) == [("DNK", "175", "LVA")]


def test_two_codes_are_two_events_and_keep_the_one_who_acts_first(harbour: Ontology) -> None:
    found = coded("The Polish foreign minister called at Riga.", harbour)
    assert [(s[:3], c, t[:3]) for s, c, t in found] == [("POL", "042", "LVA"), ("LVA", "043", "POL")]


def test_what_the_dictionary_does_not_hold_stays_ours(harbour: Ontology) -> None:
    ours = load_ontology()
    for sentence in ("Iran attacked Iraq.", "Norway praised the Danish offer.", "The two Koreas held talks in Seoul."):
        assert coded(sentence, harbour) == coded(sentence, ours)


def test_a_verb_that_the_dictionary_holds_loses_our_rows(tmp_path: Path) -> None:
    own = dictionary(tmp_path, "--- PRAISE [112] ---\nPRAISE\n")
    assert coded("Norway praised Denmark.", own) == [("NOR", "112", "DNK")]
    null = dictionary(tmp_path, "--- PRAISE [---] ---\nPRAISE\n- * VIRTUE [051]\n")
    assert coded("Norway praised Denmark.", null) == []


def test_our_operators_go_on_where_the_dictionary_gives_their_verb_no_other_meaning(tmp_path: Path) -> None:
    null = dictionary(tmp_path, "--- BEGIN [---] ---\nBEGIN {BEGAN BEGUN}\nREFUSE\n")
    assert coded("Norway began to shell Denmark.", null)[0][1].startswith("19")
    assert coded("Norway refused to meet Denmark.", null)[0][1].startswith("12")
    exact = dictionary(tmp_path, "--- APPEAL [027] ---\nAPPEAL\n")
    assert coded("Norway appealed for peace in Denmark.", exact)[0][1] == "027"
    general = dictionary(tmp_path, "--- APPEAL [020] ---\nAPPEAL\n")
    assert coded("Norway appealed for peace in Denmark.", general)[0][1] == "0256"
    weis = dictionary(tmp_path, "--- AGREE [081] ---\nAGREE\n")
    assert "081" in [code for _, code, _ in coded("Norway agreed to meet Denmark.", weis)]


def test_given_forms_and_regular_ones_are_found_and_no_auxiliary_is(tmp_path: Path) -> None:
    own = dictionary(tmp_path, "--- LEFT [042] ---\nLEFT\n--- WILL [030] ---\nWILL\n--- LEAVE [080] ---\nLEAVE\n")
    assert [c for _, c, _ in coded("Norway left Denmark.", own)] == ["042"]
    assert [c for _, c, _ in coded("Norway leaves Denmark.", own)] == ["080"]
    assert "030" not in [c for _, c, _ in coded("Norway will praise Denmark.", own)]


def test_verbs_of_several_words_leave_the_verb_alone_ours(tmp_path: Path) -> None:
    own = dictionary(tmp_path, "--- NOTE [010] ---\n+CUT_SHORT {+CUTS_SHORT} [160]\nWIRE_+TAP {WIRE_+TAPPED} [176]\n")
    assert own.lexicon.verbs["cut"][1:] == load_lexicon().verbs["cut"]
    assert coded("Norway cut short the visit of Denmark.", own) == [("NOR", "160", "DNK")]


def test_patterns_without_brackets_may_take_their_words_from_anywhere_in_the_clause(tmp_path: Path) -> None:
    old = dictionary(tmp_path, "--- GRAB [170] ---\nGRAB\n- * HARBOUR [192]\n- SUDDENLY * [171]\n")
    assert coded("Norway grabbed land near the harbour from Denmark.", old)[0][1] == "192"
    assert coded("Norway suddenly grabbed land from Denmark.", old)[0][1] == "171"
    new = dictionary(tmp_path, "--- GRAB [170] ---\nGRAB\n- * HARBOUR [192]\n- * (WITH GLEE) [171]\n")
    assert coded("Norway grabbed land near the harbour from Denmark.", new)[0][1] == "170"


def test_a_pattern_does_not_look_into_another_clause_and_knows_particles(tmp_path: Path) -> None:
    own = dictionary(tmp_path, "--- ADMIT [015] ---\nADMIT\n- * {FINE HARBOUR} [019]\n- * (TO HARBOUR) [071]\n")
    assert coded("Norway admitted that Denmark has a fine harbour.", own)[0][1] == "015"
    burnt = dictionary(tmp_path, "--- SCORCH [---] ---\nSCORCH\n- * (DOWN VILLAGES) [203]\n")
    assert coded("Norway scorched down the villages of Denmark.", burnt) == [("NOR", "203", "DNK")]


def test_codes_of_no_ontology_of_ours_are_kept(tmp_path: Path) -> None:
    own = dictionary(tmp_path, "--- DYE [xy7] ---\nDYE\n- * BEARD [905]\n")
    assert [c for _, c, _ in coded("Norway dyed Denmark.", own)] == ["xy7"]
    assert [c for _, c, _ in coded("Norway dyed the beard of Denmark.", own)] == ["905"]
    document = Document.from_text("Norway dyed the beard of Denmark.")
    ((event,),) = code_documents([document], lexicon=own.lexicon, codebook=own.codebook)
    assert (event.type, event.cameo) == ("905", "905")  # no statement, which is left out where statements are not coded


def test_sentences_are_parsed_for_the_forms_that_a_dictionary_gives(tmp_path: Path) -> None:
    own = dictionary(tmp_path, "--- ZORCH [190] ---\nZORCH {ZARCH}\n")
    document = Document.from_text("Norway zarch Denmark.")
    assert Sieve(own.lexicon).passes(document.text)
    assert not Sieve(load_lexicon()).passes(document.text)


def test_the_longest_pattern_wins(tmp_path: Path) -> None:
    own = dictionary(tmp_path, "--- GIVE [070] ---\nGIVE {GAVE}\n- * AID [071]\n- * {FOOD AID} (TO VILLAGES) [0733]\n")
    assert coded("Norway gave food aid to villages in Yemen.", own)[0][1] == "0733"
    assert coded("Norway gave aid to Yemen.", own)[0][1] == "071"


def test_a_codebook_folder_may_hold_dictionaries(tmp_path: Path) -> None:
    (tmp_path / "club.verbs.txt").write_text("--- PRAISE [112] ---\nPRAISE\n", encoding="utf-8")
    (tmp_path / "club.discards.txt").write_text("BALLROOM\n", encoding="utf-8")
    own = load_ontology(lexicons=[tmp_path])
    assert coded("Norway praised Denmark.", own) == [("NOR", "112", "DNK")]
    assert coded("Norway praised Denmark in the ballroom.", own) == []


def test_discards_leave_out_a_sentence_or_the_whole_text(harbour: Ontology) -> None:
    one, two = "Denmark impounded a Latvian ferry.", "Sweden invaded Estonia."
    assert len(coded(f"{one} {two}", harbour)) == 2
    assert [s for s, _, _ in coded(f"{one[:-1]} in the regatta. {two}", harbour)] == ["SWE"]
    assert len(coded(f"{one[:-1]} in the sailing cups. {two}", harbour)) == 2  # 'CUP_' is no stem
    assert coded(f"This is the shipping forecast. {one} {two}", harbour) == []


SHIPS = """\
--- BOARD [175] ---
BOARD
SEARCH
--- SAY [010] ---
SAY {SAID}
CLAIM
--- WANT [---] ---
WANT
--- TRY [---] ---
ATTEMPT
TRY {TRIED}
~ a (a b BOARD) SAY = a b 015
~ a (b a BOARD) SAY = a b [1125]
~ a (b . BOARD) SAY = a b 112
~ a (a b WILL_BOARD) SAY = a b 138
~ a (_ b BOARD) WANT = a b 134
~ a (b . BOARD) WANT = a b 021
~ a (_ b SINK) ATTEMPT = a b 185
~ a (a b Q) SAY = a b Q
"""


@pytest.fixture(scope="module")
def ships(tmp_path_factory: pytest.TempPathFactory) -> Ontology:
    return dictionary(tmp_path_factory.mktemp("ships"), SHIPS)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Norway said that it boarded a Danish ferry.", [("NOR", "015", "DNK")]),
        ("Norway said that Sweden boarded a Norwegian ferry.", [("NOR", "1125", "SWE")]),
        ("Norway said that Sweden boarded a Danish ferry.", [("NOR", "112", "SWE")]),
        ("Sweden searched a Danish ferry, Norway claimed on Monday.", [("NOR", "112", "SWE")]),
        ("A Danish ferry was boarded by Sweden, Norway said.", [("NOR", "112", "SWE")]),
        ("Norway said it will board Danish ferries.", [("NOR", "138", "DNK")]),
        ("Norway wants to search Danish ferries.", [("NOR", "134", "DNK")]),
        ("Norway said it wants to search Danish ferries.", [("NOR", "134", "DNK")]),
        ("Norway wants Sweden to search Danish ferries.", [("NOR", "021", "SWE")]),
        ("Norway tried to sink a Danish frigate.", [("NOR", "185", "DNKMIL")]),
        ("Norway and Finland said that Sweden boarded a Danish ferry.", [("NOR", "112", "SWE"), ("FIN", "112", "SWE")]),
    ],
)
def test_transformations_make_one_event_of_two_verbs(
    ships: Ontology, sentence: str, expected: list[tuple[str, str, str]]
) -> None:
    assert coded(sentence, ships) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Norway said that Sweden did not board a Danish ferry.",
        "Norway did not say that Sweden boarded a Danish ferry.",
        "Norway may say that Sweden boarded a Danish ferry.",
        "Norway said that Sweden welcomed a Danish ferry.",
        "Norway noted that Sweden boarded a Danish ferry.",
        "Sweden boarded a Danish ferry.",
    ],
)
def test_a_transformation_needs_both_verbs_told_as_done(ships: Ontology, sentence: str) -> None:
    assert not {"015", "112", "138"} & {code for _, code, _ in coded(sentence, ships)}


def test_what_a_transformation_made_names_its_line(ships: Ontology) -> None:
    document = Document.from_text("Norway said that Sweden boarded a Danish ferry.")
    ((event,),) = code_documents([document], lexicon=ships.lexicon, codebook=ships.codebook)
    assert event.status == "done"
    assert "mine.txt:14) makes it 112" in event.why
    assert document.text[event.trigger.start : event.trigger.end] == "said"


def test_transformations_alone_are_a_dictionary(tmp_path: Path) -> None:
    own = dictionary(tmp_path, "~ a (b . ATTACK) SAY = a b 112\n")
    assert coded("Norway said that Sweden attacked Denmark.", own) == [("NOR", "112", "SWE")]
    assert ("NOR", "112", "SWE") not in coded("Norway said that Sweden bombed Denmark.", own)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="~ab._()QSAYWILL_= [0]19", max_size=50))
def test_no_transformation_breaks_the_reader(line: str) -> None:
    found = parse_verbs(f"~{line}")
    assert len(found.transformations) + len(found.skipped) == 1 or not line.strip("~ ")


def test_a_codebook_folder_may_have_the_name_of_ours(tmp_path: Path) -> None:
    folder = tmp_path / "plover"
    folder.mkdir()
    (folder / "types.csv").write_text("type;code;goldstein;definition\nKIND;P1;1;what is kind\n", encoding="utf-8")
    (folder / "crosswalk.csv").write_text("cameo;type;mode\n112;KIND;\n", encoding="utf-8")
    (folder / "club.verbs.txt").write_text("--- PRAISE [112] ---\nPRAISE\n", encoding="utf-8")
    own = load_ontology(str(folder))
    assert own.name == f"{tmp_path.name}/plover"
    assert coded("Norway praised Denmark.", own) == [("NOR", "112", "DNK")]


def test_issues_are_counted_and_ignored_where_the_list_says(tmp_path: Path) -> None:
    issues = read_issues([SAMPLE / "harbour.issues.txt"])
    assert issues.counts(["Two tankers and a cargo\nship were impounded."]) == {"SHIPPING": 2, "SEIZURE": 1}
    assert issues.counts(["The grain-deal held.", "The grain deal broke."]) == {"FOOD": 2}
    assert issues.counts(["A toy tanker sank.", "Tankermen struck."]) == {}
    path = tmp_path / "none.txt"
    path.write_text("# nothing\n", encoding="utf-8")
    with pytest.raises(CodebookError, match="no issue"):
        read_issues([path])


def test_what_cannot_be_used_is_told_with_its_line() -> None:
    found = parse_verbs("LOST [1]\n--- A [010] ---\nASK\n- NO STAR [020]\n- * &NOSUCH [030]\n- * OK [040]\n~ a = b\n")
    assert [line for line, _ in found.skipped] == [1, 4, 5, 7]
    unbound = parse_verbs("~ a (a b SEE) SAY = a d 010\n~ aa (a b SEE) SAY = a b 010\n~ a (a b SEE) SAY = a . 010\n")
    assert [line for line, _ in unbound.skipped] == [1, 2, 3]
    assert [p.code for p in found.blocks[0].patterns] == ["040"]


def test_files_that_are_no_dictionaries_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match="cannot be read"):
        read_verbs(tmp_path / "absent.txt")
    (tmp_path / "prose.txt").write_text("Dear colleague,\nsee below.\n", encoding="utf-8")
    with pytest.raises(CodebookError, match="no block of verbs"):
        load_ontology(verbs=[tmp_path / "prose.txt"])


def test_comments_nested_sets_and_plurals() -> None:
    text = "<!-- a\nb --> --- PAY [070] --- # c\nPAY ; d\n&COIN\n+PENNY\n+CASH_\n&MONEY_\n+&COIN\n- * &MONEY [071]\n"
    (pattern,) = parse_verbs(text).blocks[0].patterns
    assert pattern.after[0].words == (frozenset({"penny", "pennies", "cash"}),)


def test_regular_forms() -> None:
    assert set(regular_forms("agree")) == {"agrees", "agreed", "agreeing"}
    assert set(regular_forms("deny")) == {"denies", "denied", "denying"}
    assert set(regular_forms("clash")) == {"clashes", "clashed", "clashing"}


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="-*[](){}&+$^%~#;_: \nABCabc01", max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    found = parse_verbs(text)
    assert all(p.code == p.code.strip() for block in found.blocks for p in block.patterns)


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet="*(){}&+$^%_ ABC", max_size=40))
def test_whatever_patterns_are_read_can_be_coded_with(tmp_path_factory: pytest.TempPathFactory, pattern: str) -> None:
    path = tmp_path_factory.mktemp("verbs") / "odd.txt"
    path.write_text(f"--- PRAISE [051] ---\nPRAISE\n- * {pattern} [052]\n- {pattern} * [053]\n", encoding="utf-8")
    lexicon = with_verbs(load_lexicon(), [path])
    assert lexicon.verbs["praise"]
    coded("The B and C of Norway praised the A of Denmark.", Ontology("plover", load_ontology().codebook, lexicon))


def test_a_reader_with_dictionaries_codes_by_them_and_says_so() -> None:
    reader = Reader(verbs=(VERBS,))
    claims = reader.read(Document.from_text("Denmark impounded two Latvian tankers."))
    assert [e.cameo for e in claims.events] == ["171"]
    assert reader.fingerprint.startswith("+events=")
    assert Reader().fingerprint == ""


def test_commands_take_dictionaries(tmp_path: Path) -> None:
    run = CliRunner()
    options = ["--verbs", str(VERBS), "--issues", str(SAMPLE / "harbour.issues.txt"), "--scheme", "cameo"]
    shown = run.invoke(build_app(), ["code", *options, str(SAMPLE / "sentences.txt")])
    first = json.loads(shown.stdout.splitlines()[0])
    assert first["events"][0]["code"] == "171"
    assert first["issues"] == {"SEIZURE": 1, "SHIPPING": 1}
    told = run.invoke(build_app(), ["codebook", "--verbs", str(VERBS), "--json"])
    (report,) = json.loads(told.stdout)
    assert (report["verbs"], report["patterns"], report["transformations"], report["left out"]) == (12, 11, 1, [])
    explained = run.invoke(build_app(), ["explain", "--verbs", str(VERBS), "Denmark impounded two Latvian tankers."])
    assert "harbour.verbs.txt" in explained.stdout
    refused = run.invoke(build_app(), ["code", "--verbs", str(tmp_path / "absent.txt"), "-"])
    assert refused.exit_code != 0
