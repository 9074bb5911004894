-- Plugins that were removed with their data, and when: an archive that lay in a plugins folder before is not
-- installed by that again.
CREATE TABLE wiki.forgotten_plugin (
  id           text        NOT NULL PRIMARY KEY,
  forgotten_at timestamptz NOT NULL
);
