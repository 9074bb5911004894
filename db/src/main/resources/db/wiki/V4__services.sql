-- What the wiki keeps for its plugins: what they tell people and what they set for pages. And the record of
-- what was done, by plugins and by administrators.

-- The beginning of a name is looked for with LIKE, whatever the locale of the database.
CREATE INDEX account_beginning ON wiki.account (sign_in_name text_pattern_ops);

CREATE TABLE wiki.notification (
  id         bigint      NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account_id uuid        NOT NULL REFERENCES wiki.account (id) ON DELETE CASCADE,
  page_id    uuid        NOT NULL REFERENCES wiki.page (id) ON DELETE CASCADE,
  plugin     text        NOT NULL,
  text       text        NOT NULL CHECK (char_length(text) BETWEEN 1 AND 300),
  sent_at    timestamptz NOT NULL,
  read_at    timestamptz
);

CREATE INDEX notification_account ON wiki.notification (account_id, id);
CREATE INDEX notification_unread ON wiki.notification (account_id) WHERE read_at IS NULL;
CREATE INDEX notification_page ON wiki.notification (page_id);

-- value is JSON. It is kept as it was written: jsonb refuses some texts and changes some numbers.
CREATE TABLE wiki.page_setting (
  page_id uuid NOT NULL REFERENCES wiki.page (id) ON DELETE CASCADE,
  plugin  text NOT NULL,
  key     text NOT NULL CHECK (char_length(key) BETWEEN 1 AND 64),
  value   text NOT NULL,
  PRIMARY KEY (page_id, plugin, key)
);

CREATE INDEX page_setting_plugin ON wiki.page_setting (plugin);

-- source is the id of a plugin, or '-' for the wiki itself. Names and titles are those of that time: people
-- and pages may be gone.
CREATE TABLE wiki.audit_entry (
  id         bigint      NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at         timestamptz NOT NULL,
  source     text        NOT NULL,
  act        text        NOT NULL CHECK (char_length(act) BETWEEN 1 AND 64),
  user_id    uuid,
  user_name  text,
  page_id    uuid,
  page_title text,
  detail     text        NOT NULL CHECK (char_length(detail) <= 1000)
);

CREATE INDEX audit_entry_source ON wiki.audit_entry (source, id);
CREATE INDEX audit_entry_at ON wiki.audit_entry (at);

CREATE FUNCTION wiki.audit_entry_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'entries of the audit are not changed';
END
$$;

CREATE TRIGGER audit_entry_stays BEFORE UPDATE ON wiki.audit_entry
  FOR EACH ROW EXECUTE FUNCTION wiki.audit_entry_stays();
