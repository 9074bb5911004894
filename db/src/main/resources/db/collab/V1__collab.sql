-- What lasts of co-editing. The page id stands first in every key of page data.

create table page_head (
  page          uuid   primary key,
  rev           bigint not null,
  stamp         bigint,
  node          text,
  created_rev   bigint not null,
  published_rev bigint not null
);
comment on table page_head is 'the newest revision of each page; moving it from n to m is the fence';
create index page_head_unpublished on page_head (page) where published_rev < rev;

create table operation (
  page    uuid   not null,
  rev     bigint not null,
  client  uuid   not null,
  seq     bigint not null,
  user_id uuid   not null,
  stamp   bigint not null,
  node    text   not null,
  delta   text   not null,
  primary key (page, rev),
  unique (page, client, seq)
);
comment on table operation is 'append-only: the change that made each revision';

create table snapshot (
  page     uuid   not null,
  rev      bigint not null,
  document text   not null,
  primary key (page, rev)
);

create table client_mark (
  page    uuid   not null,
  client  uuid   not null,
  seq     bigint not null,
  rev     bigint not null,
  user_id uuid   not null,
  primary key (page, client)
);
comment on table client_mark is 'the last change of each client that has its place, and whose client it is';

create table ticket (
  hash       bytea       primary key,
  page       uuid        not null,
  user_id    uuid        not null,
  expires_at timestamptz not null
);
comment on table ticket is 'a permission to open one socket, kept as the hash of its secret';
create index ticket_expiry on ticket (expires_at);

create table node (
  address varchar(200) primary key,
  name    varchar(200),
  cluster varchar(200) not null,
  ip      varchar(200) not null,
  coord   boolean
);
comment on table node is 'where running nodes listen for each other; filled by JGroups';
