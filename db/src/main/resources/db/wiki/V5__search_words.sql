-- What plugins add to the words by which pages are found stands in search_text, behind the page's own.
-- indexed_rev is the revision that search_text is made from. indexed_with says which plugins had their say,
-- each with its edition: {"glossary": "1.2.0"}. Where one failed, index_due says when it is asked again,
-- and index_tries how often that was done.
ALTER TABLE wiki.page_content
  ADD COLUMN indexed_rev  bigint  NOT NULL DEFAULT 0,
  ADD COLUMN indexed_with jsonb   NOT NULL DEFAULT '{}',
  ADD COLUMN index_due    timestamptz,
  ADD COLUMN index_tries  integer NOT NULL DEFAULT 0;

CREATE INDEX page_content_index_due ON wiki.page_content (index_due) WHERE index_due IS NOT NULL;
