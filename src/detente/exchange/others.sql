-- Other people's events: one SQLite file beside the record, so that what a provider says never mixes with what documents say.
-- Days are 'YYYY-MM-DD', '' where unknown. Keys are those of detente's actors: a country, else a registry id, else the name.

-- One row for each file that was brought in: the ledger of what was received, refused and had already.
CREATE TABLE files (
  n INTEGER PRIMARY KEY,
  provider TEXT NOT NULL,
  path TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  at TEXT NOT NULL,                 -- UTC
  received INTEGER NOT NULL DEFAULT 0,
  added INTEGER NOT NULL DEFAULT 0,
  had INTEGER NOT NULL DEFAULT 0,   -- rows that stood in the same words in an earlier file or line
  refused INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX files_once ON files (provider, path, sha256);

-- Rows that could not be used, the first thousand of each file, with the reason.
CREATE TABLE refusals (
  file INTEGER NOT NULL REFERENCES files(n),
  place TEXT NOT NULL,              -- the path, '#member' in a zip
  line INTEGER NOT NULL,
  reason TEXT NOT NULL
);

CREATE TABLE events (
  n INTEGER PRIMARY KEY,
  provider TEXT NOT NULL,
  file INTEGER NOT NULL REFERENCES files(n),
  place TEXT NOT NULL,              -- where the row stood: the path, '#member' in a zip,
  line INTEGER NOT NULL,            -- and the line, from 1
  row_hash BLOB NOT NULL,           -- 16 bytes of the sha256 of its cells
  id TEXT NOT NULL,                 -- the provider's own
  day TEXT NOT NULL,
  last_day TEXT NOT NULL,
  source TEXT NOT NULL,             -- key
  target TEXT NOT NULL,
  source_name TEXT NOT NULL, target_name TEXT NOT NULL,
  source_code TEXT NOT NULL, target_code TEXT NOT NULL,
  type TEXT NOT NULL,               -- PLOVER, '' where it has none for the code
  mode TEXT NOT NULL,
  cameo TEXT NOT NULL,
  quad INTEGER,
  goldstein REAL,
  where_name TEXT NOT NULL, where_country TEXT NOT NULL,
  lat REAL, lon REAL,
  outlet TEXT NOT NULL, url TEXT NOT NULL,
  text TEXT NOT NULL,
  documents INTEGER NOT NULL,
  outlets INTEGER NOT NULL
);
CREATE UNIQUE INDEX events_once ON events (provider, row_hash);
CREATE INDEX events_day ON events (provider, day, n);
CREATE INDEX events_dyad ON events (provider, source, target, day);
