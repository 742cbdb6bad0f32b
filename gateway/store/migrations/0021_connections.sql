-- Connections: which area sends or is sent what, in which system's words, by which road. And what each record of a
-- file from one of them came to, beside the file itself.

create table connection (
  code text primary key check (code ~ '^[a-z][a-z0-9-]{1,39}$'),
  title text not null,
  area text not null,             -- PDU, area of 2003, or region
  system text not null,
  channel text not null,
  direction text not null check (direction in ('in', 'out')),
  profile text not null,
  codes jsonb not null default '{}',     -- field → their code → our word, beside the tables of the profile
  settings jsonb not null default '{}',  -- of the channel; where a secret is to be found, never the secret
  account text,                   -- who calls us, where the far side does
  trusted boolean not null default false,
  way text not null check (way in ('planned', 'retrospective')),
  records_temporary_moves boolean not null,
  quiet boolean not null default false,  -- history: nobody is written to, and nothing of it is chased
  kept_at timestamptz not null,
  kept_by text not null default current_setting('bedspace.actor', true),
  paused_at timestamptz,
  paused_by text,
  paused_why text,
  failures int not null default 0,       -- in a row
  broken_until timestamptz,              -- the breaker: until then nobody tries
  last_good_at timestamptz,
  last_error_at timestamptz,
  last_error text,
  constraint a_pause_has_a_reason check (
    (paused_at is null) = (paused_by is null) and (paused_at is null) = (paused_why is null)),
  constraint an_error_says_what check ((last_error_at is null) = (last_error is null)),
  constraint only_who_is_known_for_certain_is_trusted check (not trusted or direction = 'in' and channel in ('http', 'folder')),
  constraint who_calls_has_an_account check ((channel = 'http' and direction = 'in') = (account is not null))
);
create index connection_by_account on connection (account) where account is not null;

-- Their codes that have no word yet: a form to fill.
create table connection_code (
  connection text not null references connection,
  field text not null,
  code text not null,
  times bigint not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  primary key (connection, field, code)
);

alter table inbox
  add column connection text references connection,
  add column read_as text;        -- the system and the profile that read it
-- The sender's key is its own within a connection: the same promise, for more than one.
-- squawk-ignore ban-drop-constraint
alter table inbox drop constraint one_message_a_source_key;
create unique index one_message_a_source_key on inbox (submitted_by, connection, source_key) nulls not distinct;
alter table inbox add constraint one_message_a_source_key unique using index one_message_a_source_key;
create index inbox_by_connection on inbox (connection, received_at desc) where connection is not null;

-- What each record of a message from a trusted connection came to.
create table inbox_record (
  inbox_id uuid not null references inbox,
  n int not null check (n > 0),
  kind text not null,             -- `nsi`, `contact`, … or `row` where it could not be read
  state text not null check (state in ('raised', 'unchanged', 'review', 'refused', 'ignored')),
  reason text,
  line int,
  missing text[] not null default '{}',
  nsi_id uuid references nsi,
  draft jsonb,
  primary key (inbox_id, n),
  constraint a_record_that_is_not_taken_has_a_reason check (state in ('raised', 'unchanged') or reason is not null)
);
create index inbox_record_by_nsi on inbox_record (nsi_id) where nsi_id is not null;
create index inbox_record_to_review on inbox_record (inbox_id, n) where state = 'review';

-- A record of a far system as it was last taken: the same again changes nothing.
create table far_record (
  connection text not null references connection,
  reference text not null,
  digest bytea not null,
  version bigint not null,
  nsi_id uuid references nsi,
  seen_at timestamptz not null,
  primary key (connection, reference)
);

alter table inbox_record enable row level security;
alter table inbox_record force row level security;
create policy of_a_message_in_scope on inbox_record using (
  exists (select from inbox where inbox.id = inbox_id)) with check (true);

grant select, insert, update on connection, connection_code, far_record to bedspace_app;
grant delete on connection_code to bedspace_app;
grant select, insert on inbox_record to bedspace_app;
