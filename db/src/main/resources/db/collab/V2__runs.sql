-- Old operations are packed into compressed runs; every row says by a checksum that it is whole.

alter table page_head add column base_rev bigint;
comment on column page_head.base_rev is
  'the lowest revision whose document can be had, once a retention policy deleted; null: created_rev';

alter table operation add column checksum bigint;
comment on column operation.checksum is 'CRC-32C of the other columns; null in rows older than this column';

alter table snapshot add column checksum bigint;
comment on column snapshot.checksum is 'as in operation';

create table run (
  page       uuid   not null,
  last_rev   bigint not null,
  first_rev  bigint not null,
  last_stamp bigint not null,
  revisions  bytea  not null,
  checksum   bigint not null,
  primary key (page, last_rev)
);
comment on table run is 'revisions first_rev to last_rev of a page, which stood in operation before';
alter table run alter column revisions set storage external;
