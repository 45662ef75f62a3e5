-- Saved queries, and what they have to tell.

CREATE TABLE alert (
  id         TEXT PRIMARY KEY,
  name       TEXT NOT NULL,
  kind       TEXT NOT NULL,
  query      TEXT NOT NULL,
  webhook    TEXT NOT NULL,
  secret     TEXT NOT NULL,
  mail       TEXT NOT NULL,
  every_s    INTEGER NOT NULL,
  owner      TEXT NOT NULL,
  added_at   INTEGER,
  paused     INTEGER NOT NULL,
  next_at    INTEGER,
  looked_at  INTEGER,
  last_error TEXT NOT NULL
) STRICT;
CREATE INDEX alert_next ON alert (next_at);

-- row_key stands for a row that a look found: it is not new any more.
CREATE TABLE alert_seen (
  alert   TEXT NOT NULL REFERENCES alert (id) ON DELETE CASCADE,
  row_key TEXT NOT NULL,
  at      INTEGER NOT NULL,
  PRIMARY KEY (alert, row_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE alert_message (
  id      TEXT PRIMARY KEY,
  alert   TEXT NOT NULL REFERENCES alert (id) ON DELETE CASCADE,
  way     TEXT NOT NULL,
  body    BLOB NOT NULL,
  made_at INTEGER NOT NULL,
  next_at INTEGER NOT NULL,
  tries   INTEGER NOT NULL,
  dead    INTEGER NOT NULL,
  error   TEXT NOT NULL
) STRICT;
CREATE INDEX alert_message_next ON alert_message (next_at);
CREATE INDEX alert_message_alert ON alert_message (alert, made_at);
