"""Terms of office from Wikidata: who held which office of a state from when to when, asked page by page.

Source: statements P39 (position held) with the qualifiers P580 (start time) and P582 (end time), on positions that are
a kind of head of state (Q48352), head of government (Q2285706) or minister of foreign affairs (Q7330070) and apply to
a jurisdiction (P1001) with an ISO 3166-1 alpha-3 code (P298). Wikidata's data are in the public domain (CC0).
The query service asks for a User-Agent that says who asks, and for patience when it is busy; it gets both.
"""

from __future__ import annotations

import csv
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from .. import __version__
from ..errors import DetenteError, UsageError
from .user_files import TERM_COLUMNS

ENDPOINT = "https://query.wikidata.org/sparql"
USER_AGENT = (
    f"detente/{__version__} (reader of diplomatic news; terms of office for its tables) httpx/{httpx.__version__}"
)
KINDS = {"head_of_state": "Q48352", "head_of_government": "Q2285706", "foreign_minister": "Q7330070"}
FILE = "wikidata-terms.csv"
PAGE = 2000
TIMEOUT = httpx.Timeout(70.0, connect=10.0)
"""The service itself stops a query after 60 s."""
TRIES, LONGEST_WAIT = 4, 60.0
QUERY = """SELECT DISTINCT ?person ?name ?iso ?office ?start ?end WHERE {{
  ?position wdt:P279* wd:{kind} ; wdt:P1001 ?state ; rdfs:label ?office .
  ?state wdt:P298 ?iso .
  {countries}
  ?person p:P39 ?held ; rdfs:label ?name .
  ?held ps:P39 ?position ; pq:P580 ?start .
  OPTIONAL {{ ?held pq:P582 ?end . }}
  FILTER(LANG(?name) = "en" && LANG(?office) = "en" && YEAR(?start) >= {since})
}}
ORDER BY ?iso ?start ?person
LIMIT {limit} OFFSET {offset}"""


class NoAnswer(DetenteError):
    """Wikidata's query service could not be reached, or gave no answer that can be read."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: kinds of office, states (alpha-3; all where empty), terms that began in `since` or later."""

    kinds: tuple[str, ...] = tuple(KINDS)
    countries: tuple[str, ...] = ()
    since: int = 1990

    def query(self, kind: str, offset: int, limit: int) -> str:
        """One page of the terms of one kind of office. Raises UsageError for a code that is none."""
        for code in self.countries:
            if not (len(code) == 3 and code.isascii() and code.isalpha()):
                raise UsageError(f"--country {code!r}: give ISO 3166 codes of three letters, such as IRN")
        values = " ".join(f'"{code.upper()}"' for code in self.countries)
        countries = f"VALUES ?iso {{ {values} }}" if values else ""
        return QUERY.format(kind=KINDS[kind], countries=countries, since=self.since, limit=limit, offset=offset)


def update(
    folder: Path, asked: Asked, *, endpoint: str = ENDPOINT, page: int = PAGE, pause: float = 1.0
) -> tuple[Path, int]:
    """Asks for the terms and writes them to `FILE` in `folder`. Returns the file and the number of rows.

    The file is replaced when all pages are there; a failure leaves the earlier one. Raises NoAnswer, UsageError.
    """
    rows = list(terms(asked, endpoint=endpoint, page=page, pause=pause))
    if not rows:
        raise NoAnswer(f"{endpoint} knows no such terms; ask for other --country codes or an earlier --since")
    folder.mkdir(parents=True, exist_ok=True)
    path, partial = folder / FILE, folder / f"{FILE}.part"
    with partial.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, TERM_COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    partial.replace(path)
    return path, len(rows)


def terms(asked: Asked, *, endpoint: str = ENDPOINT, page: int = PAGE, pause: float = 1.0) -> Iterator[dict[str, str]]:
    """The terms as rows of a table of terms, each once."""
    seen: set[tuple[str, ...]] = set()
    headers = {"User-Agent": USER_AGENT, "Accept": "application/sparql-results+json"}
    with httpx.Client(headers=headers, timeout=TIMEOUT, follow_redirects=True) as client:
        for kind in asked.kinds:
            offset = 0
            while True:
                found = _ask(client, endpoint, asked.query(kind, offset, page))
                for row in _rows(found, kind):
                    key = (row["person"], row["country"], kind, row["since"])
                    if key not in seen:
                        seen.add(key)
                        yield row
                if len(found) < page:
                    break
                offset += page
                time.sleep(pause)


def _ask(client: httpx.Client, endpoint: str, query: str) -> list[dict[str, Any]]:
    """The bindings of one query; waits and asks again when the service is busy."""
    for attempt in range(1, TRIES + 1):
        try:
            answer = client.get(endpoint, params={"query": query, "format": "json"})
        except httpx.TimeoutException as error:
            raise NoAnswer(f"{endpoint}: no answer in time; ask for fewer states with --country, or later") from error
        except httpx.HTTPError as error:
            raise NoAnswer(
                f"{endpoint} cannot be reached ({error}); this command needs a network. The tables that come with "
                "detente work without it."
            ) from error
        if answer.status_code not in {429, 502, 503, 504} or attempt == TRIES:
            break
        time.sleep(_wait(answer, attempt))
    if answer.status_code != 200:
        raise NoAnswer(f"{endpoint} answers {answer.status_code} {answer.reason_phrase}; try again later")
    try:
        bindings = answer.json()["results"]["bindings"]
    except (ValueError, KeyError, TypeError) as error:
        raise NoAnswer(f"{endpoint} gave no SPARQL results in JSON; is --endpoint right?") from error
    return list(bindings)


def _wait(answer: httpx.Response, attempt: int) -> float:
    asked = answer.headers.get("Retry-After", "")
    return min(float(asked) if asked.isdigit() else 2.0**attempt, LONGEST_WAIT)


def _rows(bindings: Iterable[dict[str, Any]], kind: str) -> Iterator[dict[str, str]]:
    for binding in bindings:
        value = {name: str(cell.get("value", "")) for name, cell in binding.items()}
        since, until = _day(value.get("start", "")), _day(value.get("end", ""))
        if not (value.get("name") and len(value.get("iso", "")) == 3 and since):
            continue
        yield {
            "person": value["name"],
            "aliases": "",
            "country": value["iso"],
            "kind": kind,
            "office": value.get("office", ""),
            "since": since,
            "until": until,
            "role": "GOV",
            "source": f"Wikidata {value.get('person', '').rpartition('/')[2]}",
        }


def _day(time_value: str) -> str:
    """'2004-03-09T00:00:00Z' as '2004-03-09'; '' for years before Christ, unknown values and blank nodes."""
    day = time_value[:10]
    return day if len(day) == 10 and day[:4].isdigit() and day[4] == "-" else ""
