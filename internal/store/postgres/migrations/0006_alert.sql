-- Saved queries, and what they have to tell.

CREATE TABLE alert (
  id         TEXT PRIMARY KEY,
  name       TEXT NOT NULL,
  kind       TEXT NOT NULL,
  query      TEXT NOT NULL,
  webhook    TEXT NOT NULL,
  secret     TEXT NOT NULL,
  mail       TEXT NOT NULL,
  every_s    BIGINT NOT NULL,
  owner      TEXT NOT NULL,
  added_at   TIMESTAMPTZ,
  paused     BOOLEAN NOT NULL,
  next_at    TIMESTAMPTZ,
  looked_at  TIMESTAMPTZ,
  last_error TEXT NOT NULL
);
CREATE INDEX alert_next ON alert (next_at);

-- row_key stands for a row that a look found: it is not new any more.
CREATE TABLE alert_seen (
  alert   TEXT NOT NULL REFERENCES alert (id) ON DELETE CASCADE,
  row_key TEXT NOT NULL,
  at      TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (alert, row_key)
);

CREATE TABLE alert_message (
  id      TEXT PRIMARY KEY,
  alert   TEXT NOT NULL REFERENCES alert (id) ON DELETE CASCADE,
  way     TEXT NOT NULL,
  body    BYTEA NOT NULL,
  made_at TIMESTAMPTZ NOT NULL,
  next_at TIMESTAMPTZ NOT NULL,
  tries   INTEGER NOT NULL,
  dead    BOOLEAN NOT NULL,
  error   TEXT NOT NULL
);
CREATE INDEX alert_message_next ON alert_message (next_at);
CREATE INDEX alert_message_alert ON alert_message (alert, made_at);
