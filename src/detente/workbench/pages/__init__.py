"""The pages, one module a subject; `PAGES` is the table of their addresses."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response

from ..desk import Desk
from .atlas import map_page
from .claims import claim_page, document_page
from .feeds import feed
from .front import documents_page, now_data, overview_page, search_page, sources_page
from .lists import agreements_page, events_page, statements_page
from .method import codebook_page, method_page
from .picturing import chart_file
from .planning import plan_page, plan_picture
from .relations import actor_page, actors_page, dyads_page, stances_page
from .taking import claim_file, document_file, export_file
from .timeline import timeline_page

PAGES: tuple[tuple[str, Callable[[Desk, Request], Response]], ...] = (
    ("/", overview_page),
    ("/search", search_page),
    ("/documents", documents_page),
    ("/document/{id:hex}.{ending}", document_file),
    ("/document/{id}", document_page),
    ("/claim/{id:hex}.{ending}", claim_file),
    ("/claim/{id}", claim_page),
    ("/events", events_page),
    ("/statements", statements_page),
    ("/agreements", agreements_page),
    ("/sources", sources_page),
    ("/timeline", timeline_page),
    ("/stances", stances_page),
    ("/dyads", dyads_page),
    ("/actors", actors_page),
    ("/actor/{key:path}", actor_page),
    ("/plan/{name}/{kind}.{ending}", plan_picture),
    ("/plan/{name}", plan_page),
    ("/map", map_page),
    ("/method/codebook", codebook_page),
    ("/method", method_page),
    ("/export/{file}", export_file),
    ("/chart/{file}", chart_file),
    ("/feed.atom", feed),
    ("/now.json", now_data),
)

PERSONAL = frozenset({document_page, claim_page, now_data, export_file, document_file, claim_file, chart_file})
"""Views whose answers belong to one reader, or are not worth keeping."""
