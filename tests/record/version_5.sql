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
INSERT INTO "actors" VALUES(1,'["NOR", null, null, "NOR", null, null, null, null, null, "|norland|"]','NOR',NULL,NULL,'NOR',NULL,NULL,NULL,NULL,NULL,'|norland|');
INSERT INTO "actors" VALUES(2,'["EGY", null, null, "EGY", null, null, null, null, null, "|egypt|"]','EGY',NULL,NULL,'EGY',NULL,NULL,NULL,NULL,NULL,'|egypt|');
CREATE TABLE bands (
  band INTEGER NOT NULL,
  document INTEGER NOT NULL,
  PRIMARY KEY (band, document)
) WITHOUT ROWID;
INSERT INTO "bands" VALUES(3922895973,1);
INSERT INTO "bands" VALUES(5794218640,1);
INSERT INTO "bands" VALUES(11326246319,1);
INSERT INTO "bands" VALUES(16396592874,1);
INSERT INTO "bands" VALUES(20837997314,1);
INSERT INTO "bands" VALUES(25698484621,1);
INSERT INTO "bands" VALUES(28458996936,1);
INSERT INTO "bands" VALUES(32550679283,1);
INSERT INTO "bands" VALUES(35683226379,1);
INSERT INTO "bands" VALUES(41445755299,1);
INSERT INTO "bands" VALUES(43309082143,1);
INSERT INTO "bands" VALUES(47439115010,1);
INSERT INTO "bands" VALUES(52607458788,1);
INSERT INTO "bands" VALUES(58973447090,1);
INSERT INTO "bands" VALUES(61216107052,1);
INSERT INTO "bands" VALUES(68306790928,1);
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
INSERT INTO "claim_actors" VALUES(1,'actor',0,1,'NOR','event','2020-03-03');
INSERT INTO "claim_actors" VALUES(1,'recipient',0,2,'EGY','event','2020-03-03');
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
INSERT INTO "claims" VALUES(1,'f5dda62bbbeb07b6','event',1,0,34,0.5,'','accepted',1,1,'2020-03-03','2020-03-03','2020-03-03','CONSULT',NULL,'042',NULL,1.9,'done',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{"document":"ef9a2798a56c1f9a","span":[0,34],"confidence":0.5,"extractor":"","why":"","type":"CONSULT","mode":null,"contexts":[],"cameo":"042","quad":null,"goldstein":1.9,"actors":[{"text":"Norland","span":null,"id":null,"name":null,"country":"NOR","code":null,"role":null,"person":null,"office":null,"body":null,"reason":"","confidence":1.0}],"recipients":[{"text":"Egypt","span":null,"id":null,"name":null,"country":"EGY","code":null,"role":null,"person":null,"office":null,"body":null,"reason":"","confidence":1.0}],"reciprocal":false,"status":"done","trigger":null,"date":{"value":"2020-03-03","span":null,"reason":""},"place":null,"magnitude":null,"according_to":[]}');
CREATE TABLE count_claims ( month TEXT NOT NULL, kind TEXT NOT NULL, n INTEGER NOT NULL, goldstein REAL NOT NULL, PRIMARY KEY (month, kind) ) WITHOUT ROWID;
INSERT INTO "count_claims" VALUES('2020-03','event',1,1.9);
CREATE TABLE count_documents (
  month TEXT NOT NULL, outlet TEXT NOT NULL, language TEXT NOT NULL,
  n INTEGER NOT NULL, goldstein REAL NOT NULL,
  PRIMARY KEY (month, outlet, language)
) WITHOUT ROWID;
INSERT INTO "count_documents" VALUES('2020-03','Agency','en',1,0.0);
CREATE TABLE count_events (
  month TEXT NOT NULL, type TEXT NOT NULL, status TEXT NOT NULL,
  n INTEGER NOT NULL, goldstein REAL NOT NULL, -- sum of the Goldstein values
  PRIMARY KEY (month, type, status)
) WITHOUT ROWID;
INSERT INTO "count_events" VALUES('2020-03','CONSULT','done',1,1.9);
CREATE TABLE count_kinds (         -- all claims, shown or not
  kind TEXT NOT NULL, state TEXT NOT NULL, shown INTEGER NOT NULL,
  n INTEGER NOT NULL, goldstein REAL NOT NULL,
  PRIMARY KEY (kind, state, shown)
) WITHOUT ROWID;
INSERT INTO "count_kinds" VALUES('event','accepted',1,1,0.0);
CREATE TABLE count_pairs (
  source TEXT NOT NULL, target TEXT NOT NULL, month TEXT NOT NULL, type TEXT NOT NULL,
  n INTEGER NOT NULL, goldstein REAL NOT NULL,
  PRIMARY KEY (source, target, month, type)
) WITHOUT ROWID;
INSERT INTO "count_pairs" VALUES('NOR','EGY','2020-03','CONSULT',1,1.9);
CREATE TABLE count_parts (
  key TEXT NOT NULL, kind TEXT NOT NULL, part TEXT NOT NULL, month TEXT NOT NULL,
  n INTEGER NOT NULL, goldstein REAL NOT NULL,
  PRIMARY KEY (key, kind, part, month)
) WITHOUT ROWID;
INSERT INTO "count_parts" VALUES('EGY','event','recipient','2020-03',1,1.9);
INSERT INTO "count_parts" VALUES('NOR','event','actor','2020-03',1,1.9);
CREATE TABLE count_stances (
  issue TEXT NOT NULL, holder TEXT NOT NULL, side TEXT NOT NULL, month TEXT NOT NULL,
  n INTEGER NOT NULL, goldstein REAL NOT NULL,
  PRIMARY KEY (issue, holder, side, month)
) WITHOUT ROWID;
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
INSERT INTO "documents" VALUES(1,'ef9a2798a56c1f9a','df87e1949adbc8a6ae41adae59cd7065fd088063dfb818c06d0161df00830e65','a.txt','text/plain',NULL,'Agency',NULL,'2020-03-03',NULL,NULL,'en',NULL,'[]','2020-03-03',1,'user',NULL,1,X'3F27610CC1BB9227F4205F188DE2F84553C4270CCDD9C046D5B6F323B4CD594CA1FD8D49333C8024856F571155DCE62CF18981288580552CEFC5B11A0F938A2C29A9E1143BF9642477E4BF088E1A8839EE82798AD1FB2D1A186B4037631BAC522B6C80B3608494884F84552D16B00C0F4978C63CC1263A4429338B0C9872E50DB2A5E9391C8F8A2E5753A71EAA88C50E40103113979C8F241B00164A58ACF94B74EFDE4164308D0188907C4D55F3AA086DF6061427D61E70BF1D5C166A209A0C7CF8785BB245421AE68A0B1D2C60681879469F5F37E52112168E1808A36E072A7B28E94493E050086BFFF8255FD7C75B9F7E310A59472508AAE3F51E18E91221','Norland and Egypt met at the border on Tuesday.');
CREATE TABLE groups (
  lead INTEGER PRIMARY KEY REFERENCES claims(n),
  claims INTEGER NOT NULL,
  documents INTEGER NOT NULL,
  stories INTEGER NOT NULL,
  outlets INTEGER NOT NULL
);
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
INSERT INTO "history" VALUES(1,1,'2026-11-25T11:15:16+00:00','Ana','accept','read it','{"state": "unreviewed"}','{"state": "accepted"}',NULL);
CREATE TABLE links (
  what TEXT NOT NULL,               -- 'document' or 'claim'
  a INTEGER NOT NULL,
  b INTEGER NOT NULL,
  why TEXT NOT NULL,
  score REAL NOT NULL,
  PRIMARY KEY (what, a, b)
) WITHOUT ROWID;
CREATE TABLE pairs (
  source TEXT NOT NULL,
  target TEXT NOT NULL,
  day TEXT NOT NULL,
  claim INTEGER NOT NULL REFERENCES claims(n),
  PRIMARY KEY (source, target, day, claim)
) WITHOUT ROWID;
INSERT INTO "pairs" VALUES('NOR','EGY','2020-03-03',1);
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
INSERT INTO "sources" VALUES(1,'a.txt','read','','',1,NULL,'2026-11-25T11:15:16+00:00');
CREATE TABLE count_roles ( key TEXT NOT NULL, role TEXT NOT NULL, month TEXT NOT NULL, type TEXT NOT NULL, n INTEGER NOT NULL, goldstein REAL NOT NULL, PRIMARY KEY (key, role, month, type) ) WITHOUT ROWID;
INSERT INTO count_roles VALUES ('EGY', 'party', '2020-03', 'CONSULT', 1, 1.9);
INSERT INTO count_roles VALUES ('EGY', 'recipient', '2020-03', 'CONSULT', 1, 1.9);
INSERT INTO count_roles VALUES ('NOR', 'actor', '2020-03', 'CONSULT', 1, 1.9);
INSERT INTO count_roles VALUES ('NOR', 'party', '2020-03', 'CONSULT', 1, 1.9);
CREATE TABLE count_dyads ( a TEXT NOT NULL, b TEXT NOT NULL, month TEXT NOT NULL, type TEXT NOT NULL, n INTEGER NOT NULL, goldstein REAL NOT NULL, PRIMARY KEY (a, b, month, type) ) WITHOUT ROWID;
INSERT INTO count_dyads VALUES ('EGY', 'NOR', '2020-03', 'CONSULT', 1, 1.9);
CREATE INDEX claims_long ON claims (kind, shown, last_day, day, n, type, quad, goldstein) WHERE last_day > day;
CREATE INDEX actors_id ON actors (id);
CREATE INDEX actors_key ON actors (key);
CREATE INDEX claim_actors_actor ON claim_actors (actor, kind, part, day, claim);
CREATE INDEX claim_actors_key ON claim_actors (key, kind, part, day, claim);
CREATE INDEX claims_document ON claims (document, kind, start);
CREATE INDEX claims_facts ON claims (n, kind, shown, day, last_day, type, quad, goldstein, status);
CREATE INDEX claims_fingerprint ON claims (fingerprint) WHERE fingerprint IS NOT NULL;
CREATE INDEX claims_issue ON claims (issue, shown, day, n, side, kind, last_day) WHERE issue IS NOT NULL;
CREATE INDEX claims_lead ON claims (lead);
CREATE INDEX claims_place ON claims (country, kind, shown, day, n) WHERE country IS NOT NULL;
CREATE INDEX claims_placed ON claims (lower(place), place, country, kind, shown, day, last_day, lat, lon, goldstein)
  WHERE place IS NOT NULL;
CREATE INDEX claims_replaces ON claims (replaces) WHERE replaces IS NOT NULL;
CREATE INDEX claims_reviewed ON claims (state, kind, n) WHERE state <> 'unreviewed';
CREATE INDEX claims_shown ON claims (kind, shown, day, n, last_day, type, quad, goldstein, status);
CREATE INDEX claims_type ON claims (kind, type, shown, day, n, last_day, quad, goldstein, status);
CREATE INDEX count_documents_outlet ON count_documents (outlet, language, n);
CREATE INDEX count_pairs_target ON count_pairs (target, source, n, goldstein);
CREATE INDEX count_pairs_type ON count_pairs (type, month, source, target, n, goldstein);
CREATE INDEX documents_copies ON documents (story) WHERE story <> n;
CREATE INDEX documents_day ON documents (day, n);
CREATE INDEX documents_outlet ON documents (outlet, day);
CREATE INDEX documents_source ON documents (source);
CREATE INDEX documents_story ON documents (story);
CREATE INDEX documents_uncoded ON documents (n) WHERE coded = 0;
CREATE INDEX history_by ON history (by, n);
CREATE INDEX history_claim ON history (claim, n);
CREATE INDEX links_back ON links (what, b);
CREATE INDEX pairs_claim ON pairs (claim);
CREATE INDEX sources_document ON sources (document);
CREATE UNIQUE INDEX sources_once ON sources (source, ifnull(document, 0), reason);
CREATE INDEX sources_status ON sources (status, n);
CREATE VIRTUAL TABLE claims_words USING fts5 ( words, facets, content = '', tokenize = 'porter unicode61 remove_diacritics 2' );
CREATE VIRTUAL TABLE documents_words USING fts5 (
  title, text, content = 'documents', content_rowid = 'n', tokenize = 'porter unicode61 remove_diacritics 2'
);
INSERT INTO documents_words (documents_words) VALUES ('rebuild');
INSERT INTO claims_words (rowid, words, facets) SELECT c.n, substr(d.text, c.start + 1, c.stop - c.start), c.kind || ' y' || substr(c.day, 1, 4) || CASE WHEN substr(c.last_day, 1, 4) > substr(c.day, 1, 4) THEN ' ylong' ELSE '' END FROM claims c JOIN documents d ON d.n = c.document WHERE c.kind IN ('event', 'attribution');
PRAGMA application_id = 1685352052;
PRAGMA user_version = 5;
