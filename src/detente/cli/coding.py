"""`detente code`, `detente explain` and `detente codebook`: code sentences, see why, look codes up."""

from __future__ import annotations

import json
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from ._shared import ActorFiles, DiscardFiles, LexiconFolders, VerbFiles, View

Json = Annotated[bool, typer.Option("--json", help="Print JSON for a program.")]
Scheme = Annotated[
    str | None,
    typer.Option(
        "--scheme",
        help="plover (PLOVER 2.0), plover2018, plv, cameo, cameo_root or acled; each record's own "
        "key 'scheme' where it has one, else plover.",
    ),
]
Ontology = Annotated[
    str | None, typer.Option("--ontology", help="A codebook folder, or the name of one that we ship: acled.")
]

CODE_HELP = """Code sentences: JSON Lines in, JSON Lines out, in order and in constant memory.

Each input line is an object with `text`, and may have `id`, `date` and `scheme`; a line that is no JSON is taken
as a sentence itself. With `--full` each event is printed with all its spans. Sentences that can hold no event, by
their words alone, are not parsed; `--parse-all` parses them too.

Examples:

    detente code sentences.jsonl > events.jsonl

    echo 'Iran rejected a French offer of talks.' | detente code -

    detente code --full --lexicon my-lexicon sentences.jsonl

    detente code --actors Phoenix.Countries.actors.txt --actors my-actors.csv sentences.jsonl

    detente code --verbs CAMEO.2.0.txt --discards Phoenix.discards.txt --issues Phoenix.IssueCoding.txt sentences.jsonl
"""
EXPLAIN_HELP = """Show how a sentence is coded: the parse, what matched, why the rest did not, which row to change.

Examples:

    detente explain "Kenya will not agree to lift its ban on Somali newspapers."

    detente explain --json "The two sides did not sign the accord."
"""
CODEBOOK_HELP = """Show a code, a type or a mode: its definition, quad class, Goldstein value, crosswalk and examples.

Examples:

    detente codebook AGREE

    detente codebook 0333

    detente codebook COERCE-curfew

    detente codebook --list --ontology acled

    detente codebook --verbs CAMEO.2.0.txt
"""


def register(app: typer.Typer) -> None:
    """Adds the commands `code`, `explain` and `codebook`."""
    app.command("code", help=CODE_HELP)(code)
    app.command("explain", help=EXPLAIN_HELP)(explain)
    app.command("codebook", help=CODEBOOK_HELP)(codebook)


def code(
    source: Annotated[str, typer.Argument(help="A file of JSON Lines or of sentences; - for standard input.")] = "-",
    jsonl: Annotated[bool, typer.Option("--jsonl", help="JSON Lines in and out; this is the default.")] = True,
    scheme: Scheme = None,
    full: Annotated[
        bool, typer.Option("--full", help="Print whole events with spans, not source-code-target.")
    ] = False,
    lexicon: LexiconFolders = None,
    verbs: VerbFiles = None,
    discards: DiscardFiles = None,
    ontology: Ontology = None,
    actors: ActorFiles = None,
    view: View = "code",
    issues: Annotated[
        list[Path] | None,
        typer.Option("--issues", help="A PETRARCH issue list: each line out says which of its issues the text names."),
    ] = None,
    parse_all: Annotated[
        bool, typer.Option("--parse-all", help="Parse also the sentences whose words can hold no event.")
    ] = False,
) -> None:
    """`detente code FILE`."""
    from ..claims import to_dict
    from ..document import Document
    from ..evaluation.event_export import predictions_of
    from ..events.issue_lists import read_issues
    from ..events.ontology import load_ontology
    from ..events.sentences import code_documents
    from ..language.triage import rough_sentences

    own = load_ontology(ontology, lexicon or [], verbs or [], discards or [])
    listed = read_issues(issues) if issues else None
    waiting: deque[dict[str, Any]] = deque()
    done = 0

    def scheme_of(record: dict[str, Any]) -> str:
        return scheme or record.get("scheme") or "plover"

    def wants_statements(position: int) -> bool:
        return scheme_of(waiting[position - done]).startswith(("cameo", "acled"))

    def documents() -> Iterator[Document]:
        for record in _records(source):
            waiting.append(record)
            yield Document.from_text(str(record.get("text", "")), published=record.get("date") or None)

    coded = code_documents(
        documents(),
        actors=actors,
        view=view,
        lexicon=own.lexicon,
        codebook=own.codebook,
        statements=wants_statements,
        skip=not parse_all,
    )
    for events in coded:
        record = waiting.popleft()
        done += 1
        if full or own.name != "plover":
            found: Any = [to_dict(e) for e in events if e.type != "STATEMENT"]
        else:
            found = predictions_of(events, scheme_of(record))
        line = {"id": record.get("id", ""), "events": found}
        if listed is not None:
            line["issues"] = listed.counts(rough_sentences(str(record.get("text", ""))))
        print(json.dumps(line, ensure_ascii=False), flush=source == "-")


def _records(source: str) -> Iterator[dict[str, Any]]:
    """The records of a file or of standard input, one a line; plain lines are sentences."""
    from ..errors import UsageError

    if source != "-" and not Path(source).is_file():
        raise UsageError(f"{source}: no such file; give JSON Lines, a file of sentences, or - for standard input")
    if source == "-":
        yield from _parsed(sys.stdin)
        return
    with Path(source).open(encoding="utf-8", errors="replace") as lines:
        yield from _parsed(lines)


def _parsed(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        if line.lstrip().startswith("{"):
            try:
                record = json.loads(line)
            except json.JSONDecodeError:
                record = None
            if isinstance(record, dict):
                yield record
                continue
        yield {"id": str(number), "text": line.strip()}


def explain(
    sentence: Annotated[str, typer.Argument(help="The sentence, or - to read it from standard input.")],
    lexicon: LexiconFolders = None,
    verbs: VerbFiles = None,
    discards: DiscardFiles = None,
    ontology: Ontology = None,
    as_json: Json = False,
) -> None:
    """`detente explain SENTENCE`."""
    from ..events.explain import explain_text
    from ..events.ontology import load_ontology

    text = sys.stdin.read() if sentence == "-" else sentence
    report = explain_text(text, load_ontology(ontology, lexicon or [], verbs or [], discards or []))
    if as_json:
        print(json.dumps(report, ensure_ascii=False))
        return
    for section, lines in report.items():
        if lines:
            typer.echo(typer.style(section, bold=True))
            for line in lines:
                typer.echo(f"  {line}")


def codebook(
    name: Annotated[
        str | None, typer.Argument(help="A type (AGREE), a mode (COERCE-curfew) or a CAMEO code (0333).")
    ] = None,
    everything: Annotated[bool, typer.Option("--list", help="List all types and codes.")] = False,
    ontology: Ontology = None,
    verbs: VerbFiles = None,
    as_json: Json = False,
) -> None:
    """`detente codebook CODE`."""
    from ..errors import UsageError
    from ..events.ontology import describe, list_codes, load_ontology

    if verbs:
        _print_dictionaries(verbs, as_json)
        return
    own = load_ontology(ontology, [])
    if everything or name is None:
        lines = list_codes(own)
        print(json.dumps(lines, ensure_ascii=False) if as_json else "\n".join(lines))
        return
    entry = describe(own, name)
    if entry is None:
        raise UsageError(f"{name}: no such code or type; `detente codebook --list` shows all")
    if as_json:
        print(json.dumps(entry, ensure_ascii=False))
        return
    for key, value in entry.items():
        if isinstance(value, list):
            typer.echo(f"{key}:" if value else "", nl=bool(value))
            for each in value:
                typer.echo(f"  {each}")
        elif value not in (None, ""):
            typer.echo(f"{key}: {value}")


def _print_dictionaries(files: list[Path], as_json: bool) -> None:
    """What was read of each PETRARCH verb dictionary, and which lines were left out."""
    from ..events.petrarch_verbs import read_verbs

    reports = []
    for path in files:
        found = read_verbs(path)
        reports.append(
            {
                "dictionary": str(path),
                "verbs": sum(len(block.verbs) for block in found.blocks),
                "patterns": sum(len(block.patterns) for block in found.blocks),
                "transformations": len(found.transformations),
                "phrases told from words": found.structured,
                "left out": [f"line {number}: {reason}" for number, reason in found.skipped],
            }
        )
    if as_json:
        print(json.dumps(reports, ensure_ascii=False))
        return
    for report in reports:
        for key, value in report.items():
            if isinstance(value, list):
                typer.echo(f"{key}: {len(value)}")
                for line in value:
                    typer.echo(f"  {line}")
            else:
                typer.echo(f"{key}: {value}")
