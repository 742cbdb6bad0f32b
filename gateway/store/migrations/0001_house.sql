-- The house: who may connect, what this database is, what happened, what goes out, and the answers already given.

create extension if not exists btree_gist;
create extension if not exists pg_trgm;

-- The role everything but a migration runs as: it owns no table, so row-level security binds it.
do $$
begin
  create role bedspace_app nologin;
exception when duplicate_object or unique_violation then
  null;
end
$$;
grant bedspace_app to current_user;
grant usage on schema public to bedspace_app;

-- What this database is, for good: `demo` (invented people, local sign-in) or `real`.
create table installation (
  only_one boolean primary key default true check (only_one),
  stamp text not null check (stamp in ('demo', 'real')),
  secret bytea not null,      -- signs confirm links and, in the demo, tokens and sessions
  created_at timestamptz not null default now()
);

-- What happened: the changes feed and the source of every delivery. Ids and codes only.
create table event (
  id bigint generated always as identity primary key,
  xid xid8 not null default pg_current_xact_id(),
  at timestamptz not null,
  kind text not null,
  subject text not null,
  person_id uuid,
  body jsonb not null default '{}'
);
create index event_by_subject on event (subject, id);

-- What is owed to the outside. In order in its lane; delivered, queued, leased, or dead with a reason: never absent.
create table outbox (
  id bigint generated always as identity primary key,
  event_id bigint not null references event,
  message_id uuid not null default gen_random_uuid() unique,
  channel text not null check (channel in ('mail')),
  purpose text not null,          -- which letter: `nsi_to_spoc`, `reply_to_sender`, …
  subject text not null,          -- `nsi:…` or `inbox:…`, from which the letter is written when it is sent
  lane text not null,             -- one failing lane waits alone
  state text not null default 'queued' check (state in ('queued', 'leased', 'delivered', 'dead')),
  attempts int not null default 0,
  next_at timestamptz not null default now(),
  lease_token uuid,
  leased_until timestamptz,
  reason text,
  queued_at timestamptz not null default now(),
  delivered_at timestamptz,
  constraint a_lease_has_a_token_and_an_end check (
    (state = 'leased') = (lease_token is not null and leased_until is not null)),
  constraint the_dead_have_a_reason check (state <> 'dead' or reason is not null),
  constraint the_delivered_have_a_time check ((state = 'delivered') = (delivered_at is not null))
);
create index outbox_to_do on outbox (next_at, id) where state in ('queued', 'leased');
create index outbox_by_lane on outbox (lane, id) where state in ('queued', 'leased');
create index outbox_by_subject on outbox (subject, id);

-- Who did what to whose record, and why. Rows go in unchained; one sealer chains them in order.
create table audit (
  id bigint generated always as identity primary key,
  xid xid8 not null default pg_current_xact_id(),
  at timestamptz not null,
  actor text not null,
  role text not null,
  action text not null,
  subject text not null default '',
  persons uuid[] not null default '{}',
  reason text,
  outcome text not null check (outcome in ('done', 'not_allowed'))
);
create index audit_by_person on audit using gin (persons);
create index audit_by_transaction on audit (xid);  -- the sealer looks for rows of transactions that have ended

create table audit_seal (
  seq bigint primary key check (seq > 0),
  audit_id bigint not null unique,
  previous bytea not null,
  hash bytea not null
);

-- Answers already given, for 24 hours, so that a repeat is answered and not done again.
create table idempotency (
  actor text not null,
  key text not null check (length(key) between 1 and 200),
  fingerprint bytea not null,
  answer bytea,
  given_at timestamptz not null,
  primary key (actor, key)
);
create index idempotency_by_age on idempotency (given_at);

grant select on installation to bedspace_app;
grant select, insert on event, audit to bedspace_app;
grant select, insert on audit_seal to bedspace_app;
grant select, insert, update on outbox to bedspace_app;
grant select, insert, update, delete on idempotency to bedspace_app;
grant select on schema_migration to bedspace_app;
