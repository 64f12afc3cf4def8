-- Who may do what. Secrets are never stored: 'digest' is the SHA-256 of a token, in hexadecimal.

create table token (
  id            text collate "C" primary key,
  team          text collate "C" not null,
  kind          text not null check (kind in ('pat', 'ci', 'adm')),
  name          text collate "C" not null,
  description   text not null,
  role          text not null check (role in ('viewer', 'launcher', 'publisher', 'admin')),
  algorithms    text[] not null, -- the only ones it may publish or launch; empty is all
  digest        text collate "C" not null unique,
  created_by    text not null,
  created_at    timestamptz not null,
  expires_at    timestamptz,     -- null: valid until revoked
  revoked_at    timestamptz,
  revoked_by    text,
  last_used_at  timestamptz,     -- to the minute or so
  check ((revoked_at is null) = (revoked_by is null))
);

-- A name means one token at a time, so that 'token:ci' in a job says who it was.
create unique index token_name on token (team, name) where revoked_at is null;
create index token_list on token (team, id desc);

create table browser_session (
  id            text collate "C" primary key,
  token_id      text collate "C" not null references token,
  digest        text collate "C" not null unique,
  created_at    timestamptz not null,
  expires_at    timestamptz not null
);

create index browser_session_expiry on browser_session (expires_at);

create table audit_event (
  id            text collate "C" primary key,
  team          text collate "C" not null,
  at            timestamptz not null,
  actor         text not null,                 -- 'token:ci', or 'machine' for a command on it
  token_id      text collate "C",              -- null for the machine
  action        text collate "C" not null,     -- 'version.published'
  thing         text collate "C" not null,     -- 'iris-tree@1.4.0'
  details       json not null
);

create index audit_event_list on audit_event (team, id desc);
create index audit_event_thing on audit_event (team, thing, id desc);

create function audit_event_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'The audit is append-only.' using errcode = 'insufficient_privilege';
end
$$;

create trigger audit_event_is_append_only before update or delete or truncate on audit_event
  for each statement execute function audit_event_is_append_only();
