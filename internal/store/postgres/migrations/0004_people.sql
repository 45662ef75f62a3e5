-- Who may look and who may change. Secrets are kept as hashes only.
CREATE TABLE account (
  name       text COLLATE "C" PRIMARY KEY,
  role       text NOT NULL, -- read, edit or admin
  password   text NOT NULL, -- argon2id, in the PHC string format
  added_at   timestamptz NOT NULL,
  changed_at timestamptz NOT NULL
);

CREATE TABLE session (
  hash       text COLLATE "C" PRIMARY KEY, -- SHA-256 of the secret in the cookie
  account    text NOT NULL REFERENCES account (name) ON DELETE CASCADE,
  form       text NOT NULL, -- the secret in its forms
  created_at timestamptz NOT NULL,
  seen_at    timestamptz NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX session_account ON session (account);

CREATE TABLE token (
  id         text COLLATE "C" PRIMARY KEY,
  hash       text NOT NULL UNIQUE, -- SHA-256 of the secret
  account    text NOT NULL REFERENCES account (name) ON DELETE CASCADE,
  label      text NOT NULL,
  created_at timestamptz NOT NULL,
  used_at    timestamptz -- to some minutes
);
CREATE INDEX token_account ON token (account);

-- Wrong passwords in a row, by hashes of name and address.
CREATE TABLE attempt (
  id      text COLLATE "C" PRIMARY KEY,
  n       bigint NOT NULL,
  last_at timestamptz NOT NULL
);
CREATE INDEX attempt_last ON attempt (last_at);

-- What was done that changed something. Lines are only ever added.
CREATE TABLE audit (
  n       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at      timestamptz NOT NULL,
  account text NOT NULL, -- '' where nobody was logged in; the account may be gone
  address text NOT NULL,
  what    text NOT NULL,
  detail  text NOT NULL
);
