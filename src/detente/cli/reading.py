"""`detente read` and `detente record`: put documents on record, and look at the file."""

from __future__ import annotations

import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from . import EXIT_PARTLY
from ._shared import (
    DEFAULT_RECORD,
    ActorFiles,
    CueFiles,
    IssueFile,
    Json,
    RecordFile,
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
    "SOURCES are files, folders, patterns, http(s) addresses, or `-` for standard input: text, HTML, PDF, DOCX, e-mail, "
    "RSS and Atom, JSON Lines, WARC. What is on record already is not read again; a read that was stopped goes on "
    "where it stopped when the same command is run again. What is not in English is kept and not coded."
    + examples(
        "detente read dispatches/",
        "detente read dispatches/*.html report.pdf -r iran.detente",
        "cat dispatch.txt | detente read -",
        "detente read dispatches/ --actors my-actors.csv --actors Phoenix.MilNonState.actors.txt --view de-facto",
        "detente read dispatches/ --cues my-cues.csv --issues my-issues.csv",
        "detente read archive/ --triage",
        "detente read crawl/*.warc.gz --engine dask --out parquet/",
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
    triage: Annotated[
        bool,
        typer.Option("--triage", help="Keep what is not political by its words alone, and do not parse or code it."),
    ] = False,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write partitioned Parquet into this folder instead of a record.")
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
    if out is not None:
        _read_to_parquet(sources, out, engine, workers, cluster, json)
        return
    reader = _reader(actors or [], view, cues or [], issues, triage)
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
            print_json({"record": str(record), **report.to_dict()})
        else:
            _print_report(report, record, rec.statistics())
    if report.failed:
        raise typer.Exit(EXIT_PARTLY)


def _read_to_parquet(
    sources: list[str], out: Path, engine: str, workers: int | None, cluster: str | None, json: bool
) -> None:
    from ..scale import RunReport, read_to_parquet

    began = time.monotonic()

    def tell(report: RunReport, parts: int) -> None:
        if not json:
            rate = report.documents / (time.monotonic() - began)
            print(
                f"\r{report.documents} documents of {parts} parts, {rate:.1f}/s ", end="", file=sys.stderr, flush=True
            )

    report = read_to_parquet(sources, out, engine=engine, workers=workers, address=cluster, progress=tell)
    if json:
        print_json({"out": str(out), "engine": engine, **report.to_dict()})
    else:
        console().print(
            f"\n{report.documents} documents, {report.claims} claims, {report.failures} failed, in {report.parts} parts "
            f"({report.parts_known} known already); {report.links.get('documents', 0)} documents share a dispatch, "
            f"{report.links.get('events', 0)} events are told by several; {report.seconds:.1f} s.\n"
            f"Into a record: detente record merge {_plain(str(out))} --output archive.detente"
        )
    if report.failures:
        raise typer.Exit(EXIT_PARTLY)


class Terminated(KeyboardInterrupt):
    """SIGTERM came: the read ends as it does on Ctrl-C."""


def _terminated(*_: object) -> None:
    raise Terminated


def _reader(actors: list[Path], view: str, cues: list[Path], issues: Path | None, triage: bool) -> Reader | None:
    """The reader with the user's files and view, checked before anything is read; None for detente's own."""
    if not actors and not cues and issues is None and view == "code" and not triage:
        return None
    from ..actors import registry_of
    from ..reading import Reader
    from ..statements import load_cues, load_issues

    files = tuple(path.resolve() for path in actors)
    registry_of(files, view)
    own = tuple(path.resolve() for path in cues)
    load_cues(*own)
    if issues is not None:
        load_issues(issues.resolve())
    return Reader(actors=files, view=view, cues=own, issues=issues.resolve() if issues else None, triage=triage)


class Meter:
    """The progress bar: shown on a terminal when a read takes longer than two seconds."""

    def __init__(self, *, quiet: bool) -> None:
        self.done = 0
        self._quiet = quiet
        self._began = time.monotonic()
        self._bar: Any = None
        self._task: Any = None

    def tell(self, progress: Progress) -> None:
        self.done = progress.done
        if self._quiet or time.monotonic() - self._began < 2.0:
            return
        if self._bar is None:
            self._start(progress)
        rate = progress.done / (time.monotonic() - self._began)
        self._bar.update(
            self._task, completed=progress.done, total=max(progress.total or 0, progress.done), rate=f"{rate:.1f}/s"
        )

    def stop(self) -> None:
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def _start(self, progress: Progress) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"))
        self._bar = Bar(
            *columns, TimeElapsedColumn(), TextColumn("left"), TimeRemainingColumn(), console=Console(stderr=True)
        )
        self._task = self._bar.add_task("reading", total=progress.total, rate="")
        self._bar.start()


def _print_report(report: ReadReport, path: Path, holds: dict[str, Any]) -> None:
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


def info(record: RecordFile = DEFAULT_RECORD, json: Json = False) -> None:
    with open_record(record) as rec:
        facts = {
            "record": str(record),
            "bytes": sum(p.stat().st_size for p in record.parent.glob(record.name + "*") if p.suffix != ".lock"),
            "schema": rec.store.value("PRAGMA user_version"),
            "readers": [
                r["reader"] for r in rec.store.rows("SELECT DISTINCT reader FROM documents WHERE reader IS NOT NULL")
            ],
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
    parts: Annotated[list[Path], typer.Argument(help="Record files, or folders of Parquet.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The record to put it into; made if it is not there.")],
    json: Json = False,
) -> None:
    from ..errors import UsageError
    from ..record.merging import merge as merge_record
    from ..scale.parts import merge_parts

    for part in parts:
        if part.resolve() == output.resolve():
            raise UsageError(f"{part} cannot be merged into itself; name another file after --output")
    with open_record(output, create=True) as rec:
        reports = []
        for part in parts:
            if part.is_dir():
                report = merge_parts(rec.store, part)
            else:
                with open_record(part) as other:
                    report = merge_record(rec.store, other.store)
            reports.append({"part": str(part), **report.to_dict()})
        holds = rec.statistics()
    if json:
        print_json({"record": str(output), "parts": reports, "documents": holds["documents"], "kinds": holds["kinds"]})
        return
    out = console()
    for told in reports:
        out.print(
            f"{_plain(str(told['part']))}: {told['added']} documents added, {told['known']} known already, {told['claims']} claims."
        )
    out.print(
        f"On record in {_plain(str(output))}: {holds['documents']} documents, {holds['kinds'].get('event', 0)} events."
    )
