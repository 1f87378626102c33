-- What a watch has to remember, in a file beside the record: so that nothing is lost or told twice when it is killed.
-- Times are seconds since 1970, UTC.

CREATE TABLE feeds (
  url TEXT PRIMARY KEY,
  etag TEXT NOT NULL DEFAULT '',
  modified TEXT NOT NULL DEFAULT '',
  next REAL NOT NULL DEFAULT 0,      -- not to be asked before
  failures INTEGER NOT NULL DEFAULT 0, -- in a row
  message TEXT NOT NULL DEFAULT '',  -- of the last answer
  asked REAL,
  gone INTEGER NOT NULL DEFAULT 0    -- 1: the server says that the feed is no more
);

-- What each host's robots.txt says.
CREATE TABLE robots (
  host TEXT PRIMARY KEY,             -- scheme://host:port
  rules TEXT,                        -- NULL: could not be had, so nothing may be fetched for now
  until REAL NOT NULL
);

-- The feeds' entries. waiting -> fetched -> done; the document is kept here until it is on record and looked at.
CREATE TABLE items (
  n INTEGER PRIMARY KEY,
  feed TEXT NOT NULL,
  member TEXT NOT NULL,              -- the entry's id
  url TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'waiting',
  tries INTEGER NOT NULL DEFAULT 0,
  next REAL NOT NULL DEFAULT 0,
  message TEXT NOT NULL DEFAULT '',
  entry TEXT,                        -- JSON: the document that the feed itself gives
  documents TEXT                     -- JSON list: the documents of the page
);
CREATE UNIQUE INDEX items_once ON items (feed, member);
CREATE INDEX items_state ON items (state, next);
CREATE INDEX items_url ON items (url, n);

CREATE TABLE alerts (
  n INTEGER PRIMARY KEY,
  search TEXT NOT NULL,
  what TEXT NOT NULL,                -- id of the claim or document
  at REAL NOT NULL,
  body TEXT NOT NULL                 -- JSON
);
CREATE UNIQUE INDEX alerts_once ON alerts (search, what);

-- Which alerts each sink has. A sink gets all alerts that were made since it was first named.
CREATE TABLE sinks (
  name TEXT PRIMARY KEY,             -- 'file:PATH', 'webhook:ADDRESS', 'atom:PATH'
  told INTEGER NOT NULL,             -- n of the last alert that it has
  failures INTEGER NOT NULL DEFAULT 0,
  next REAL NOT NULL DEFAULT 0
);
