-- Each append moves a page's head and its clients' marks: these rows are rewritten many times a
-- second, in place (HOT) as long as no index has what changes and their block has room.

drop index page_head_unpublished;
alter table page_head set (fillfactor = 50);
alter table client_mark set (fillfactor = 50);

-- That a client's change has one place is what the head's compare-and-set and the client's mark
-- decide, in the transaction that appends. A second index over it took a fifth of an append.
alter table operation drop constraint operation_page_client_seq_key;
