-- Who was told of which mention. A mention keeps its id when it is moved, undone and redone.
create table told (
  page uuid not null,
  mention uuid not null,
  person uuid not null,
  primary key (page, mention, person)
);

-- What mentions are sealed with, the same on all nodes.
create table seal (
  key bytea not null
);

insert into seal (key)
values (decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'));
