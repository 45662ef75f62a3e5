-- What is made across articles: stories, resolved events, claims, figures and
-- actors. All of it can be made again from the records; ids stay.
--
-- body is the JSON of the type of package news, gzip. Days and moments of
-- publication are text, '' where unknown, so that they sort and page.

-- Articles whose record, or whose being shown, has changed since they were last
-- settled. stamp counts the changes, so that one that comes while the article
-- is settled is not lost.
CREATE TABLE unsettled (
  article text COLLATE "C" PRIMARY KEY, -- id; the article may be forgotten
  stamp   bigint NOT NULL,
  story   text COLLATE "C" -- that it was in
);
-- Blocks of actors of which an article was forgotten.
CREATE TABLE stale_block (block text COLLATE "C" PRIMARY KEY);

INSERT INTO unsettled (article, stamp) SELECT id, 1 FROM article WHERE state = 'live';

-- How many settlements there were, and on SQLite who settles: a process that
-- goes by an older turn has to look anew.
CREATE TABLE settlement (
  one    bigint PRIMARY KEY CHECK (one = 1),
  turn   bigint NOT NULL,
  holder text,
  until  timestamptz
);
INSERT INTO settlement (one, turn) VALUES (1, 0);

-- Batches of articles that are settled together. A closed one is not settled
-- again; the last may be open.
CREATE TABLE batch (
  n      bigint PRIMARY KEY,
  opened timestamptz NOT NULL,
  closed timestamptz -- the moment for which it was settled; NULL while it is open
);

CREATE TABLE story (
  id        text COLLATE "C" PRIMARY KEY,
  key       text COLLATE "C" NOT NULL UNIQUE, -- the name by which the clustering knows it
  title     text NOT NULL,
  first     text COLLATE "C" NOT NULL, -- day of the first report
  last      text COLLATE "C" NOT NULL,
  place     text NOT NULL, -- its name
  country   text,
  lat       double precision,
  lon       double precision,
  type      text, -- of most of its events
  articles  bigint NOT NULL,
  origins   bigint NOT NULL,
  events    bigint NOT NULL,
  claims    bigint NOT NULL,
  disputes  bigint NOT NULL, -- claims and events that are contested
  told      bigint NOT NULL, -- articles that its events and claims were made of
  settled   timestamptz NOT NULL,
  line      bytea NOT NULL, -- JSON: what a list shows
  body      bytea NOT NULL
);
CREATE INDEX story_last ON story (last, id);
CREATE INDEX story_behind ON story (id) WHERE articles <> told;
CREATE INDEX story_origins ON story (origins, id);
CREATE INDEX story_disputes ON story (disputes, last, id) WHERE disputes > 0;

-- A story as the clustering goes on from it: of the last closed batch.
CREATE TABLE story_kept (
  key  text COLLATE "C" PRIMARY KEY,
  body bytea NOT NULL -- JSON, gzip
);

CREATE TABLE story_article (
  article bigint PRIMARY KEY, -- key
  story   text COLLATE "C" NOT NULL,
  origin  bigint NOT NULL, -- key of the article that its text goes back to; its own
  batch   bigint NOT NULL,
  joined  timestamptz NOT NULL, -- when it was settled first
  sketch  bytea -- for the clustering, while the story is open
);
CREATE INDEX story_article_story ON story_article (story, article);
CREATE INDEX story_article_batch ON story_article (batch);
CREATE INDEX story_article_joined ON story_article (joined);
CREATE INDEX story_article_origin ON story_article (origin);

CREATE TABLE resolved_event (
  id         text COLLATE "C" PRIMARY KEY,
  story      text COLLATE "C" NOT NULL,
  type       text NOT NULL,
  mode       text,
  modality   text NOT NULL,
  background boolean NOT NULL,
  earliest   text COLLATE "C",
  latest     text COLLATE "C",
  precision  text NOT NULL,
  place      text NOT NULL,
  country    text,
  admin1     text,
  lat        double precision,
  lon        double precision,
  exact      text, -- precision of the place
  reported   text COLLATE "C" NOT NULL,
  articles   bigint NOT NULL,
  origins    bigint NOT NULL,
  contested  boolean NOT NULL,
  body       bytea NOT NULL
);
CREATE INDEX resolved_event_story ON resolved_event (story, id);
CREATE INDEX resolved_event_type ON resolved_event (type, earliest);
CREATE INDEX resolved_event_country ON resolved_event (country, earliest);
CREATE INDEX resolved_event_reported ON resolved_event (reported, id);

CREATE TABLE resolved_member (
  article  bigint NOT NULL, -- key
  event    text COLLATE "C" NOT NULL, -- id in the record
  resolved text COLLATE "C" NOT NULL,
  PRIMARY KEY (article, event)
);
CREATE INDEX resolved_member_resolved ON resolved_member (resolved);

CREATE TABLE resolved_party (
  event  text COLLATE "C" NOT NULL,
  role   text NOT NULL, -- actor, recipient
  n      bigint NOT NULL,
  name   text NOT NULL,
  folded text COLLATE "C" NOT NULL,
  actor  text COLLATE "C", -- id
  PRIMARY KEY (event, role, n)
);
CREATE INDEX resolved_party_folded ON resolved_party (folded, event);
CREATE INDEX resolved_party_actor ON resolved_party (actor, event);

CREATE TABLE toll (
  event text COLLATE "C" NOT NULL,
  kind  text NOT NULL,
  low   bigint,
  best  bigint,
  high  bigint,
  PRIMARY KEY (event, kind)
);
CREATE INDEX toll_kind ON toll (kind, high);

CREATE TABLE claim (
  id        text COLLATE "C" PRIMARY KEY,
  story     text COLLATE "C" NOT NULL,
  kind      text NOT NULL,
  event     text COLLATE "C", -- resolved
  words     text NOT NULL,
  first     text COLLATE "C" NOT NULL, -- day of the first stance
  last      text COLLATE "C" NOT NULL,
  contested boolean NOT NULL,
  favour    bigint NOT NULL, -- independent voices that hold it true
  against   bigint NOT NULL,
  body      bytea NOT NULL
);
CREATE INDEX claim_story ON claim (story, id);
CREATE INDEX claim_event ON claim (event, id);
CREATE INDEX claim_last ON claim (last, id);
CREATE INDEX claim_contested ON claim (contested, last, id);

CREATE TABLE claim_about (
  claim  text COLLATE "C" NOT NULL,
  n      bigint NOT NULL,
  name   text NOT NULL,
  folded text COLLATE "C" NOT NULL,
  actor  text COLLATE "C",
  PRIMARY KEY (claim, n)
);
CREATE INDEX claim_about_folded ON claim_about (folded, claim);
CREATE INDEX claim_about_actor ON claim_about (actor, claim);

CREATE TABLE stance (
  claim   text COLLATE "C" NOT NULL,
  n       bigint NOT NULL,
  id      text COLLATE "C" NOT NULL,
  kind    text NOT NULL,
  source  text NOT NULL,
  folded  text COLLATE "C" NOT NULL,
  own     boolean NOT NULL, -- an article's own voice
  actor   text COLLATE "C",
  article bigint NOT NULL, -- key
  said_at text COLLATE "C" NOT NULL,
  PRIMARY KEY (claim, n)
);
CREATE INDEX stance_id ON stance (id);
CREATE INDEX stance_folded ON stance (folded, claim);
CREATE INDEX stance_actor ON stance (actor, claim);
CREATE INDEX stance_article ON stance (article);

CREATE TABLE figure (
  event     text COLLATE "C" NOT NULL,
  n         bigint NOT NULL,
  id        text COLLATE "C" NOT NULL,
  story     text COLLATE "C" NOT NULL,
  kind      text NOT NULL,
  low       bigint,
  best      bigint,
  high      bigint,
  qualifier text NOT NULL,
  part      boolean NOT NULL,
  source    text NOT NULL,
  folded    text COLLATE "C" NOT NULL,
  own       boolean NOT NULL,
  actor     text COLLATE "C",
  standing  text NOT NULL,
  fate      text NOT NULL,
  article   bigint NOT NULL, -- key
  said_at   text COLLATE "C" NOT NULL,
  published text COLLATE "C" NOT NULL,
  body      bytea NOT NULL,
  PRIMARY KEY (event, n)
);
CREATE INDEX figure_id ON figure (id);
CREATE INDEX figure_story ON figure (story);
CREATE INDEX figure_said ON figure (said_at, id);
CREATE INDEX figure_kind ON figure (kind, said_at, id);
CREATE INDEX figure_actor ON figure (actor, said_at);
CREATE INDEX figure_article ON figure (article);

CREATE TABLE actor (
  id       text COLLATE "C" PRIMARY KEY,
  block    text COLLATE "C" NOT NULL, -- those that might be one have the same
  type     text NOT NULL,
  name     text NOT NULL,
  folded   text COLLATE "C" NOT NULL,
  country  text,
  articles bigint NOT NULL,
  first    text COLLATE "C" NOT NULL,
  last     text COLLATE "C" NOT NULL,
  body     bytea NOT NULL
);
CREATE INDEX actor_block ON actor (block);
CREATE INDEX actor_articles ON actor (articles, id);
CREATE INDEX actor_last ON actor (last, id);

-- The names that an actor goes by, in lower case.
CREATE TABLE actor_name (
  folded text COLLATE "C" NOT NULL,
  actor  text COLLATE "C" NOT NULL,
  PRIMARY KEY (folded, actor)
);
CREATE INDEX actor_name_actor ON actor_name (actor);

CREATE TABLE actor_article (
  article bigint NOT NULL, -- key
  entity  text NOT NULL, -- id in the record
  actor   text COLLATE "C" NOT NULL,
  block   text COLLATE "C" NOT NULL,
  place   bigint NOT NULL, -- the article's cursor, by which it is listed
  profile bytea NOT NULL, -- JSON: what the joining looks at
  PRIMARY KEY (article, entity)
);
CREATE INDEX actor_article_actor ON actor_article (actor, place);
CREATE INDEX actor_article_block ON actor_article (block);

-- Every change of what is above, in the order in which they were made.
CREATE TABLE change (
  seq    bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
  at     timestamptz NOT NULL,
  kind   text NOT NULL, -- created, updated, merged, deleted
  object text NOT NULL, -- story, event, claim, actor
  id     text COLLATE "C" NOT NULL,
  target text COLLATE "C", -- where it was merged
  fields text NOT NULL  -- what was updated, a list with commas
);
CREATE INDEX change_id ON change (id, seq);

-- What stands where an id was: ids are never used again.
CREATE TABLE merged (
  id     text COLLATE "C" PRIMARY KEY,
  object text NOT NULL,
  target text COLLATE "C", -- NULL where it was deleted
  at     timestamptz NOT NULL
);
CREATE INDEX merged_target ON merged (target);

-- A person's word on joinings: two events of records, or two entities, that are
-- one or that are not.
CREATE TABLE joining (
  object        text NOT NULL, -- event, actor
  article       text COLLATE "C" NOT NULL, -- id
  part          text NOT NULL, -- id of the event or entity in the record
  other_article text COLLATE "C" NOT NULL,
  other_part    text NOT NULL,
  together      boolean NOT NULL,
  note          text NOT NULL,
  at            timestamptz NOT NULL,
  PRIMARY KEY (object, article, part, other_article, other_part)
);
CREATE INDEX joining_other ON joining (object, other_article);
