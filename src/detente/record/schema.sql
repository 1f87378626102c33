-- The record: one SQLite file (WAL). This is the whole current schema; `migrations.py` brings older files here.
-- Offsets are code points of documents.text, half-open [start, stop). Days are 'YYYY-MM-DD', '' where unknown.
-- Times are UTC, ISO 8601. JSON columns hold what `detente.claims.to_dict` gives.

-- One row for each call of `read`: with which reader and settings, and what came of it.
CREATE TABLE runs (
  n INTEGER PRIMARY KEY,
  started TEXT NOT NULL,
  ended TEXT,                       -- NULL: still running, or killed
  reader TEXT NOT NULL,             -- version and fingerprint of the rules and tables
  settings TEXT NOT NULL DEFAULT '{}',
  added INTEGER NOT NULL DEFAULT 0,
  known INTEGER NOT NULL DEFAULT 0,
  failed INTEGER NOT NULL DEFAULT 0
);

-- What was read. A row never changes but for `reader` (read again by newer rules) and `story` (linked).
CREATE TABLE documents (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,          -- 16 hex digits of the bytes' sha256 and the member's name
  sha256 TEXT NOT NULL,
  source TEXT NOT NULL,             -- path or URL, '#member' for a part of a container
  media_type TEXT NOT NULL,
  title TEXT,
  outlet TEXT,
  author TEXT,
  published TEXT,
  dateline_place TEXT,
  dateline_date TEXT,
  language TEXT NOT NULL,           -- ISO 639-1, 'und' when it could not be told
  url TEXT,
  notes TEXT NOT NULL DEFAULT '[]', -- JSON list: what had to be guessed or left out
  day TEXT NOT NULL DEFAULT '',     -- first day of dateline_date, else of published
  coded INTEGER NOT NULL DEFAULT 0, -- 1: claims were looked for; 0: kept only (not English, or the coder failed)
  reader TEXT,                      -- the reader that looked last
  run INTEGER REFERENCES runs(n),
  story INTEGER NOT NULL,           -- n of the first document that carries the same dispatch; its own when alone
  signature BLOB,                   -- MinHash of its five-word shingles, 64 unsigned 32-bit numbers
  text TEXT NOT NULL
);
CREATE INDEX documents_day ON documents (day, n);
CREATE INDEX documents_story ON documents (story);
CREATE INDEX documents_source ON documents (source);
CREATE INDEX documents_outlet ON documents (outlet, day);
CREATE INDEX documents_uncoded ON documents (n) WHERE coded = 0;
CREATE INDEX documents_copies ON documents (story) WHERE story <> n;

-- Full text of titles and texts; the words live in `documents`.
CREATE VIRTUAL TABLE documents_words USING fts5 (
  title, text, content = 'documents', content_rowid = 'n', tokenize = 'porter unicode61 remove_diacritics 2'
);

-- Bands of the MinHash signatures: documents that share one may be the same dispatch.
CREATE TABLE bands (
  band INTEGER NOT NULL,
  document INTEGER NOT NULL,
  PRIMARY KEY (band, document)
) WITHOUT ROWID;

-- Every place that a document was read from, and what failed and why.
CREATE TABLE sources (
  n INTEGER PRIMARY KEY,
  source TEXT NOT NULL,
  status TEXT NOT NULL,             -- 'read', 'failed', 'mended' (failed once, read since)
  reason TEXT NOT NULL DEFAULT '',  -- a short word: 'encrypted', 'too-large', ...
  message TEXT NOT NULL DEFAULT '',
  document INTEGER REFERENCES documents(n),
  run INTEGER REFERENCES runs(n),
  at TEXT NOT NULL
);
CREATE UNIQUE INDEX sources_once ON sources (source, ifnull(document, 0), reason);
CREATE INDEX sources_status ON sources (status, n);
CREATE INDEX sources_document ON sources (document);

-- What documents say. Rows are added, never overwritten; `state` is what `history` comes to.
CREATE TABLE claims (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,          -- 16 hex digits of what is claimed and where
  kind TEXT NOT NULL,               -- event, attribution, stance, agreement, plan, actor, date, place
  document INTEGER NOT NULL REFERENCES documents(n),
  start INTEGER NOT NULL,
  stop INTEGER NOT NULL,
  confidence REAL NOT NULL,
  extractor TEXT NOT NULL,          -- 'events/1', or 'person:NAME' for a correction
  state TEXT NOT NULL DEFAULT 'unreviewed', -- unreviewed, accepted, rejected, corrected, superseded, withdrawn
  shown INTEGER NOT NULL DEFAULT 1, -- 1: live, and the row that stands for its group of duplicates
  lead INTEGER NOT NULL,            -- n of the claim that stands for the group; its own when alone
  day TEXT NOT NULL DEFAULT '',     -- first and last day that the claim's date may mean,
  last_day TEXT NOT NULL DEFAULT '',-- else the document's day
  date TEXT,                        -- the TIMEX3 value as read; NULL: `day` is the document's
  type TEXT,                        -- event: PLOVER type; attribution: direct, indirect, mixed; date: TIMEX3 type
  mode TEXT,                        -- event: PLOVER mode; attribution: statement, belief, intention, document
  cameo TEXT,
  quad INTEGER,
  goldstein REAL,
  status TEXT,                      -- event, agreement: done, planned, threatened, denied, hypothetical
  issue TEXT,                       -- stance
  side TEXT,                        -- stance: favour, oppose, neutral, mixed
  place TEXT,
  country TEXT,                     -- of the place, ISO 3166 alpha-3
  lat REAL,
  lon REAL,
  fingerprint TEXT,                 -- equal in claims that say the same in the same words
  replaces INTEGER REFERENCES claims(n), -- a correction: the claim that it corrects
  run INTEGER REFERENCES runs(n),
  payload TEXT NOT NULL             -- JSON: the whole claim
);
-- The next three hold all that counting by period needs, so that no row of claims is read for it.
CREATE INDEX claims_shown ON claims (kind, shown, day, n, last_day, type, quad, goldstein, status);
CREATE INDEX claims_type ON claims (kind, type, shown, day, n, last_day, quad, goldstein, status);
CREATE INDEX claims_facts ON claims (n, kind, shown, day, last_day, type, quad, goldstein, status);
CREATE INDEX claims_issue ON claims (issue, shown, day, n, side, kind, last_day) WHERE issue IS NOT NULL;
CREATE INDEX claims_document ON claims (document, kind, start);
CREATE INDEX claims_lead ON claims (lead);
CREATE INDEX claims_fingerprint ON claims (fingerprint) WHERE fingerprint IS NOT NULL;
CREATE INDEX claims_replaces ON claims (replaces) WHERE replaces IS NOT NULL;
CREATE INDEX claims_reviewed ON claims (state, kind, n) WHERE state <> 'unreviewed';
CREATE INDEX claims_place ON claims (country, kind, shown, day, n) WHERE country IS NOT NULL;
CREATE INDEX claims_placed ON claims (lower(place), place, country, kind, shown, day, last_day, lat, lon, goldstein)
  WHERE place IS NOT NULL;
-- Claims that may mean more than one day: few, and those alone can begin before a span of time that they reach into.
CREATE INDEX claims_long ON claims (kind, shown, last_day, day, n, type, quad, goldstein) WHERE last_day > day;

-- Full text of the evidence of events and statements; a claim's evidence never changes. `facets`: its kind, 'y2011' for
-- the year of its first day, and 'ylong' where its days reach into another year, so that a frequent word within a year
-- is found without going through all that hold it.
CREATE VIRTUAL TABLE claims_words USING fts5 (
  words, facets, content = '', tokenize = 'porter unicode61 remove_diacritics 2'
);

-- Everybody that a claim refers to, resolved the same way.
CREATE TABLE actors (
  n INTEGER PRIMARY KEY,
  identity TEXT NOT NULL UNIQUE,    -- JSON list of what follows
  key TEXT NOT NULL,                -- country, else registry id, else name, else the words
  id TEXT,
  name TEXT,
  country TEXT,
  code TEXT,
  role TEXT,
  person TEXT,
  office TEXT,
  body TEXT,
  folded TEXT NOT NULL              -- names in lower case without accents, for looking up
);
CREATE INDEX actors_key ON actors (key);
CREATE INDEX actors_id ON actors (id);

-- Who plays which part in a claim: actor, recipient, according_to, speaker, via, addressee, holder, party,
-- signatory, proposed_by, announced_by, mention.
CREATE TABLE claim_actors (
  claim INTEGER NOT NULL REFERENCES claims(n),
  part TEXT NOT NULL,
  position INTEGER NOT NULL,
  actor INTEGER NOT NULL REFERENCES actors(n),
  key TEXT NOT NULL,
  kind TEXT NOT NULL,
  day TEXT NOT NULL,
  PRIMARY KEY (claim, part, position)
) WITHOUT ROWID;
CREATE INDEX claim_actors_key ON claim_actors (key, kind, part, day, claim);
CREATE INDEX claim_actors_actor ON claim_actors (actor, kind, part, day, claim);

-- Who acts on whom in an event, by key; '' where one of the two is missing.
CREATE TABLE pairs (
  source TEXT NOT NULL,
  target TEXT NOT NULL,
  day TEXT NOT NULL,
  claim INTEGER NOT NULL REFERENCES claims(n),
  PRIMARY KEY (source, target, day, claim)
) WITHOUT ROWID;
CREATE INDEX pairs_claim ON pairs (claim);

-- Two documents that carry one dispatch, or two claims that tell the same; a < b.
CREATE TABLE links (
  what TEXT NOT NULL,               -- 'document' or 'claim'
  a INTEGER NOT NULL,
  b INTEGER NOT NULL,
  why TEXT NOT NULL,
  score REAL NOT NULL,
  PRIMARY KEY (what, a, b)
) WITHOUT ROWID;
CREATE INDEX links_back ON links (what, b);

-- Groups of more than one live claim: how many tell the same, in how many documents and dispatches, and from how
-- many outlets that do not depend on each other.
CREATE TABLE groups (
  lead INTEGER PRIMARY KEY REFERENCES claims(n),
  claims INTEGER NOT NULL,
  documents INTEGER NOT NULL,
  stories INTEGER NOT NULL,
  outlets INTEGER NOT NULL
);

-- What happened to claims and who decided it.
CREATE TABLE history (
  n INTEGER PRIMARY KEY,
  claim INTEGER NOT NULL REFERENCES claims(n),
  at TEXT NOT NULL,
  by TEXT NOT NULL,                 -- a person's name, or 'reader:VERSION'
  action TEXT NOT NULL,             -- accept, reject, correct, undo, supersede, revive, refresh
  reason TEXT NOT NULL DEFAULT '',
  before TEXT NOT NULL,             -- JSON: the state before,
  after TEXT NOT NULL,              -- and after; for corrections what was changed as well
  undoes INTEGER REFERENCES history(n)
);
CREATE INDEX history_claim ON history (claim, n);
CREATE INDEX history_by ON history (by, n);

-- Summaries for overview pages, kept in the same transaction as what they sum up. They count claims with shown = 1.
CREATE TABLE count_events (
  month TEXT NOT NULL, type TEXT NOT NULL, status TEXT NOT NULL,
  n INTEGER NOT NULL, goldstein REAL NOT NULL, -- sum of the Goldstein values
  PRIMARY KEY (month, type, status)
) WITHOUT ROWID;
CREATE TABLE count_pairs (
  source TEXT NOT NULL, target TEXT NOT NULL, month TEXT NOT NULL, type TEXT NOT NULL,
  n INTEGER NOT NULL, goldstein REAL NOT NULL,
  PRIMARY KEY (source, target, month, type)
) WITHOUT ROWID;
CREATE INDEX count_pairs_type ON count_pairs (type, month, source, target, n, goldstein);
CREATE INDEX count_pairs_target ON count_pairs (target, source, n, goldstein);
CREATE TABLE count_parts (
  key TEXT NOT NULL, kind TEXT NOT NULL, part TEXT NOT NULL, month TEXT NOT NULL,
  n INTEGER NOT NULL, goldstein REAL NOT NULL,
  PRIMARY KEY (key, kind, part, month)
) WITHOUT ROWID;
-- Events by who plays which role (actor, recipient, or party, one of the two), each event once a key;
CREATE TABLE count_roles (
  key TEXT NOT NULL, role TEXT NOT NULL, month TEXT NOT NULL, type TEXT NOT NULL,
  n INTEGER NOT NULL, goldstein REAL NOT NULL,
  PRIMARY KEY (key, role, month, type)
) WITHOUT ROWID;
-- and between two, whoever acts on whom, each event once; a <= b.
CREATE TABLE count_dyads (
  a TEXT NOT NULL, b TEXT NOT NULL, month TEXT NOT NULL, type TEXT NOT NULL,
  n INTEGER NOT NULL, goldstein REAL NOT NULL,
  PRIMARY KEY (a, b, month, type)
) WITHOUT ROWID;
CREATE TABLE count_stances (
  issue TEXT NOT NULL, holder TEXT NOT NULL, side TEXT NOT NULL, month TEXT NOT NULL,
  n INTEGER NOT NULL, goldstein REAL NOT NULL,
  PRIMARY KEY (issue, holder, side, month)
) WITHOUT ROWID;
CREATE TABLE count_kinds (         -- all claims, shown or not
  kind TEXT NOT NULL, state TEXT NOT NULL, shown INTEGER NOT NULL,
  n INTEGER NOT NULL, goldstein REAL NOT NULL,
  PRIMARY KEY (kind, state, shown)
) WITHOUT ROWID;
CREATE TABLE count_claims (
  month TEXT NOT NULL, kind TEXT NOT NULL,
  n INTEGER NOT NULL, goldstein REAL NOT NULL,
  PRIMARY KEY (month, kind)
) WITHOUT ROWID;
CREATE TABLE count_documents (
  month TEXT NOT NULL, outlet TEXT NOT NULL, language TEXT NOT NULL,
  n INTEGER NOT NULL, goldstein REAL NOT NULL,
  PRIMARY KEY (month, outlet, language)
) WITHOUT ROWID;
CREATE INDEX count_documents_outlet ON count_documents (outlet, language, n);
