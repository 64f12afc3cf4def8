-- The answers of requests that carried an Idempotency-Key, kept for a day so that they can be given again.
create table idempotency (
  team       text        not null default 'default',
  -- SHA-256 over caller, method and path: of fixed size, where a path would outgrow an index entry.
  scope      bytea       not null check (octet_length(scope) = 32),
  key        text        collate "C" not null check (length(key) between 1 and 255),
  body       bytea       not null check (octet_length(body) = 32),
  -- Null until the effect is done; both are written in one transaction, so nobody else sees a null.
  status     smallint    check (status between 200 and 299),
  headers    json,
  answer     text,
  created_at timestamptz not null default now(),
  primary key (team, scope, key)
)
-- Room for the answer beside the row it completes: the update then touches no index.
with (fillfactor = 50);

create index idempotency_created_at on idempotency using brin (created_at) with (pages_per_range = 16, autosummarize = on);

comment on column idempotency.body is 'SHA-256 of the request body: the same key with another body is refused.';
