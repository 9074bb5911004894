-- Signing in.

-- The key pairs that access tokens are signed with, shared by all nodes; jwk holds the private part.
CREATE TABLE wiki.signing_key (
  kid        text        NOT NULL PRIMARY KEY,
  jwk        text        NOT NULL,
  created_at timestamptz NOT NULL
);

-- One row for each time that somebody signed in. Each refresh token is derived from the one before
-- with chain_key, so that requests which race on one token all get the same next one.
CREATE TABLE wiki.sign_in (
  id         uuid        NOT NULL PRIMARY KEY,
  account_id uuid        NOT NULL REFERENCES wiki.account (id) ON DELETE CASCADE,
  chain_key  bytea       NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  ended_at   timestamptz
);

CREATE INDEX sign_in_account ON wiki.sign_in (account_id);
CREATE INDEX sign_in_expiry ON wiki.sign_in (expires_at);

CREATE TABLE wiki.refresh_token (
  hash       bytea       NOT NULL PRIMARY KEY,
  sign_in_id uuid        NOT NULL REFERENCES wiki.sign_in (id) ON DELETE CASCADE,
  expires_at timestamptz NOT NULL,
  used_at    timestamptz
);

CREATE INDEX refresh_token_sign_in ON wiki.refresh_token (sign_in_id);

-- Accounts whose password was made by the wiki and must be changed at the next sign-in.
CREATE TABLE wiki.password_due (
  account_id uuid NOT NULL PRIMARY KEY REFERENCES wiki.account (id) ON DELETE CASCADE
);
