-- Who may look and who may change. Secrets are kept as hashes only.
CREATE TABLE account (
  name       TEXT PRIMARY KEY,
  role       TEXT NOT NULL, -- read, edit or admin
  password   TEXT NOT NULL, -- argon2id, in the PHC string format
  added_at   INTEGER NOT NULL,
  changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
  hash       TEXT PRIMARY KEY, -- SHA-256 of the secret in the cookie
  account    TEXT NOT NULL REFERENCES account (name) ON DELETE CASCADE,
  form       TEXT NOT NULL, -- the secret in its forms
  created_at INTEGER NOT NULL,
  seen_at    INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_account ON session (account);

CREATE TABLE token (
  id         TEXT PRIMARY KEY,
  hash       TEXT NOT NULL UNIQUE, -- SHA-256 of the secret
  account    TEXT NOT NULL REFERENCES account (name) ON DELETE CASCADE,
  label      TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  used_at    INTEGER -- to some minutes
) STRICT, WITHOUT ROWID;
CREATE INDEX token_account ON token (account);

-- Wrong passwords in a row, by hashes of name and address.
CREATE TABLE attempt (
  id      TEXT PRIMARY KEY,
  n       INTEGER NOT NULL,
  last_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX attempt_last ON attempt (last_at);

-- What was done that changed something. Lines are only ever added.
CREATE TABLE audit (
  n       INTEGER PRIMARY KEY AUTOINCREMENT,
  at      INTEGER NOT NULL,
  account TEXT NOT NULL, -- '' where nobody was logged in; the account may be gone
  address TEXT NOT NULL,
  what    TEXT NOT NULL,
  detail  TEXT NOT NULL
) STRICT;
