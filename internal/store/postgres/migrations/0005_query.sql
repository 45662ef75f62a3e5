-- What the query language looks at (internal/query). A rank is the cursor of the
-- article, moved up by 12 bits, and the number of the statement or event in its
-- record: the newest have the greatest.

ALTER TABLE article ADD COLUMN searched integer; -- form of what is below; NULL where it is not yet made

ALTER TABLE statement ADD COLUMN rank bigint;
CREATE UNIQUE INDEX statement_rank ON statement (rank);

ALTER TABLE event ADD COLUMN rank bigint;
CREATE UNIQUE INDEX event_rank ON event (rank);

-- Who has a term: a word of a name in its part, a code. A term is a number made
-- of them; the rank in article_term is the cursor.
CREATE TABLE article_term (term bigint NOT NULL, rank bigint NOT NULL, PRIMARY KEY (term, rank));
CREATE TABLE statement_term (term bigint NOT NULL, rank bigint NOT NULL, PRIMARY KEY (term, rank));
CREATE TABLE event_term (term bigint NOT NULL, rank bigint NOT NULL, PRIMARY KEY (term, rank));

-- By the cursor: what lists show of an article's statements and events, JSON,
-- gzip; and its terms, for taking them away.
CREATE TABLE article_part (
  rank       bigint PRIMARY KEY,
  statements bytea NOT NULL,
  events     bytea NOT NULL,
  terms      bytea NOT NULL
);
ALTER TABLE article_part ALTER COLUMN statements SET STORAGE EXTERNAL, ALTER COLUMN events SET STORAGE EXTERNAL, ALTER COLUMN terms SET STORAGE EXTERNAL;

-- Which statements speak of which events, by their ranks.
CREATE TABLE statement_event (statement bigint NOT NULL, event bigint NOT NULL, PRIMARY KEY (statement, event));
CREATE INDEX statement_event_event ON statement_event (event, statement);

-- Words of what was said, and of the sentences that tell of events.
CREATE TABLE statement_text (rank bigint PRIMARY KEY, words tsvector NOT NULL);
CREATE INDEX statement_text_words ON statement_text USING gin (words);
CREATE TABLE event_text (rank bigint PRIMARY KEY, words tsvector NOT NULL);
CREATE INDEX event_text_words ON event_text USING gin (words);
ALTER INDEX statement_text_words SET (gin_pending_list_limit = 512);
ALTER INDEX event_text_words SET (gin_pending_list_limit = 512);
CREATE INDEX article_unsearched ON article (key) WHERE state = 'live' AND searched IS NULL;
