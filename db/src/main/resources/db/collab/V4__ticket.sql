-- A socket ends with the sign-in that its ticket was made for; empty in tickets of nodes that do not
-- know of that yet.
alter table ticket add column sign_in uuid;
