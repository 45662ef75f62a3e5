-- The tables are those of the SQLite store. Days and moments of publication are
-- text, as precise as they are known; they sort by their bytes.

CREATE SEQUENCE article_key;

CREATE TABLE feed (
  id            text PRIMARY KEY,
  kind          text NOT NULL,
  url           text NOT NULL,
  title         text NOT NULL,
  homepage      text NOT NULL,
  publisher     text NOT NULL,
  interval_s    bigint NOT NULL,
  rights        text NOT NULL,
  added_at      timestamptz,
  state         text NOT NULL,
  state_reason  text NOT NULL,
  etag          text NOT NULL,
  last_modified text NOT NULL,
  body_sha256   text NOT NULL,
  checked_at    timestamptz,
  changed_at    timestamptz,
  next_check    timestamptz,
  next_reason   text NOT NULL,
  failures      double precision NOT NULL,
  last_error    text NOT NULL
);

CREATE TABLE "fetch" ( -- a word of SQL, so always in quotes
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  feed          text,
  url           text NOT NULL,
  final         text,
  at            timestamptz NOT NULL,
  took_ms       bigint NOT NULL,
  status        integer NOT NULL,
  bytes         bigint NOT NULL,
  outcome       text NOT NULL,
  detail        text,
  retry_after_s bigint NOT NULL
);
CREATE INDEX fetch_at ON "fetch" (at);
CREATE INDEX fetch_feed ON "fetch" (feed, at);

CREATE TABLE capture (
  id         text COLLATE "C" PRIMARY KEY,
  url        text NOT NULL,
  at         timestamptz NOT NULL,
  status     integer NOT NULL,
  media_type text NOT NULL,
  sha256     text NOT NULL,
  hint       bytea NOT NULL,
  file       text COLLATE "C" NOT NULL,
  place      bigint NOT NULL, -- offset in the file
  length     bigint NOT NULL
);
CREATE INDEX capture_place ON capture (file, place);

CREATE TABLE article (
  key        bigint PRIMARY KEY,
  id         text NOT NULL UNIQUE,
  cursor     bigint NOT NULL UNIQUE, -- place among all, by time; also of article_text
  state      text NOT NULL,
  version    integer NOT NULL,
  url        text,
  publisher  text,
  feed       text,
  title      text,
  published  text COLLATE "C",
  language   text,
  first_seen timestamptz NOT NULL,
  changed    timestamptz NOT NULL,
  embargo    timestamptz,
  entities   integer NOT NULL,
  statements integer NOT NULL,
  events     integer NOT NULL
);
CREATE INDEX article_live ON article (cursor) WHERE state = 'live';
CREATE INDEX article_feed ON article (feed, cursor);
CREATE INDEX article_held ON article (embargo) WHERE state = 'held';
CREATE INDEX article_published ON article (published);

CREATE TABLE address (
  hash    text COLLATE "C" PRIMARY KEY,
  address text NOT NULL,
  article bigint NOT NULL REFERENCES article
);
CREATE INDEX address_article ON address (article);

CREATE TABLE version (
  article     bigint NOT NULL REFERENCES article,
  n           integer NOT NULL,
  received_at timestamptz NOT NULL,
  digest      text NOT NULL,
  text_sha256 text NOT NULL,
  title       text,
  published   text,
  basis       text NOT NULL,
  capture     text COLLATE "C",
  action      text NOT NULL,
  note        text,
  difference  bytea NOT NULL, -- JSON: what changed since the version before
  PRIMARY KEY (article, n)
);
CREATE INDEX version_capture ON version (capture);

CREATE TABLE record (
  article  bigint NOT NULL,
  n        integer NOT NULL,
  pipeline text COLLATE "C" NOT NULL,
  model    text COLLATE "C" NOT NULL,
  codebook text COLLATE "C" NOT NULL,
  read_at  timestamptz NOT NULL,
  body     bytea NOT NULL, -- the record's JSON, gzip
  PRIMARY KEY (article, n),
  FOREIGN KEY (article, n) REFERENCES version
);
-- The bodies are compressed already.
ALTER TABLE record ALTER COLUMN body SET STORAGE EXTERNAL;

-- What was forgotten: its id, and hashes of its addresses.
CREATE TABLE tombstone (
  article text PRIMARY KEY,
  at      timestamptz NOT NULL,
  reason  text NOT NULL
);
CREATE TABLE tombstone_address (
  hash    text COLLATE "C" PRIMARY KEY,
  article text NOT NULL REFERENCES tombstone
);
-- Captures of what was forgotten whose bytes may still be in the folder.
CREATE TABLE erasure (
  capture text PRIMARY KEY,
  file    text COLLATE "C" NOT NULL,
  place   bigint NOT NULL,
  length  bigint NOT NULL
);

-- From here on: made of the current records of live articles, for searching.
CREATE TABLE entity (
  article  bigint NOT NULL REFERENCES article,
  id       text NOT NULL,
  type     text NOT NULL,
  name     text NOT NULL,
  folded   text COLLATE "C" NOT NULL, -- the name in lower case
  country  text,
  wikidata text,
  geonames bigint,
  mentions integer NOT NULL,
  PRIMARY KEY (article, id)
);
CREATE INDEX entity_folded ON entity (folded, article);

CREATE TABLE place (
  article   bigint NOT NULL REFERENCES article,
  entity    text NOT NULL,
  country   text,
  admin1    text,
  lat       double precision NOT NULL,
  lon       double precision NOT NULL,
  precision text NOT NULL,
  PRIMARY KEY (article, entity)
);

CREATE TABLE statement (
  article       bigint NOT NULL REFERENCES article,
  id            text NOT NULL,
  source        text, -- entity
  source_text   text,
  act           text NOT NULL,
  form          text NOT NULL,
  polarity      text NOT NULL,
  said_earliest text,
  said_latest   text,
  confidence    double precision NOT NULL,
  PRIMARY KEY (article, id)
);

CREATE TABLE event (
  article    bigint NOT NULL REFERENCES article,
  id         text NOT NULL,
  type       text NOT NULL,
  mode       text,
  quad       integer,
  intensity  double precision,
  modality   text NOT NULL,
  background boolean NOT NULL,
  own_voice  boolean NOT NULL,
  earliest   text COLLATE "C",
  latest     text COLLATE "C",
  precision  text NOT NULL,
  place      text, -- entity
  country    text, -- of the place
  confidence double precision NOT NULL,
  PRIMARY KEY (article, id)
);
CREATE INDEX event_type ON event (type, earliest);

CREATE TABLE event_party (
  article bigint NOT NULL REFERENCES article,
  event   text NOT NULL,
  role    text NOT NULL, -- actor, recipient, place
  n       integer NOT NULL,
  entity  text,
  words   text NOT NULL,
  PRIMARY KEY (article, event, role, n)
);

CREATE TABLE event_count (
  article   bigint NOT NULL REFERENCES article,
  event     text NOT NULL,
  id        text NOT NULL,
  kind      text NOT NULL,
  low       bigint,
  best      bigint,
  high      bigint,
  qualifier text NOT NULL,
  PRIMARY KEY (article, event, id)
);

CREATE TABLE time_expression (
  article  bigint NOT NULL REFERENCES article,
  n        integer NOT NULL,
  words    text NOT NULL,
  type     text NOT NULL,
  value    text,
  earliest text,
  latest   text,
  PRIMARY KEY (article, n)
);

-- Words of title (weight A) and text. English endings are taken off; no word is
-- left out as too common, since "The Who" is a name. The words come folded and
-- parted by the program, so the parser's finer kinds do not matter.
CREATE TEXT SEARCH DICTIONARY onrecord_stem (TEMPLATE = snowball, LANGUAGE = english);
CREATE TEXT SEARCH CONFIGURATION onrecord (PARSER = default);
ALTER TEXT SEARCH CONFIGURATION onrecord ADD MAPPING FOR
  asciiword, word, numword, asciihword, hword, numhword, hword_asciipart, hword_part, hword_numpart,
  email, protocol, url, host, url_path, file, sfloat, float, int, uint, version, tag, entity
  WITH onrecord_stem;

CREATE TABLE article_text (
  cursor bigint PRIMARY KEY,
  words  tsvector NOT NULL
);
CREATE INDEX article_text_words ON article_text USING gin (words);
