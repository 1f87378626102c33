"""A record on PostgreSQL: the same as in a file, several readers and writers, kills, roles, migrations, errors."""

from __future__ import annotations

import asyncio
import json
import random
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from postgres_server import OWNER, Server

from detente import ActorRef, Attribution, DateRef, Document, Event, PlaceRef, Record, Span, Stance
from detente.cli import main
from detente.errors import RecordError, UsageError
from detente.record import migrations
from detente.record.copying import TABLES, copy
from detente.record.store import path_of

ROOT = Path(__file__).parents[2]
KEYS = ("NOR", "EGY", "KEN", "International Water Board", "Ana María", "")
WORDS = (
    "talks",
    "Étienne’s",
    "step-by-step",
    "U.N.",
    "1,000",
    "sanctioned",
    "sanctions",
    "ﬁnal",
    "日本",
    "🤝",
    "it's",
    "co-operate",
)


def claims_of(doc: Document, dice: random.Random) -> list[Any]:
    """Claims of several kinds about whom and when it may be."""

    def who() -> tuple[ActorRef, ...]:
        some = dice.sample(KEYS, dice.randint(0, 2))
        return tuple(ActorRef(text=k or "they", country=k if len(k) == 3 else None, name=k or None) for k in some)

    claims: list[Any] = []
    for _ in range(dice.randint(0, 5)):
        start = dice.randint(0, len(doc.text) - 1)
        span = Span(start, dice.randint(start + 1, len(doc.text)))
        date = dice.choice(
            [None, "2020-03-03", "2020-03-04", "2020-03", "2020", "PAST_REF", "0001-01-01", "9999-12-31"]
        )
        place = dice.choice([None, PlaceRef(name="Zürich", country="CHE", lat=47.37, lon=8.54), PlaceRef(name="Cairo")])
        common: dict[str, Any] = {
            "document": doc.id,
            "span": span,
            "confidence": round(dice.random(), 4),
            "extractor": "test/1",
        }
        claims += [
            Event(
                type=dice.choice(["CONSULT", "ACCUSE"]),
                actors=who(),
                recipients=who(),
                goldstein=dice.choice([None, -10.0, 3.4, 0.1, -0.1]),
                date=DateRef(value=date) if date else None,
                place=place,
                reciprocal=dice.random() < 0.2,
                **common,
            ),
            Attribution(speakers=who(), content=(span,), **common),
            Stance(
                holders=who(),
                issue=dice.choice(["water", "wäter", ""]),
                topic="the use of water",
                side="favour",
                **common,
            ),
        ]
    return claims


def documents(seed: int, count: int = 5) -> Iterator[tuple[Document, list[Any]]]:
    dice = random.Random(seed)
    texts: list[str] = []
    for i in range(count):
        text = " ".join(dice.choice(WORDS) for _ in range(dice.randint(3, 40))) + dice.choice(["", ".", "\0", "\ud800"])
        text = dice.choice(texts) + "!" if texts and dice.random() < 0.3 else text  # nearly the same dispatch
        texts.append(text)
        outlet = dice.choice([None, "Agence", "agence", "Überblick"])
        doc = Document.from_text(text, source=f"{i}.txt", outlet=outlet, published=dice.choice([None, "2020-03-03"]))
        yield doc, claims_of(doc, dice)


def fill(record: Record, seed: int) -> None:
    for doc, claims in documents(seed):
        record.add(doc, claims)
    for n, entry in enumerate(record.events(merged=False)):
        if n % 3 == 0:
            record.accept(entry.id, by="Ada")
        elif n % 3 == 1:
            record.reject(entry.id, by="Ben", reason="it’s not so")


QUESTIONS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("events", {}), ("events", {"merged": False}), ("events", {"between": ("NOR", "EGY")}), ("events", {"party": "ana maria"}),
    ("events", {"since": "2020-03-04"}), ("events", {"until": "2020-03", "order": "-day", "limit": 3}),
    ("events", {"place": "zürich"}), ("events", {"place": "ZÜRICH"}), ("events", {"place": "Switzerland"}),
    ("events", {"text": "sanction"}), ("events", {"state": "rejected", "merged": False}), ("events", {"min_confidence": 0.5}),
    ("statements", {"speaker": "KEN"}), ("statements", {"about": "talks"}), ("stances", {"issue": "water"}),
    ("stances", {"issue": "use wat"}), ("timeline", {"party": "NOR"}), ("documents", {"outlet": "AGENCE"}),
    ("documents", {"outlet": "überblick"}), ("documents", {"text": "talk -日本"}), ("actors", {}), ("actors", {"name": "maria"}),
    ("issues", {}), ("counts", {"by": ["month", "type"]}), ("counts", {"by": ["source", "target", "year"]}), ("sources", {}),
)  # fmt: skip
SEARCHES = (
    "talks",
    "talk",
    '"step by step"',
    "sanct*",
    "etienne",
    "u.n.",
    "1,000",
    "-talks sanctions",
    "日本",
    "_",
    "co-operate",
    '"',
    "it's",
)


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_the_same_documents_give_the_same_record_and_answers(
    server: Server, tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    file = tmp_path_factory.mktemp("same") / "t.detente"
    with Record(file) as one, Record(server.address(schema=f"same{next(server.numbers)}")) as other:
        fill(one, seed)
        fill(other, seed)
        assert one.contents_hash() == other.contents_hash()
        assert one.statistics() == other.statistics()
        for method, filters in QUESTIONS:
            mine, theirs = (getattr(r, method)(**filters) for r in (one, other))
            rows = [[{**row, "at": None} for row in table.rows()] for table in (mine, theirs)]  # but for the hour
            assert rows[0] == rows[1], (method, filters)
            assert len(mine) == len(theirs)
        for typed in SEARCHES:
            hits = [{(h.document, h.snippet) for h in r.search(typed, None)} for r in (one, other)]
            assert hits[0] == hits[1], typed


@settings(max_examples=25, deadline=None)
@given(texts=st.lists(st.text(max_size=60), min_size=1, max_size=4), typed=st.text(max_size=20))
def test_any_words_find_the_same_documents(texts: list[str], typed: str, words: tuple[Record, Record]) -> None:
    for record in words:
        for text in texts:
            record.add(Document.from_text(text, source="t.txt"), [])
    asked = [
        typed,
        *(t[:12] for t in texts),
        *(f'"{t[:15]}"' for t in texts),
        *(w + "*" for t in texts for w in t.split()[:1]),
    ]
    for each in asked:
        mine, theirs = ({h.document for h in r.search(each, None)} for r in words)
        assert mine == theirs, each


@pytest.fixture(scope="module")
def words(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Record, Record]]:
    file = tmp_path_factory.mktemp("words") / "t.detente"
    with Record(file) as one, Record(server.address(schema="words")) as other:
        yield one, other


def test_a_text_that_is_too_long_for_the_index_is_kept_and_found_by_its_beginning(address: str) -> None:
    text = "treaty " + " ".join(f"w{i:x}x{i * 7919:x}" for i in range(120_000)) + " " + "a" * 5000 + " ending"
    with Record(address) as record:
        record.add(Document.from_text(text, title="Long"), [])
        assert [h.title for h in record.search("treaty")] == ["Long"]
        assert next(iter(record.search("treaty"))).snippet.startswith("\ue000treaty\ue001")
        assert record.document("Long").text == text


def test_what_is_no_name_but_rubbish_of_a_page_stops_nothing(place: Path | str) -> None:
    dice = random.Random(1)
    blob = "".join(dice.choice("abcdefghijklmnopqrstuvwxyz0123456789") for _ in range(12_000))
    doc = Document.from_text("Norland met Egypt.", source=f"https://news.example/?{blob}", outlet=blob)
    who = (ActorRef(text=blob, name=blob, id=blob, person=blob),)
    common: dict[str, Any] = {"document": doc.id, "span": Span(0, 7)}
    claims = [
        Event(type="CONSULT", actors=who, recipients=who, place=PlaceRef(name=blob), **common),
        Stance(holders=who, issue=blob, side="favour", **common),
    ]
    with Record(place) as record:
        assert record.add(doc, claims)
        assert [e.claim for e in record.events()] == claims[:1]
        assert record.document(doc.id).source == doc.source
        assert len(record.document(doc.id).outlet or "") == 300
        assert [d.id for d in record.documents(outlet=blob[:300])] == [doc.id]


def test_the_schema_is_that_of_the_file(address: str, tmp_path: Path) -> None:
    """As SQLAlchemy reads the two: tables, columns, what may be missing, keys, and what is indexed."""
    import sqlalchemy

    file = tmp_path / "t.detente"
    Record(file).close()
    with Record(address) as record:
        named = record.store.schema  # type: ignore[attr-defined]
        theirs = sqlalchemy.inspect(record.store.engine)  # type: ignore[attr-defined]
        engine = sqlalchemy.create_engine(f"sqlite:///{file}")
        ours = sqlalchemy.inspect(engine)
        kinds = {"INTEGER": "BIGINT", "TEXT": "TEXT", "REAL": "DOUBLE PRECISION", "BLOB": "BYTEA"}
        for table in TABLES:
            columns = [
                [
                    (c["name"], kind(c), c["nullable"] and c["name"] not in keys)
                    for c in i.get_columns(table, schema=schema)
                ]
                for i, schema, kind in (
                    (ours, None, lambda c: kinds[str(c["type"])]),
                    (theirs, named, lambda c: str(c["type"]).split(" COLLATE")[0].replace("DOUBLE_", "DOUBLE ")),
                )
                if (keys := set(i.get_pk_constraint(table, schema=schema)["constrained_columns"])) is not None
            ]
            assert columns[0] == columns[1], table
            assert (
                ours.get_pk_constraint(table)["constrained_columns"]
                == theirs.get_pk_constraint(table, schema=named)["constrained_columns"]
            )
            foreign = [
                {(f["constrained_columns"][0], f["referred_table"]) for f in i.get_foreign_keys(table, schema=s)}
                for i, s in ((ours, None), (theirs, named))
            ]
            assert foreign[0] == foreign[1]
        engine.dispose()
        listing = "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        with Record(file) as again:
            indexes = {r[0] for r in again.store.rows(listing)}
        found = {r[0] for r in record.store.rows("SELECT indexname FROM pg_indexes WHERE schemaname = ?", (named,))}
        assert indexes <= found
        rest = {r[0] for r in record.store.rows("SELECT tablename FROM pg_tables WHERE schemaname = ?", (named,))}
        assert rest == {*TABLES, "documents_words", "claims_words", "record_version"}


# --- copies -----------------------------------------------------------------------------------------------


def test_a_copy_there_and_back_is_the_same(address: str, tmp_path: Path) -> None:
    with Record(tmp_path / "a.detente") as one, Record(address) as there, Record(tmp_path / "b.detente") as back:
        fill(one, 7)
        assert copy(one.store, there.store) == 5
        copy(there.store, back.store)
        assert one.contents_hash() == there.contents_hash() == back.contents_hash()
        for table in ("history", "runs", "documents", "claims", "sources"):
            rows = [sorted(map(tuple, r.store.rows(f"SELECT * FROM {table}")), key=repr) for r in (one, there, back)]
            assert rows[0] == rows[1] == rows[2]
        for typed in SEARCHES:
            assert len({frozenset(h.document for h in r.search(typed)) for r in (one, there, back)}) == 1
        with pytest.raises(RecordError, match="holds something already"):
            copy(one.store, back.store)
        for record in (there, back):  # numbered on from where it was
            record.add(Document.from_text("One more. Norland met Egypt.", source="more.txt"), [])
            record.undo(by="Ada")
        assert there.contents_hash() == back.contents_hash()


# --- several at once, and kills ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dispatches")
    for i, (a, b) in enumerate(
        (("France", "Egypt"), ("Japan", "Brazil"), ("Kenya", "Turkey"), ("India", "France")) * 5
    ):
        text = f'CAIRO, March {i + 1}, 2020 - {a} accused {b} of breaking the treaty. "We kept it," said a spokesman for {b}.'
        (folder / f"{i:02}.txt").write_text(text, "utf-8")
    (folder / "nothing.txt").write_text("", "utf-8")
    return folder


READ = "import sys; from detente.record import Record; print(Record(sys.argv[1]).read(sys.argv[2]).added)"


def test_two_reads_at_once_lose_nothing(server: Server, database: str, folder: Path, tmp_path: Path) -> None:
    server.run(f"CREATE ROLE second{database} LOGIN SUPERUSER")
    users = (OWNER, f"second{database}")
    both = [
        subprocess.Popen(
            [sys.executable, "-c", READ, server.address(database, u), folder], stdout=subprocess.PIPE, text=True
        )
        for u in users
    ]
    added = [int(process.communicate()[0]) for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert sum(added) == 20
    with Record(server.address(database)) as record, Record(tmp_path / "alone.detente") as alone:
        alone.read(folder)
        assert record.contents_hash() == alone.contents_hash()


def test_reads_that_are_killed_and_begun_again_lose_nothing(server: Server, database: str) -> None:
    """The full number: python benchmarks/kill9.py --kills 50 --server ADDRESS."""
    words = ["--kills", "3", "--documents", "24", "--server", server.address(database)]
    run = subprocess.run([sys.executable, ROOT / "benchmarks" / "kill9.py", *words], capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
    result = json.loads(run.stdout)
    assert (result["kills"], result["lost"], result["unequal"]) == (3, 0, 0)


def test_many_threads_write_and_ask_at_once(address: str, tmp_path: Path) -> None:
    problems: list[BaseException] = []

    def work(record: Record, seed: int) -> None:
        try:
            for doc, claims in documents(seed):
                record.add(doc, claims)
                record.events(limit=5).to_dicts()
        except BaseException as error:
            problems.append(error)

    with Record(address) as record, Record(tmp_path / "t.detente") as alone:
        threads = [threading.Thread(target=work, args=(record, seed)) for seed in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not problems
        for seed in range(6):
            work(alone, seed)
        assert record.statistics()["documents"] == alone.statistics()["documents"]
        assert record.statistics()["states"] == alone.statistics()["states"]


def test_nobody_sees_half_a_transaction(address: str) -> None:
    with Record(address) as writer, Record(address) as reader:
        writer.add(Document.from_text("one"), [])
        with pytest.raises(ZeroDivisionError), writer.store.writing() as con:
            con.execute("UPDATE documents SET title = 'unseen'")
            assert [d.title for d in reader.documents()] == [None]
            assert [d.title for d in writer.documents()] == ["unseen"]
            raise ZeroDivisionError
        assert [d.title for d in writer.documents()] == [None]


def test_an_answer_is_of_one_moment_though_others_write(address: str) -> None:
    with Record(address) as reader, Record(address) as writer:
        for i in range(1200):
            with_ids = Document.from_text(f"text {i}", source=f"{i}.txt")
            writer.add(with_ids, []) if i < 1 else None
        with writer.store.writing() as con:
            con.executemany(
                "INSERT INTO sources (source, status, at) VALUES (?, 'failed', '')", [(f"s{i}",) for i in range(1200)]
            )
        rows = iter(reader.sources())
        next(rows)
        with writer.store.writing() as con:
            con.execute("DELETE FROM sources")
        assert len(list(rows)) == 1200
        assert len(reader.sources()) == 0


def test_a_lost_connection_is_told_and_made_again(server: Server, database: str) -> None:
    with Record(server.address(database)) as record:
        record.add(Document.from_text("one"), [])
        server.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'")
        with pytest.raises(RecordError, match=r"connection was lost.*goes on where it stopped"):
            record.statistics()
        assert record.statistics()["documents"] == 1


def test_who_waits_too_long_for_another_writer_is_told(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("detente.record.postgres.store.BUSY_SECONDS", 0.2)
    with (
        Record(address) as one,
        Record(address) as other,
        one.store.writing(),
        pytest.raises(RecordError, match="somebody else has been writing"),
    ):
        other.add(Document.from_text("two"), [])


# --- roles ------------------------------------------------------------------------------------------------


def test_a_reader_asks_and_cannot_write(server: Server, database: str) -> None:
    from detente.record.postgres.roles import grant

    reader = f"reader_{database}"
    with Record(server.address(database)) as own:
        fill(own, 3)
        event = next(iter(own.events(merged=False)))
        grant(own.store, reader, "reader", create=True)  # type: ignore[arg-type]
        expected = own.contents_hash()
    with Record(server.address(database, reader), create=False) as record:
        assert record.store.readonly
        assert record.contents_hash() == expected
        assert record.search("talks").to_dicts()
        for write in (
            lambda: record.add(Document.from_text("x"), []),
            lambda: record.accept(event.id, by="Eve"),
            lambda: record.read(__file__),
        ):
            with pytest.raises(RecordError, match=f"can only be read as {reader}.*grant {reader} --role editor"):
                write()
    refused(server, database, reader, "INSERT INTO documents (id) VALUES ('x')")
    refused(server, database, reader, "UPDATE claims SET state = 'accepted'")
    refused(server, database, reader, "DELETE FROM history")
    refused(server, database, reader, "CREATE TABLE mine (a INTEGER)")


def refused(server: Server, database: str, user: str, sql: str) -> None:
    """The server itself refuses, whatever program asks."""
    import psycopg

    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        server.run(f"SET search_path = detente; {sql}", database, user)


def test_an_editor_does_everything_but_rewrite_what_is_on_record(server: Server, database: str, tmp_path: Path) -> None:
    from detente.record.merging import merge
    from detente.record.postgres.roles import Member, grant, members, revoke

    editor = f"Édith {database}"  # a name that has to be quoted
    with Record(server.address(database)) as own:
        grant(own.store, editor, "editor", create=True)  # type: ignore[arg-type]
        assert members(own.store) == [Member(OWNER, "owner"), Member(editor, "editor")]  # type: ignore[arg-type]
    address = server.address(database, editor.replace(" ", "%20"))
    with Record(address, create=False) as record, Record(tmp_path / "t.detente") as file:
        for each in (record, file):
            fill(each, 11)
            for doc, claims in documents(11):
                each.add(doc, claims[1:], reader="newer/2")
            some = next(iter(each.events(state="unreviewed", merged=False)))
            each.correct(some.id, by="Ada", reason="it was so", type="AGREE")
            each.undo(by="Ben")
            each.read(tmp_path / "not-there.txt")
            each.read(tmp_path / "not-there.txt")
        assert record.contents_hash() == file.contents_hash()
        with Record(tmp_path / "more.detente") as more:
            fill(more, 12)
            merge(record.store, more.store)
    for sql in (
        "UPDATE documents SET text = 'otherwise'",
        "UPDATE claims SET id = 'otherwise'",
        "UPDATE history SET by = 'somebody else'",
        "DELETE FROM history",
        "DELETE FROM claims",
        "DELETE FROM documents",
        "TRUNCATE sources",
        "ALTER TABLE claims ADD COLUMN mine TEXT",
        "UPDATE record_version SET version = 99",
    ):
        refused(server, database, editor, sql)
    with Record(server.address(database)) as own:
        with Record(address) as theirs, pytest.raises(RecordError, match=f"only its owner, {OWNER}"):
            grant(theirs.store, editor, "reader")  # type: ignore[arg-type]
        grant(own.store, editor, "reader")  # type: ignore[arg-type]
        assert Member(editor, "reader") in members(own.store)  # type: ignore[arg-type]
        refused(server, database, editor, "UPDATE claims SET state = 'accepted'")
        revoke(own.store, editor)  # type: ignore[arg-type]
        assert members(own.store) == [Member(OWNER, "owner")]  # type: ignore[arg-type]
        with pytest.raises(RecordError, match=r"may not be read as .*detente record grant"):
            Record(address, create=False)
        with pytest.raises(RecordError, match="no role nobody_there"):
            grant(own.store, "nobody_there", "reader")  # type: ignore[arg-type]
        with pytest.raises(UsageError, match="none of reader, editor"):
            grant(own.store, editor, "writer")  # type: ignore[arg-type]


def test_what_the_tests_of_roles_list_is_all_there_is(address: str) -> None:
    """A new table has to be thought of: what an editor may change in it, and that copies hold it."""
    from detente.record.postgres.roles import CHANGED, WORDS

    with Record(address) as record:
        tables = {
            r[0]
            for r in record.store.rows("SELECT tablename FROM pg_tables WHERE schemaname = ?", (record.store.schema,))
        }
    assert tables == {*TABLES, *WORDS, "record_version"}
    assert set(CHANGED) <= set(TABLES)


# --- migrations -------------------------------------------------------------------------------------------


def next_version(monkeypatch: pytest.MonkeyPatch, *statements: str) -> None:
    def step(con: Any) -> None:
        for statement in statements:
            con.execute(statement)

    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, step))
    monkeypatch.setattr(migrations, "VERSION", migrations.VERSION + 1)


def test_an_older_record_is_brought_up_by_its_owner_alone(
    server: Server, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from detente.record.postgres import ServerStore
    from detente.record.postgres.roles import grant, grant_anew

    reader, now = f"reader_{database}", migrations.VERSION
    with Record(server.address(database)) as record:
        fill(record, 5)
        before = record.contents_hash()
        grant(record.store, reader, "reader", create=True)  # type: ignore[arg-type]
    next_version(
        monkeypatch,
        "CREATE TABLE count_days ( day TEXT NOT NULL, n INTEGER NOT NULL, goldstein REAL NOT NULL, PRIMARY KEY (day) ) WITHOUT ROWID",
        "INSERT INTO count_days SELECT day, count(*), round(total(goldstein), 6) FROM claims WHERE shown = 1 GROUP BY day",
    )
    with pytest.raises(
        RecordError, match=rf"has schema {now}, and this detente needs {now + 1}.*detente record upgrade"
    ):
        Record(server.address(database))
    with pytest.raises(RecordError, match=r"permission denied|must be owner"):
        ServerStore(server.address(database, reader), create=False, old=True).bring_up()
    store = ServerStore(server.address(database), create=False, old=True)
    assert store.bring_up() == (now, now + 1)
    assert store.bring_up() == (now + 1, now + 1)
    grant_anew(store)
    store.close()
    with Record(server.address(database, reader), create=False) as record:
        assert record.contents_hash() == before
        assert record.store.value("SELECT sum(n) FROM count_days") == record.store.value(
            "SELECT count(*) FROM claims WHERE shown = 1"
        )
    monkeypatch.undo()
    with pytest.raises(RecordError, match="newer detente"):
        Record(server.address(database))


def test_a_migration_that_fails_changes_nothing(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from detente.record.postgres import ServerStore

    now = migrations.VERSION
    Record(address).close()
    next_version(monkeypatch, "CREATE TABLE half (a INTEGER)", "INSERT INTO not_there VALUES (1)")
    store = ServerStore(address, create=False, old=True)
    with pytest.raises(RecordError, match="not_there"):
        store.bring_up()
    assert store.version == now
    assert store.value("SELECT to_regclass('half')") is None
    store.close()


# --- addresses and errors ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("postgresql://ana@localhost:notaport/news", "is no address"),
        ("postgresql://ana@localhost", "names no database"),
        ("postgresql://ana@localhost/news?schema=Big%20Name", "is no name"),
        ("postgresql://ana@localhost/news?schema=pg_catalog", "is no name"),
        ("postgresql://ana:secret@localhost:1/news", "cannot be reached as ana"),
    ],
)
def test_addresses_that_are_wrong(server: Server, address: str, says: str) -> None:
    with pytest.raises((UsageError, RecordError), match=says) as told:
        Record(address)
    assert "secret" not in str(told.value)


def test_what_is_no_record_is_left_alone(server: Server, database: str) -> None:
    with pytest.raises(RecordError, match=r"there is no record in .*detente record init"):
        Record(server.address(database), create=False)
    server.run("CREATE SCHEMA detente; CREATE TABLE detente.mine (a INTEGER)", database)
    with pytest.raises(RecordError, match="holds other tables and no record"):
        Record(server.address(database))
    with Record(server.address(database, schema="iran")) as record:
        assert record.statistics()["documents"] == 0
        assert str(record.path) == f"{database}.iran.detente"
    with pytest.raises(RecordError, match="does not exist"):
        Record(server.address("no_such_database"))


def test_who_may_not_make_a_record_is_told(server: Server, database: str) -> None:
    server.run(f"CREATE ROLE guest_{database} LOGIN")
    with pytest.raises(RecordError, match="permission denied for database"):
        Record(server.address(database, f"guest_{database}"))


def test_without_the_drivers_the_extra_is_named(tmp_path: Path) -> None:
    script = (
        "import sys; sys.modules['sqlalchemy'] = None\nfrom detente.record import Record\n"
        "try: Record('postgresql://a@b/c')\nexcept Exception as e: print(type(e).__name__, e)"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert "RecordError" in run.stdout and "pip install 'detente[postgres]'" in run.stdout


@pytest.mark.parametrize(
    ("location", "path"),
    [
        ("iran.detente", "iran.detente"),
        ("postgresql://ana@db/news", "news.detente"),
        ("postgresql://ana:word@db:5433/news?schema=iran&sslmode=require", "news.iran.detente"),
    ],
)
def test_files_that_belong_to_a_record(location: str, path: str) -> None:
    assert path_of(location) == Path(path)


# --- commands and pages -----------------------------------------------------------------------------------


def test_commands(
    server: Server,
    database: str,
    folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    address, user = server.address(database), f"cli_{database}"
    monkeypatch.chdir(tmp_path)

    def done(*words: str, code: int = 0) -> str:
        monkeypatch.setattr(sys, "argv", ["detente", *words])
        ended: object = 0
        try:
            main()
        except SystemExit as end:
            ended = end.code or 0
        told = capsys.readouterr()
        assert ended == code, told.err
        return told.out + told.err

    assert "0 documents" in done("record", "init", "-r", address)
    assert "20 documents read" in done("read", str(folder), "-w", "1", "-r", address, code=1)  # one file is empty
    (event, *_) = json.loads(done("events", "-r", address, "--json"))
    assert "accused" in done("show", "00.txt", "-r", address)
    assert json.loads(done("search", "treaty", "-r", address, "--json"))
    assert done("statements", "-r", address)
    assert done("accept", event["id"], "--by", "Ada", "-r", address)
    assert done("undo", event["id"], "--by", "Ada", "-r", address)
    assert "schema" in done("record", "upgrade", "-r", address)
    assert f"{user} is editor" in done("record", "grant", user, "--role", "editor", "--create", "-r", address)
    assert json.loads(done("record", "roles", "--json", "-r", address))[0] == {"name": user, "role": "editor"}
    assert "no rights" in done("record", "revoke", user, "-r", address)
    assert "20 documents" in done("record", "copy", address, "copy.detente")
    hashes = {
        json.loads(done("record", "info", "--hash", "--json", "-r", r))["contents_hash"]
        for r in (address, "copy.detente")
    }
    assert len(hashes) == 1
    done("export", "events", "e.csv", "-r", address)
    assert (tmp_path / "e.csv").read_text("utf-8").count("\n") > 20
    assert "writable, ok" in done("doctor", "-r", address)
    assert "is a file" in done("record", "grant", "ana", "-r", "copy.detente", code=2)
    assert "holds something already" in done("record", "copy", "copy.detente", address, code=3)


PAGES = (
    "/", "/documents", "/timeline", "/timeline?issue=water", "/timeline?party=FRA", "/events", "/events?by=day", "/events?text=treaty",
    "/statements", "/stances", "/dyads", "/actors", "/actor/FRA", "/agreements", "/map", "/sources?status=read", "/method",
    "/method/codebook", "/search?q=treaty", "/plan/jpoa-2013?as_of=2014-07-20", "/claim/{event}", "/document/{document}", "/nowhere",
)  # fmt: skip


def test_the_workbench_shows_the_same_of_a_record_on_a_server(address: str, folder: Path, tmp_path: Path) -> None:
    with Record(address) as there, Record(tmp_path / path_of(address).name) as here:
        there.read(folder)
        copy(there.store, here.store)
        event, document = next(iter(there.events())).id, next(iter(there.documents())).id
        paths = [page.format(event=event, document=document) for page in PAGES]
        told = [asyncio.run(pages_of(record, paths)) for record in (there, here)]
    for path in paths:
        assert told[0][path] == told[1][path], path
        assert told[0][path][0] == (404 if path == "/nowhere" else 200), path


async def pages_of(record: Record, paths: list[str]) -> dict[str, tuple[int, str]]:
    """Status and visible words of pages of the workbench."""
    import httpx
    from lxml import html

    from detente.workbench.app import make_app

    transport = httpx.ASGITransport(make_app(record))
    told = {}
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        for path in paths:
            answer = await client.get(path)
            told[path] = answer.status_code, " ".join(html.fromstring(answer.text).text_content().split())
    return told
