-- What people say of single values of an article's record.

CREATE TABLE correction (
  article INTEGER NOT NULL REFERENCES article (key) ON DELETE CASCADE,
  object  TEXT NOT NULL,
  place   INTEGER NOT NULL, -- of the words in the text, in bytes
  words   TEXT NOT NULL,
  field   TEXT NOT NULL,
  verdict TEXT NOT NULL,
  machine TEXT NOT NULL,
  value   TEXT NOT NULL,
  person  TEXT NOT NULL,
  note    TEXT NOT NULL,
  at      INTEGER NOT NULL,
  PRIMARY KEY (article, object, place, field)
) STRICT, WITHOUT ROWID;
CREATE INDEX correction_at ON correction (at);
