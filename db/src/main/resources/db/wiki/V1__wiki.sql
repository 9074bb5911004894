-- The wiki's own tables. Each table of page data has the page's id first in its key.

-- People sign in with their name, whatever the case of its letters: sign_in_name is the name in lower
-- case, as the wiki makes it, for the database's own idea of that depends on its locale.
CREATE TABLE wiki.account (
  id            uuid        NOT NULL PRIMARY KEY,
  name          text        NOT NULL CHECK (char_length(name) BETWEEN 1 AND 80),
  sign_in_name  text        NOT NULL UNIQUE,
  password_hash text        NOT NULL,
  color         text        NOT NULL CHECK (color ~ '^#[0-9a-f]{6}$'),
  admin         boolean     NOT NULL,
  created_at    timestamptz NOT NULL
);

CREATE TABLE wiki.space (
  id         uuid        NOT NULL PRIMARY KEY,
  key        text        NOT NULL UNIQUE CHECK (key ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
  name       text        NOT NULL CHECK (char_length(name) BETWEEN 1 AND 80),
  created_at timestamptz NOT NULL
);

CREATE TABLE wiki.page (
  id         uuid        NOT NULL PRIMARY KEY,
  space_id   uuid        NOT NULL REFERENCES wiki.space (id),
  parent_id  uuid        REFERENCES wiki.page (id),
  title      text        NOT NULL CHECK (char_length(title) BETWEEN 1 AND 200),
  position   integer     NOT NULL,
  created_at timestamptz NOT NULL,
  created_by uuid        NOT NULL REFERENCES wiki.account (id),
  version    bigint      NOT NULL
);

CREATE INDEX page_space ON wiki.page (space_id, position);
CREATE INDEX page_parent ON wiki.page (parent_id);

-- rev is the newest revision that the wiki holds; published_rev the newest that the page authority
-- gave. rev is the higher one while the wiki saves by itself.
CREATE TABLE wiki.page_content (
  page_id       uuid        NOT NULL PRIMARY KEY REFERENCES wiki.page (id) ON DELETE CASCADE,
  rev           bigint      NOT NULL CHECK (rev >= published_rev),
  published_rev bigint      NOT NULL CHECK (published_rev >= 0),
  ops           jsonb       NOT NULL,
  search_title  text        NOT NULL,
  search_text   text        NOT NULL,
  search        tsvector    NOT NULL GENERATED ALWAYS AS (
    setweight(to_tsvector('simple', search_title), 'A')
      || setweight(to_tsvector('simple', search_text), 'B')) STORED,
  updated_at    timestamptz NOT NULL
);

CREATE INDEX page_content_search ON wiki.page_content USING gin (search);

-- number counts the rows of a page; while people go on editing, the newest row moves to their newest
-- revision instead of a row for each pause. kind: saved (by the wiki alone) or edited (published).
CREATE TABLE wiki.page_version (
  page_id  uuid        NOT NULL REFERENCES wiki.page (id) ON DELETE CASCADE,
  number   integer     NOT NULL,
  rev      bigint      NOT NULL,
  kind     text        NOT NULL CHECK (kind IN ('saved', 'edited')),
  authors  uuid[]      NOT NULL,
  begun_at timestamptz NOT NULL,
  saved_at timestamptz NOT NULL,
  ops      jsonb       NOT NULL,
  PRIMARY KEY (page_id, number)
);

CREATE INDEX page_version_rev ON wiki.page_version (page_id, rev);

-- subject is the id of the user, group or organisation, or '-' for everyone who is signed in.
CREATE TABLE wiki.page_grant (
  page_id uuid NOT NULL REFERENCES wiki.page (id) ON DELETE CASCADE,
  kind    text NOT NULL CHECK (kind IN ('user', 'group', 'organisation', 'everyone')),
  subject text NOT NULL,
  level   text NOT NULL CHECK (level IN ('none', 'view', 'comment', 'edit', 'admin')),
  PRIMARY KEY (page_id, kind, subject)
);

CREATE TABLE wiki.space_grant (
  space_id uuid NOT NULL REFERENCES wiki.space (id) ON DELETE CASCADE,
  kind     text NOT NULL CHECK (kind IN ('user', 'group', 'organisation', 'everyone')),
  subject  text NOT NULL,
  level    text NOT NULL CHECK (level IN ('view', 'comment', 'edit', 'admin')),
  PRIMARY KEY (space_id, kind, subject)
);
