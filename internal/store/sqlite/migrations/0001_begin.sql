-- Moments are microseconds since 1970. Days and moments of publication are text,
-- as precise as they are known.

CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO counter VALUES ('article', 0);

CREATE TABLE feed (
  id            TEXT PRIMARY KEY,
  kind          TEXT NOT NULL,
  url           TEXT NOT NULL,
  title         TEXT NOT NULL,
  homepage      TEXT NOT NULL,
  publisher     TEXT NOT NULL,
  interval_s    INTEGER NOT NULL,
  rights        TEXT NOT NULL,
  added_at      INTEGER,
  state         TEXT NOT NULL,
  state_reason  TEXT NOT NULL,
  etag          TEXT NOT NULL,
  last_modified TEXT NOT NULL,
  body_sha256   TEXT NOT NULL,
  checked_at    INTEGER,
  changed_at    INTEGER,
  next_check    INTEGER,
  next_reason   TEXT NOT NULL,
  failures      REAL NOT NULL,
  last_error    TEXT NOT NULL
) STRICT;

CREATE TABLE fetch (
  id            INTEGER PRIMARY KEY,
  feed          TEXT,
  url           TEXT NOT NULL,
  final         TEXT,
  at            INTEGER NOT NULL,
  took_ms       INTEGER NOT NULL,
  status        INTEGER NOT NULL,
  bytes         INTEGER NOT NULL,
  outcome       TEXT NOT NULL,
  detail        TEXT,
  retry_after_s INTEGER NOT NULL
) STRICT;
CREATE INDEX fetch_at ON fetch (at);
CREATE INDEX fetch_feed ON fetch (feed, at);

CREATE TABLE capture (
  id         TEXT PRIMARY KEY,
  url        TEXT NOT NULL,
  at         INTEGER NOT NULL,
  status     INTEGER NOT NULL,
  media_type TEXT NOT NULL,
  sha256     TEXT NOT NULL,
  hint       BLOB NOT NULL,
  file       TEXT NOT NULL,
  place      INTEGER NOT NULL, -- offset in the file
  length     INTEGER NOT NULL
) STRICT;
CREATE INDEX capture_place ON capture (file, place);

CREATE TABLE article (
  key        INTEGER PRIMARY KEY,
  id         TEXT NOT NULL UNIQUE,
  cursor     INTEGER NOT NULL UNIQUE, -- place among all, by time; also the row of article_text
  state      TEXT NOT NULL,
  version    INTEGER NOT NULL,
  url        TEXT,
  publisher  TEXT,
  feed       TEXT,
  title      TEXT,
  published  TEXT,
  language   TEXT,
  first_seen INTEGER NOT NULL,
  changed    INTEGER NOT NULL,
  embargo    INTEGER,
  entities   INTEGER NOT NULL,
  statements INTEGER NOT NULL,
  events     INTEGER NOT NULL
) STRICT;
CREATE INDEX article_live ON article (cursor) WHERE state = 'live';
CREATE INDEX article_feed ON article (feed, cursor);
CREATE INDEX article_held ON article (embargo) WHERE state = 'held';
CREATE INDEX article_published ON article (published);

CREATE TABLE address (
  hash    TEXT PRIMARY KEY,
  address TEXT NOT NULL,
  article INTEGER NOT NULL REFERENCES article
) STRICT, WITHOUT ROWID;
CREATE INDEX address_article ON address (article);

CREATE TABLE version (
  article     INTEGER NOT NULL REFERENCES article,
  n           INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  digest      TEXT NOT NULL,
  text_sha256 TEXT NOT NULL,
  title       TEXT,
  published   TEXT,
  basis       TEXT NOT NULL,
  capture     TEXT,
  action      TEXT NOT NULL,
  note        TEXT,
  difference  BLOB NOT NULL, -- JSON: what changed since the version before
  PRIMARY KEY (article, n)
) STRICT;
CREATE INDEX version_capture ON version (capture);

CREATE TABLE record (
  article  INTEGER NOT NULL,
  n        INTEGER NOT NULL,
  pipeline TEXT NOT NULL,
  model    TEXT NOT NULL,
  codebook TEXT NOT NULL,
  read_at  INTEGER NOT NULL,
  body     BLOB NOT NULL, -- the record's JSON, gzip
  PRIMARY KEY (article, n),
  FOREIGN KEY (article, n) REFERENCES version
) STRICT;

-- What was forgotten: its id, and hashes of its addresses.
CREATE TABLE tombstone (
  article TEXT PRIMARY KEY,
  at      INTEGER NOT NULL,
  reason  TEXT NOT NULL
) STRICT;
CREATE TABLE tombstone_address (
  hash    TEXT PRIMARY KEY,
  article TEXT NOT NULL REFERENCES tombstone
) STRICT, WITHOUT ROWID;
-- Captures of what was forgotten whose bytes may still be in the folder.
CREATE TABLE erasure (
  capture TEXT PRIMARY KEY,
  file    TEXT NOT NULL,
  place   INTEGER NOT NULL,
  length  INTEGER NOT NULL
) STRICT;

-- From here on: made of the current records of live articles, for searching.
CREATE TABLE entity (
  article  INTEGER NOT NULL REFERENCES article,
  id       TEXT NOT NULL,
  type     TEXT NOT NULL,
  name     TEXT NOT NULL,
  folded   TEXT NOT NULL, -- the name in lower case
  country  TEXT,
  wikidata TEXT,
  geonames INTEGER,
  mentions INTEGER NOT NULL,
  PRIMARY KEY (article, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX entity_folded ON entity (folded, article);

CREATE TABLE place (
  article   INTEGER NOT NULL REFERENCES article,
  entity    TEXT NOT NULL,
  country   TEXT,
  admin1    TEXT,
  lat       REAL NOT NULL,
  lon       REAL NOT NULL,
  precision TEXT NOT NULL,
  PRIMARY KEY (article, entity)
) STRICT, WITHOUT ROWID;

CREATE TABLE statement (
  article       INTEGER NOT NULL REFERENCES article,
  id            TEXT NOT NULL,
  source        TEXT, -- entity
  source_text   TEXT,
  act           TEXT NOT NULL,
  form          TEXT NOT NULL,
  polarity      TEXT NOT NULL,
  said_earliest TEXT,
  said_latest   TEXT,
  confidence    REAL NOT NULL,
  PRIMARY KEY (article, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE event (
  article    INTEGER NOT NULL REFERENCES article,
  id         TEXT NOT NULL,
  type       TEXT NOT NULL,
  mode       TEXT,
  quad       INTEGER,
  intensity  REAL,
  modality   TEXT NOT NULL,
  background INTEGER NOT NULL,
  own_voice  INTEGER NOT NULL,
  earliest   TEXT,
  latest     TEXT,
  precision  TEXT NOT NULL,
  place      TEXT, -- entity
  country    TEXT, -- of the place
  confidence REAL NOT NULL,
  PRIMARY KEY (article, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_type ON event (type, earliest);

CREATE TABLE event_party (
  article INTEGER NOT NULL REFERENCES article,
  event   TEXT NOT NULL,
  role    TEXT NOT NULL, -- actor, recipient, place
  n       INTEGER NOT NULL,
  entity  TEXT,
  words   TEXT NOT NULL,
  PRIMARY KEY (article, event, role, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE event_count (
  article   INTEGER NOT NULL REFERENCES article,
  event     TEXT NOT NULL,
  id        TEXT NOT NULL,
  kind      TEXT NOT NULL,
  low       INTEGER,
  best      INTEGER,
  high      INTEGER,
  qualifier TEXT NOT NULL,
  PRIMARY KEY (article, event, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE time_expression (
  article  INTEGER NOT NULL REFERENCES article,
  n        INTEGER NOT NULL,
  words    TEXT NOT NULL,
  type     TEXT NOT NULL,
  value    TEXT,
  earliest TEXT,
  latest   TEXT,
  PRIMARY KEY (article, n)
) STRICT, WITHOUT ROWID;

-- Words of title and text. The row is the article's cursor; the text itself is
-- in the record.
CREATE VIRTUAL TABLE article_text USING fts5(
  title, body, content='', contentless_delete=1, tokenize="porter unicode61 remove_diacritics 2"
);

-- Work of "onrecord watch".
CREATE TABLE job (
  id       INTEGER PRIMARY KEY,
  kind     TEXT NOT NULL,
  args     BLOB NOT NULL,
  lane     TEXT NOT NULL, -- host; '' for none
  uniq     TEXT,
  state    TEXT NOT NULL, -- waiting, running, dead
  run_at   INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  error    TEXT,
  added_at INTEGER NOT NULL
) STRICT;
CREATE INDEX job_next ON job (state, run_at);
CREATE UNIQUE INDEX job_unique ON job (kind, uniq) WHERE uniq IS NOT NULL AND state <> 'dead';
