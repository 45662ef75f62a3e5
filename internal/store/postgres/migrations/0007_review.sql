-- What people say of single values of an article's record.

CREATE TABLE correction (
  article BIGINT NOT NULL REFERENCES article (key) ON DELETE CASCADE,
  object  TEXT NOT NULL,
  place   BIGINT NOT NULL, -- of the words in the text, in bytes
  words   TEXT NOT NULL,
  field   TEXT NOT NULL,
  verdict TEXT NOT NULL,
  machine TEXT NOT NULL,
  value   TEXT NOT NULL,
  person  TEXT NOT NULL,
  note    TEXT NOT NULL,
  at      TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (article, object, place, field)
);
CREATE INDEX correction_at ON correction (at);
