-- What is made across articles: stories, resolved events, claims, figures and
-- actors. All of it can be made again from the records; ids stay.
--
-- body is the JSON of the type of package news, gzip. Days and moments of
-- publication are text, '' where unknown, so that they sort and page.

-- Articles whose record, or whose being shown, has changed since they were last
-- settled. stamp counts the changes, so that one that comes while the article
-- is settled is not lost.
CREATE TABLE unsettled (
  article TEXT PRIMARY KEY, -- id; the article may be forgotten
  stamp   INTEGER NOT NULL,
  story   TEXT -- that it was in
) STRICT, WITHOUT ROWID;
-- Blocks of actors of which an article was forgotten.
CREATE TABLE stale_block (block TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

INSERT INTO unsettled (article, stamp) SELECT id, 1 FROM article WHERE state = 'live';

-- How many settlements there were, and on SQLite who settles: a process that
-- goes by an older turn has to look anew.
CREATE TABLE settlement (
  one    INTEGER PRIMARY KEY CHECK (one = 1),
  turn   INTEGER NOT NULL,
  holder TEXT,
  until  INTEGER
) STRICT;
INSERT INTO settlement (one, turn) VALUES (1, 0);

-- Batches of articles that are settled together. A closed one is not settled
-- again; the last may be open.
CREATE TABLE batch (
  n      INTEGER PRIMARY KEY,
  opened INTEGER NOT NULL,
  closed INTEGER -- the moment for which it was settled; NULL while it is open
) STRICT;

CREATE TABLE story (
  id        TEXT PRIMARY KEY,
  key       TEXT NOT NULL UNIQUE, -- the name by which the clustering knows it
  title     TEXT NOT NULL,
  first     TEXT NOT NULL, -- day of the first report
  last      TEXT NOT NULL,
  place     TEXT NOT NULL, -- its name
  country   TEXT,
  lat       REAL,
  lon       REAL,
  type      TEXT, -- of most of its events
  articles  INTEGER NOT NULL,
  origins   INTEGER NOT NULL,
  events    INTEGER NOT NULL,
  claims    INTEGER NOT NULL,
  disputes  INTEGER NOT NULL, -- claims and events that are contested
  told      INTEGER NOT NULL, -- articles that its events and claims were made of
  settled   INTEGER NOT NULL,
  line      BLOB NOT NULL, -- JSON: what a list shows
  body      BLOB NOT NULL
) STRICT;
CREATE INDEX story_last ON story (last, id);
CREATE INDEX story_behind ON story (id) WHERE articles <> told;
CREATE INDEX story_origins ON story (origins, id);
CREATE INDEX story_disputes ON story (disputes, last, id) WHERE disputes > 0;

-- A story as the clustering goes on from it: of the last closed batch.
CREATE TABLE story_kept (
  key  TEXT PRIMARY KEY,
  body BLOB NOT NULL -- JSON, gzip
) STRICT, WITHOUT ROWID;

CREATE TABLE story_article (
  article INTEGER PRIMARY KEY, -- key
  story   TEXT NOT NULL,
  origin  INTEGER NOT NULL, -- key of the article that its text goes back to; its own
  batch   INTEGER NOT NULL,
  joined  INTEGER NOT NULL, -- when it was settled first
  sketch  BLOB -- for the clustering, while the story is open
) STRICT;
CREATE INDEX story_article_story ON story_article (story, article);
CREATE INDEX story_article_batch ON story_article (batch);
CREATE INDEX story_article_joined ON story_article (joined);
CREATE INDEX story_article_origin ON story_article (origin);

CREATE TABLE resolved_event (
  id         TEXT PRIMARY KEY,
  story      TEXT NOT NULL,
  type       TEXT NOT NULL,
  mode       TEXT,
  modality   TEXT NOT NULL,
  background INTEGER NOT NULL,
  earliest   TEXT,
  latest     TEXT,
  precision  TEXT NOT NULL,
  place      TEXT NOT NULL,
  country    TEXT,
  admin1     TEXT,
  lat        REAL,
  lon        REAL,
  exact      TEXT, -- precision of the place
  reported   TEXT NOT NULL,
  articles   INTEGER NOT NULL,
  origins    INTEGER NOT NULL,
  contested  INTEGER NOT NULL,
  body       BLOB NOT NULL
) STRICT;
CREATE INDEX resolved_event_story ON resolved_event (story, id);
CREATE INDEX resolved_event_type ON resolved_event (type, earliest);
CREATE INDEX resolved_event_country ON resolved_event (country, earliest);
CREATE INDEX resolved_event_reported ON resolved_event (reported, id);

CREATE TABLE resolved_member (
  article  INTEGER NOT NULL, -- key
  event    TEXT NOT NULL,    -- id in the record
  resolved TEXT NOT NULL,
  PRIMARY KEY (article, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX resolved_member_resolved ON resolved_member (resolved);

CREATE TABLE resolved_party (
  event  TEXT NOT NULL,
  role   TEXT NOT NULL, -- actor, recipient
  n      INTEGER NOT NULL,
  name   TEXT NOT NULL,
  folded TEXT NOT NULL,
  actor  TEXT, -- id
  PRIMARY KEY (event, role, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX resolved_party_folded ON resolved_party (folded, event);
CREATE INDEX resolved_party_actor ON resolved_party (actor, event);

CREATE TABLE toll (
  event TEXT NOT NULL,
  kind  TEXT NOT NULL,
  low   INTEGER,
  best  INTEGER,
  high  INTEGER,
  PRIMARY KEY (event, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX toll_kind ON toll (kind, high);

CREATE TABLE claim (
  id        TEXT PRIMARY KEY,
  story     TEXT NOT NULL,
  kind      TEXT NOT NULL,
  event     TEXT, -- resolved
  words     TEXT NOT NULL,
  first     TEXT NOT NULL, -- day of the first stance
  last      TEXT NOT NULL,
  contested INTEGER NOT NULL,
  favour    INTEGER NOT NULL, -- independent voices that hold it true
  against   INTEGER NOT NULL,
  body      BLOB NOT NULL
) STRICT;
CREATE INDEX claim_story ON claim (story, id);
CREATE INDEX claim_event ON claim (event, id);
CREATE INDEX claim_last ON claim (last, id);
CREATE INDEX claim_contested ON claim (contested, last, id);

CREATE TABLE claim_about (
  claim  TEXT NOT NULL,
  n      INTEGER NOT NULL,
  name   TEXT NOT NULL,
  folded TEXT NOT NULL,
  actor  TEXT,
  PRIMARY KEY (claim, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX claim_about_folded ON claim_about (folded, claim);
CREATE INDEX claim_about_actor ON claim_about (actor, claim);

CREATE TABLE stance (
  claim   TEXT NOT NULL,
  n       INTEGER NOT NULL,
  id      TEXT NOT NULL,
  kind    TEXT NOT NULL,
  source  TEXT NOT NULL,
  folded  TEXT NOT NULL,
  own     INTEGER NOT NULL, -- an article's own voice
  actor   TEXT,
  article INTEGER NOT NULL, -- key
  said_at TEXT NOT NULL,
  PRIMARY KEY (claim, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX stance_id ON stance (id);
CREATE INDEX stance_folded ON stance (folded, claim);
CREATE INDEX stance_actor ON stance (actor, claim);
CREATE INDEX stance_article ON stance (article);

CREATE TABLE figure (
  event     TEXT NOT NULL,
  n         INTEGER NOT NULL,
  id        TEXT NOT NULL,
  story     TEXT NOT NULL,
  kind      TEXT NOT NULL,
  low       INTEGER,
  best      INTEGER,
  high      INTEGER,
  qualifier TEXT NOT NULL,
  part      INTEGER NOT NULL,
  source    TEXT NOT NULL,
  folded    TEXT NOT NULL,
  own       INTEGER NOT NULL,
  actor     TEXT,
  standing  TEXT NOT NULL,
  fate      TEXT NOT NULL,
  article   INTEGER NOT NULL, -- key
  said_at   TEXT NOT NULL,
  published TEXT NOT NULL,
  body      BLOB NOT NULL,
  PRIMARY KEY (event, n)
) STRICT;
CREATE INDEX figure_id ON figure (id);
CREATE INDEX figure_story ON figure (story);
CREATE INDEX figure_said ON figure (said_at, id);
CREATE INDEX figure_kind ON figure (kind, said_at, id);
CREATE INDEX figure_actor ON figure (actor, said_at);
CREATE INDEX figure_article ON figure (article);

CREATE TABLE actor (
  id       TEXT PRIMARY KEY,
  block    TEXT NOT NULL, -- those that might be one have the same
  type     TEXT NOT NULL,
  name     TEXT NOT NULL,
  folded   TEXT NOT NULL,
  country  TEXT,
  articles INTEGER NOT NULL,
  first    TEXT NOT NULL,
  last     TEXT NOT NULL,
  body     BLOB NOT NULL
) STRICT;
CREATE INDEX actor_block ON actor (block);
CREATE INDEX actor_articles ON actor (articles, id);
CREATE INDEX actor_last ON actor (last, id);

-- The names that an actor goes by, in lower case.
CREATE TABLE actor_name (
  folded TEXT NOT NULL,
  actor  TEXT NOT NULL,
  PRIMARY KEY (folded, actor)
) STRICT, WITHOUT ROWID;
CREATE INDEX actor_name_actor ON actor_name (actor);

CREATE TABLE actor_article (
  article INTEGER NOT NULL, -- key
  entity  TEXT NOT NULL,    -- id in the record
  actor   TEXT NOT NULL,
  block   TEXT NOT NULL,
  place   INTEGER NOT NULL, -- the article's cursor, by which it is listed
  profile BLOB NOT NULL,    -- JSON: what the joining looks at
  PRIMARY KEY (article, entity)
) STRICT, WITHOUT ROWID;
CREATE INDEX actor_article_actor ON actor_article (actor, place);
CREATE INDEX actor_article_block ON actor_article (block);

-- Every change of what is above, in the order in which they were made.
CREATE TABLE change (
  seq    INTEGER PRIMARY KEY AUTOINCREMENT,
  at     INTEGER NOT NULL,
  kind   TEXT NOT NULL, -- created, updated, merged, deleted
  object TEXT NOT NULL, -- story, event, claim, actor
  id     TEXT NOT NULL,
  target TEXT,          -- where it was merged
  fields TEXT NOT NULL  -- what was updated, a list with commas
) STRICT;
CREATE INDEX change_id ON change (id, seq);

-- What stands where an id was: ids are never used again.
CREATE TABLE merged (
  id     TEXT PRIMARY KEY,
  object TEXT NOT NULL,
  target TEXT, -- NULL where it was deleted
  at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX merged_target ON merged (target);

-- A person's word on joinings: two events of records, or two entities, that are
-- one or that are not.
CREATE TABLE joining (
  object        TEXT NOT NULL, -- event, actor
  article       TEXT NOT NULL, -- id
  part          TEXT NOT NULL, -- id of the event or entity in the record
  other_article TEXT NOT NULL,
  other_part    TEXT NOT NULL,
  together      INTEGER NOT NULL,
  note          TEXT NOT NULL,
  at            INTEGER NOT NULL,
  PRIMARY KEY (object, article, part, other_article, other_part)
) STRICT, WITHOUT ROWID;
CREATE INDEX joining_other ON joining (object, other_article);
