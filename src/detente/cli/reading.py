"""`detente read` and `detente record`: put documents on record, and look at the file."""

from __future__ import annotations

import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from . import EXIT_PARTLY
from ._places import register_in
from ._shared import (
    DEFAULT_RECORD,
    ActorFiles,
    CueFiles,
    DiscardFiles,
    IssueFile,
    Json,
    LexiconFolders,
    RecordFile,
    VerbFiles,
    View,
    console,
    examples,
    one_line,
    open_record,
    print_json,
    safe,
)

if TYPE_CHECKING:
    from ..reading import Reader
    from ..record import Progress, ReadReport

READ_HELP = (
    "Read documents and put on record what they say.\n\n"
    "SOURCES are files, folders, patterns, http(s) and s3 addresses, or `-` for standard input: text, HTML, PDF, DOCX, e-mail, "
    "RSS and Atom, JSON Lines, CSV, Parquet, WARC; also s3://, gs:// and abfs:// addresses of objects. What is on record already is not read again; a read that was stopped goes on "
    "where it stopped when the same command is run again. What is not in English is kept and not coded."
    + examples(
        "detente read dispatches/",
        "detente read dispatches/*.html report.pdf -r iran.detente",
        "cat dispatch.txt | detente read -",
        "detente read dispatches/ --actors my-actors.csv --actors Phoenix.MilNonState.actors.txt --view de-facto",
        "detente read dispatches/ --cues my-cues.csv --issues my-issues.csv",
        "detente read dispatches/ --verbs CAMEO.2.0.txt --discards Phoenix.discards.txt",
        "detente read archive/ --triage",
        "detente read crawl/*.warc.gz --engine dask --out parquet/",
        "detente read s3://news/2024/ --triage --engine dask --out s3://news/claims/",
    )
)
INFO_HELP = "Show what a record holds and how it was read." + examples(
    "detente record info", "detente record info -r iran.detente --json"
)


MERGE_HELP = (
    "Put what several records hold into one, as if it had been read into one from the start.\n\n"
    "PARTS are record files, or folders of Parquet that `detente read --out` wrote. They stay as they are. Duplicates and "
    "corroboration are found across them; decisions of people go along, and of two on one claim the later counts."
    + examples(
        "detente record merge mine.detente theirs.detente --output both.detente",
        "detente record merge parquet/ --output archive.detente",
    )
)


def register(app: typer.Typer) -> None:
    """Adds `read` and the group `record`."""
    app.command("read", help=READ_HELP)(read)
    group = typer.Typer(
        name="record", help="Look at the record file itself.", no_args_is_help=True, rich_markup_mode="markdown"
    )
    group.command("info", help=INFO_HELP)(info)
    group.command("merge", help=MERGE_HELP)(merge)
    register_in(group)
    app.add_typer(group)


def read(
    sources: Annotated[list[str], typer.Argument(help="Files, folders, patterns, addresses, or - for standard input.")],
    record: RecordFile = DEFAULT_RECORD,
    workers: Annotated[
        int | None,
        typer.Option(
            "--workers",
            "-w",
            min=1,
            help="Processes that read and code at the same time; as many as cores if not given.",
        ),
    ] = None,
    actors: ActorFiles = None,
    view: View = "code",
    cues: CueFiles = None,
    issues: IssueFile = None,
    lexicon: LexiconFolders = None,
    verbs: VerbFiles = None,
    discards: DiscardFiles = None,
    triage: Annotated[
        bool,
        typer.Option("--triage", help="Keep what is not political by its words alone, and do not parse or code it."),
    ] = False,
    out: Annotated[
        str | None,
        typer.Option(
            "--out", help="Write partitioned Parquet into this folder, or s3:// address, instead of a record."
        ),
    ] = None,
    engine: Annotated[
        str, typer.Option("--engine", help="With --out: processes of this machine, or dask.", show_default=True)
    ] = "processes",
    cluster: Annotated[
        str | None, typer.Option("--cluster", help="With --engine dask: the address of a scheduler, tcp://host:8786.")
    ] = None,
    json: Json = False,
) -> None:
    signal.signal(signal.SIGTERM, _terminated)
    reader = _reader(actors or [], view, cues or [], issues, triage, (lexicon or [], verbs or [], discards or []))
    if out is not None:
        _read_to_parquet(sources, out, engine, workers, cluster, reader, json)
        return
    if engine != "processes" or cluster is not None:
        from ..errors import UsageError

        raise UsageError(
            "--engine and --cluster go with --out: an engine writes Parquet, which `detente record merge` "
            "puts into a record"
        )
    with open_record(record, create=True) as rec:
        meter = Meter(quiet=json)
        try:
            report = rec.read(sources, progress=meter.tell, workers=workers, reader=reader)
        except KeyboardInterrupt as stop:
            meter.stop()
            print(
                f"detente: stopped; {meter.done} documents of this run are on record, run the same command to go on",
                file=sys.stderr,
            )
            raise SystemExit(143 if isinstance(stop, Terminated) else 130) from None
        finally:
            meter.stop()
        if json:
            print_json({"record": rec.store.location_shown, **report.to_dict()})
        else:
            _print_report(report, rec.store.location_shown, rec.statistics())
    if report.failed:
        raise typer.Exit(EXIT_PARTLY)


def _read_to_parquet(
    sources: list[str],
    out: str,
    engine: str,
    workers: int | None,
    cluster: str | None,
    reader: Reader | None,
    json: bool,
) -> None:
    from ..scale import RunReport, read_to_parquet

    began = time.monotonic()

    def tell(report: RunReport, parts: int) -> None:
        if not json:
            rate = report.documents / (time.monotonic() - began)
            print(
                f"\r{report.documents} documents of {parts} parts, {rate:.1f}/s ", end="", file=sys.stderr, flush=True
            )

    report = read_to_parquet(
        sources, out, engine=engine, workers=workers, address=cluster, reader=reader, progress=tell
    )
    if json:
        print_json({"out": out, "engine": engine, **report.to_dict()})
    else:
        console().print(
            f"\n{report.documents} documents, {report.claims} claims, {report.failures} failed, in {report.parts} parts "
            f"({report.parts_known} known already); {report.links.get('documents', 0)} documents share a dispatch, "
            f"{report.links.get('events', 0)} events are told by several; {report.seconds:.1f} s.\n"
            f"Into a record: detente record merge {_plain(out)} --output archive.detente"
        )
    if report.failures:
        raise typer.Exit(EXIT_PARTLY)


class Terminated(KeyboardInterrupt):
    """SIGTERM came: the read ends as it does on Ctrl-C."""


def _terminated(*_: object) -> None:
    raise Terminated


def _reader(
    actors: list[Path],
    view: str,
    cues: list[Path],
    issues: Path | None,
    triage: bool,
    coding: tuple[list[Path], list[Path], list[Path]],
) -> Reader | None:
    """The reader with the user's files and view, checked before anything is read; None for detente's own. `coding` are
    lexicon folders, verb dictionaries and discard lists."""
    if not actors and not cues and issues is None and view == "code" and not triage and not any(coding):
        return None
    from ..actors import registry_of
    from ..events.ontology import lexicon_of
    from ..reading import Reader
    from ..statements import load_cues, load_issues

    files = tuple(path.resolve() for path in actors)
    registry_of(files, view)
    own = tuple(path.resolve() for path in cues)
    load_cues(*own)
    if issues is not None:
        load_issues(issues.resolve())
    lexicons, verbs, discards = (tuple(path.resolve() for path in paths) for paths in coding)
    if any(coding):
        lexicon_of(lexicons, verbs, discards)
    return Reader(
        actors=files,
        view=view,
        cues=own,
        issues=issues.resolve() if issues else None,
        triage=triage,
        lexicons=lexicons,
        verbs=verbs,
        discards=discards,
    )


class Meter:
    """The progress bar: documents, their rate, and the time left by the bytes that are still to be read (by files
    where bytes cannot be known). Shown on a terminal when a read takes longer than two seconds."""

    def __init__(self, *, quiet: bool, bar: Any = None) -> None:
        self.done = 0
        self._quiet = quiet
        self._began = time.monotonic()
        self._bar: Any = bar
        self._task: Any = None

    def tell(self, progress: Progress) -> None:
        self.done = progress.done
        passed = time.monotonic() - self._began
        if self._quiet or passed < 2.0:
            return
        if self._task is None:
            self._start()
        share = share_of(progress)
        self._bar.update(
            self._task,
            completed=share or 0.0,
            total=1.0 if share is not None else None,
            documents=f"{progress.done:,} documents",
            rate=f"{progress.done / passed:.1f}/s",
            left=f"{clock(passed * (1 - share) / share)} left" if share else "",
        )

    def stop(self) -> None:
        if self._task is not None:
            self._bar.stop()
            self._task = None

    def _start(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as Bar

        told = (TextColumn(f"{{task.fields[{name}]}}") for name in ("documents", "rate", "left"))
        columns = (TextColumn("reading"), BarColumn(), *told, TimeElapsedColumn())
        self._bar = self._bar or Bar(*columns, console=Console(stderr=True))
        self._task = self._bar.add_task("reading", total=None, documents="", rate="", left="")
        self._bar.start()


def share_of(progress: Progress) -> float | None:
    """How much of the reading is done, 0 to 1: by bytes, else by files; None where neither is known."""
    if progress.bytes_total:
        return min(1.0, (progress.bytes_read or 0) / progress.bytes_total)
    # Without bytes there is a feed or address among the files, which may hold many documents.
    return min(1.0, progress.done / progress.total) if progress.total and progress.total > 1 else None


def clock(seconds: float) -> str:
    """3:05:09 or 5:09."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _print_report(report: ReadReport, path: str, holds: dict[str, Any]) -> None:
    out = console()
    parts = [f"{report.added} documents read"]
    for count, what in (
        (report.again, "read again by newer rules"),
        (report.known, "known already"),
        (report.uncoded, "kept but not coded (not English)"),
        (report.failed, "failed"),
    ):
        if count:
            parts.append(f"{count} {what}")
    out.print(f"{', '.join(parts)}; {report.claims} claims, {report.seconds:.1f} s.")
    if report.deaths:
        out.print(f"  {report.deaths} processes died while coding and were replaced.")
    for error in report.failures[:20]:
        out.print(f"  [red]failed[/red] {_plain(error.source)}: {_plain(error.message)} ({error.reason})")
    if report.failed > 20:
        out.print(f"  and {report.failed - 20} more: detente sources --status failed -r {_plain(str(path))}")
    kinds = holds["kinds"]
    out.print(
        f"On record in {_plain(str(path))}: {holds['documents']} documents, {kinds.get('event', 0)} events, "
        f"{kinds.get('attribution', 0)} statements, {kinds.get('stance', 0)} stances, {kinds.get('agreement', 0)} agreements, "
        f"{kinds.get('plan', 0)} plans."
    )


def _plain(text: str) -> str:
    from rich.markup import escape

    return escape(one_line(safe(text), 300))


def info(
    record: RecordFile = DEFAULT_RECORD,
    hash: Annotated[
        bool, typer.Option("--hash", help="Also a hash of all that it holds: to cite a state of it, or to compare two.")
    ] = False,
    json: Json = False,
) -> None:
    with open_record(record) as rec:
        facts = {
            "record": rec.store.location_shown,
            "bytes": rec.store.size,
            "schema": rec.store.version,
            "readers": [
                r["reader"] for r in rec.store.rows("SELECT DISTINCT reader FROM documents WHERE reader IS NOT NULL")
            ],
            **({"contents_hash": rec.contents_hash()} if hash else {}),
            **rec.statistics(),
            "runs": rec.runs()[:10],
        }
    if json:
        print_json(facts)
        return
    out = console()
    for name, value in facts.items():
        if name == "runs":
            for run in value:
                ended = run["ended"] or "not ended"
                out.print(
                    f"run          {run['started']} to {ended}: {run['added']} added, {run['known']} known, {run['failed']} failed"
                )
        else:
            shown = ", ".join(f"{k} {v}" for k, v in value.items()) if isinstance(value, dict) else value
            out.print(f"{name:<12} {_plain(str(shown))}")


def merge(
    parts: Annotated[list[str], typer.Argument(help="Records, or folders or s3:// addresses of Parquet.")],
    output: Annotated[
        str,
        typer.Option("--output", "-o", help="The record to put it into; made if it is not there."),
    ],
    json: Json = False,
) -> None:
    from ..errors import UsageError
    from ..record.merging import merge as merge_record
    from ..scale.parts import merge_parts
    from ..sources.objects import is_object_address

    for part in parts:
        if part == output or ("://" not in part + output and Path(part).resolve() == Path(output).resolve()):
            raise UsageError(f"{part} cannot be merged into itself; name another file after --output")
    with open_record(output, create=True) as rec:
        reports = []
        for part in parts:
            if is_object_address(part) or Path(part).is_dir():
                report = merge_parts(rec.store, part)
            else:
                with open_record(part) as other:
                    report = merge_record(rec.store, other.store)
            reports.append({"part": part, **report.to_dict()})
        holds, output = rec.statistics(), rec.store.location_shown
    if json:
        print_json({"record": output, "parts": reports, "documents": holds["documents"], "kinds": holds["kinds"]})
        return
    out = console()
    for told in reports:
        out.print(
            f"{_plain(str(told['part']))}: {told['added']} documents added, {told['known']} known already, {told['claims']} claims."
        )
    out.print(
        f"On record in {_plain(output)}: {holds['documents']} documents, {holds['kinds'].get('event', 0)} events."
    )
