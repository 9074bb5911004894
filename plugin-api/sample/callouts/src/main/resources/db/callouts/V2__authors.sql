-- By whom and when, so that nobody floods another one.
alter table told
  add author uuid,
  add told_at timestamptz not null default now();

create index told_lately on told (person, author, told_at);
