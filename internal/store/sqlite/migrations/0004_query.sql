-- What the query language looks at (internal/query). A rank is the cursor of the
-- article, moved up by 12 bits, and the number of the statement or event in its
-- record: the newest have the greatest.

ALTER TABLE article ADD COLUMN searched INTEGER; -- form of what is below; NULL where it is not yet made

ALTER TABLE statement ADD COLUMN rank INTEGER;
CREATE UNIQUE INDEX statement_rank ON statement (rank);

ALTER TABLE event ADD COLUMN rank INTEGER;
CREATE UNIQUE INDEX event_rank ON event (rank);

-- Who has a term: a word of a name in its part, a code. A term is a number made
-- of them; the rank in article_term is the cursor.
CREATE TABLE article_term (term INTEGER NOT NULL, rank INTEGER NOT NULL, PRIMARY KEY (term, rank)) STRICT, WITHOUT ROWID;
CREATE TABLE statement_term (term INTEGER NOT NULL, rank INTEGER NOT NULL, PRIMARY KEY (term, rank)) STRICT, WITHOUT ROWID;
CREATE TABLE event_term (term INTEGER NOT NULL, rank INTEGER NOT NULL, PRIMARY KEY (term, rank)) STRICT, WITHOUT ROWID;

-- By the cursor: what lists show of an article's statements and events, JSON,
-- gzip; and its terms, for taking them away.
CREATE TABLE article_part (
  rank       INTEGER PRIMARY KEY,
  statements BLOB NOT NULL,
  events     BLOB NOT NULL,
  terms      BLOB NOT NULL
) STRICT;

-- Which statements speak of which events, by their ranks.
CREATE TABLE statement_event (statement INTEGER NOT NULL, event INTEGER NOT NULL, PRIMARY KEY (statement, event)) STRICT, WITHOUT ROWID;
CREATE INDEX statement_event_event ON statement_event (event, statement);

-- Words of what was said, and of the sentences that tell of events. The row is
-- the rank.
CREATE VIRTUAL TABLE statement_text USING fts5(
  words, content='', contentless_delete=1, tokenize="porter unicode61 remove_diacritics 2"
);
CREATE VIRTUAL TABLE event_text USING fts5(
  words, content='', contentless_delete=1, tokenize="porter unicode61 remove_diacritics 2"
);
CREATE INDEX article_unsearched ON article (key) WHERE state = 'live' AND searched IS NULL;
