-- The plugins of the wiki: what all of its nodes are to run, the archives themselves, and how far each
-- node has followed.

-- An archive is known by the SHA-256 of its file, in hex. While it is uploaded its pieces stand under the
-- upload's own id.
CREATE TABLE wiki.plugin_archive (
  hash     text        NOT NULL PRIMARY KEY CHECK (hash ~ '^[0-9a-f]{64}$'),
  version  text        NOT NULL,
  size     bigint      NOT NULL CHECK (size > 0),
  added_at timestamptz NOT NULL,
  added_by text        NOT NULL
);

CREATE TABLE wiki.plugin_piece (
  archive  text        NOT NULL,
  number   integer     NOT NULL CHECK (number >= 0),
  content  bytea       NOT NULL,
  added_at timestamptz NOT NULL,
  PRIMARY KEY (archive, number)
);

-- Archives are compressed already.
ALTER TABLE wiki.plugin_piece ALTER COLUMN content SET STORAGE EXTERNAL;

-- former is the archive before the last upgrade. change counts what was done to the plugin.
CREATE TABLE wiki.plugin (
  id         text        NOT NULL PRIMARY KEY CHECK (id ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
  state      text        NOT NULL CHECK (state IN ('enabled', 'disabled', 'removed')),
  archive    text        NOT NULL REFERENCES wiki.plugin_archive (hash),
  former     text        REFERENCES wiki.plugin_archive (hash),
  change     bigint      NOT NULL,
  changed_at timestamptz NOT NULL,
  changed_by text        NOT NULL
);

-- The nodes that run; one that was not seen for a while has died.
CREATE TABLE wiki.node (
  id      uuid        NOT NULL PRIMARY KEY,
  name    text        NOT NULL,
  seen_at timestamptz NOT NULL
);

-- How a node has a plugin: with which archive, since which change, if it failed why, and whether it orders
-- the changes of pages there.
CREATE TABLE wiki.node_plugin (
  node_id uuid   NOT NULL REFERENCES wiki.node (id) ON DELETE CASCADE,
  plugin  text   NOT NULL,
  archive text   NOT NULL,
  state   text   NOT NULL CHECK (state IN ('running', 'off', 'failed')),
  reason  text   NOT NULL,
  change  bigint NOT NULL,
  orders  boolean NOT NULL,
  PRIMARY KEY (node_id, plugin)
);
