"""What a record holds, as one hash: equal for two records that hold the same, however they were read."""

from __future__ import annotations

import hashlib
import json

from .store import Store

_CONTENTS = (
    "SELECT d.id, s.id, d.coded, d.reader, d.language, d.source, d.title, d.text FROM documents d "
    "JOIN documents s ON s.n = d.story ORDER BY d.id",
    "SELECT s.source, s.status, s.reason, s.message, d.id FROM sources s LEFT JOIN documents d ON d.n = s.document "
    "ORDER BY s.source, s.reason, coalesce(d.id, '')",
    "SELECT c.id, c.state, c.shown, l.id, d.id, c.confidence, c.extractor, c.day, c.payload FROM claims c "
    "JOIN claims l ON l.n = c.lead JOIN documents d ON d.n = c.document ORDER BY c.id",
    "SELECT CASE WHEN a.id < b.id THEN a.id ELSE b.id END, CASE WHEN a.id < b.id THEN b.id ELSE a.id END, why, score FROM links JOIN claims a ON a.n = links.a "
    "JOIN claims b ON b.n = links.b WHERE what = 'claim' ORDER BY 1, 2",
    "SELECT c.id, g.claims, g.documents, g.stories, g.outlets FROM groups g JOIN claims c ON c.n = g.lead ORDER BY 1",
    "SELECT c.id, h.by, h.action, h.reason, h.before, h.after FROM history h JOIN claims c ON c.n = h.claim ORDER BY 1, h.n",
    "SELECT c.id, p.part, p.position, a.identity, p.key, p.day FROM claim_actors p JOIN claims c ON c.n = p.claim "
    "JOIN actors a ON a.n = p.actor ORDER BY 1, 2, 3",
    "SELECT p.source, p.target, p.day, c.id FROM pairs p JOIN claims c ON c.n = p.claim ORDER BY 1, 2, 3, 4",
    "SELECT * FROM count_events ORDER BY 1, 2, 3",
    "SELECT * FROM count_pairs ORDER BY 1, 2, 3, 4",
    "SELECT * FROM count_parts ORDER BY 1, 2, 3, 4",
    "SELECT * FROM count_roles ORDER BY 1, 2, 3, 4",
    "SELECT * FROM count_dyads ORDER BY 1, 2, 3, 4",
    "SELECT * FROM count_stances ORDER BY 1, 2, 3, 4",
    "SELECT * FROM count_kinds ORDER BY 1, 2, 3",
    "SELECT * FROM count_claims ORDER BY 1, 2",
    "SELECT * FROM count_documents ORDER BY 1, 2, 3",
)
"""Everything but when and in which run it was put there, and the numbers of rows."""


def contents_hash(store: Store) -> str:
    """64 hex digits. Reads the whole record: seconds for a large one."""
    digest = hashlib.sha256()
    for sql in _CONTENTS:
        for row in store.stream(sql):
            digest.update(json.dumps(tuple(row), default=str).encode())
        digest.update(b"\n")
    return digest.hexdigest()
