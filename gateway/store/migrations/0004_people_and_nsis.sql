-- People, messages about them, and NSIs. Row-level security is the second wall: `act` sets these
-- settings inside the transaction, from the table of permissions and the account.
--   bedspace.nation   'on' when the permission reaches the nation
--   bedspace.regions  region codes, comma separated
--   bedspace.pdus     PDU codes, comma separated
--   bedspace.actor    id of the account
--   bedspace.nsi      the one NSI a confirm link opens
--   bedspace.everyone 'on' for our own worker, which must match limited-access people and shows them to nobody

create table person (
  id uuid primary key,
  crn text unique check (crn ~ '^[A-Z]\d{6}$'),
  noms text check (noms ~ '^[A-Z]\d{4}[A-Z]{2}$'),
  pnc text,
  name text not null,
  birth_date date,
  gender text check (gender in ('male', 'female')),
  limited_access boolean not null default false,
  created_at timestamptz not null
);
create index person_by_noms on person (noms);
create index person_by_pnc on person (pnc);
create index person_by_birth_date on person (birth_date);

-- Who may see a limited-access person in clear.
create table person_allowed (
  person_id uuid not null references person,
  actor text not null,
  primary key (person_id, actor)
);

create table inbox (
  id uuid primary key,
  received_at timestamptz not null,
  channel text not null,
  submitted_by text not null,
  source_key text not null check (length(source_key) between 1 and 200),
  content_type text not null,
  filename text not null default '',
  raw bytea not null,
  sha256 bytea not null,
  state text not null default 'stored'
    check (state in ('stored', 'reading', 'prepared', 'raised', 'review', 'ignored', 'refused', 'duplicate')),
  reason text,
  missing text[] not null default '{}',
  draft jsonb,                    -- the reading, with its evidence
  message_id text,
  body_hash text,
  sender_email text,              -- of the practitioner who is answered; never taken on trust
  area text,                      -- PDU, or area of 2003, that sent it, where the message does not say
  nsi_ids uuid[] not null default '{}',
  attempts int not null default 0,
  reading_until timestamptz,      -- a reader that dies gives the message back then
  settled_at timestamptz,
  constraint one_message_a_source_key unique (submitted_by, source_key),
  constraint a_settled_message_has_a_reason check (state in ('stored', 'reading', 'prepared', 'raised') or reason is not null)
);
create index inbox_to_read on inbox (received_at) where state in ('stored', 'reading');
create index inbox_by_message on inbox (message_id, body_hash) where message_id is not null;
create index inbox_by_bytes on inbox (sha256);
create index inbox_by_arrival on inbox (received_at desc, id desc);

create table nsi (
  id uuid primary key,
  number bigint generated always as identity unique,
  reference text not null generated always as ('NSI-' || lpad(number::text, 6, '0')) stored,
  type text not null check (type in ('case_transfer', 'temporary_move')),
  status text not null check (status in
    ('prepared', 'raised', 'received', 'allocated', 'in_progress', 'completed', 'withdrawn', 'returned')),
  person_id uuid not null references person,
  move_on date not null,
  until date,
  address text,
  postcode text,
  rosh text check (rosh in ('low', 'medium', 'high', 'very_high')),
  mappa text,
  reason text,
  sending_pdu text references pdu,
  sending_region text references region,
  sending_said text,
  sender_name text,
  sender_email text,
  receiving_pdu text not null references pdu,
  receiving_region text not null references region,
  spoc_id int references spoc,
  missing text[] not null default '{}',
  inbox_id uuid references inbox,
  regime text not null default 'framework_2022',
  referred_on date not null,
  created_at timestamptz not null,
  constraint it_ends_after_it_starts check (until is null or until > move_on)
);
create index nsi_by_person on nsi (person_id);
create index nsi_by_receiving_pdu on nsi (receiving_pdu, number);
create index nsi_by_sending_pdu on nsi (sending_pdu, number);
create index nsi_by_inbox on nsi (inbox_id);

create table nsi_history (
  id bigint generated always as identity primary key,
  nsi_id uuid not null references nsi,
  at timestamptz not null,
  kind text not null,             -- `message_received`, `prepared`, `routed`, `mail_sent`, `confirmed`, …
  status text,
  note text not null default '',  -- in words, nothing about the person
  by_whom text not null
);
create index nsi_history_by_nsi on nsi_history (nsi_id, id);

create table nsi_evidence (
  nsi_id uuid not null references nsi,
  field text not null,
  text text not null,
  source text not null,
  confidence real not null check (confidence between 0 and 1),
  primary key (nsi_id, field)
);

create table nsi_clock (
  nsi_id uuid not null references nsi,
  rule text not null,
  title text not null,
  due date not null,
  met_on date,
  primary key (nsi_id, rule)
);
create index nsi_clock_open on nsi_clock (due) where met_on is null;

create table nsi_action (
  nsi_id uuid not null references nsi,
  n int not null check (n > 0),
  title text not null,
  owner text not null,
  rule text,                      -- the clock that is met when this is done
  due_with text,                  -- the clock it is due with
  due date,
  done_at timestamptz,
  primary key (nsi_id, n)
);

-- Only `since` is stored: the next row is this one's end, so exactly one is responsible at any instant.
create table responsibility (
  person_id uuid not null references person,
  since timestamptz not null,
  region_code text references region,
  pdu_code text references pdu,
  team text,
  officer text,
  primary key (person_id, since)
);

-- The second wall.
alter table nsi enable row level security;
alter table nsi force row level security;
create policy nsi_in_scope on nsi using (
  (select current_setting('bedspace.nation', true)) = 'on'
  or sending_region = any (string_to_array((select current_setting('bedspace.regions', true)), ','))
  or receiving_region = any (string_to_array((select current_setting('bedspace.regions', true)), ','))
  or sending_pdu = any (string_to_array((select current_setting('bedspace.pdus', true)), ','))
  or receiving_pdu = any (string_to_array((select current_setting('bedspace.pdus', true)), ','))
  or id::text = (select current_setting('bedspace.nsi', true))
  -- whoever sent the message it came from
  or exists (select from inbox
             where inbox.id = nsi.inbox_id and inbox.submitted_by = (select current_setting('bedspace.actor', true)))
);

alter table person enable row level security;
alter table person force row level security;
create policy person_of_an_nsi_in_scope on person for select using (
  ((select current_setting('bedspace.nation', true)) = 'on'
    or exists (select from nsi where nsi.person_id = person.id))
  and (not limited_access
    or (select current_setting('bedspace.everyone', true)) = 'on'
    or exists (select from person_allowed a
               where a.person_id = person.id and a.actor = (select current_setting('bedspace.actor', true))))
);
create policy person_kept on person for insert with check (true);
create policy person_corrected on person for update using (true);

alter table inbox enable row level security;
alter table inbox force row level security;
create policy inbox_of_the_nation_or_ones_own on inbox using (
  (select current_setting('bedspace.nation', true)) = 'on'
  or submitted_by = (select current_setting('bedspace.actor', true))
) with check (true);

do $$
declare
  t text;
begin
  foreach t in array array['nsi_history', 'nsi_clock', 'nsi_action'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy of_an_nsi_in_scope on %I using (exists (select from nsi where nsi.id = nsi_id))', t);
  end loop;
end
$$;
-- Evidence quotes the message, so it is masked with the person.
alter table nsi_evidence enable row level security;
alter table nsi_evidence force row level security;
create policy of_a_person_one_may_see on nsi_evidence using (
  exists (select from nsi join person on person.id = nsi.person_id where nsi.id = nsi_id));

alter table responsibility enable row level security;
alter table responsibility force row level security;
create policy of_a_person_in_scope on responsibility using (
  (select current_setting('bedspace.nation', true)) = 'on'
  or exists (select from nsi where nsi.person_id = responsibility.person_id));

-- Whoever brings a person, the match is made against all of them: else one person would be kept twice.
create function people_like(wanted_crn text, wanted_noms text, wanted_pnc text, born date)
returns setof person language plpgsql as $$
declare
  nation text := current_setting('bedspace.nation', true);
  everyone text := current_setting('bedspace.everyone', true);
begin
  perform set_config('bedspace.nation', 'on', true), set_config('bedspace.everyone', 'on', true);
  return query
    select * from person p
    where p.crn = wanted_crn or p.noms = wanted_noms or p.pnc = wanted_pnc or p.birth_date = born;
  perform set_config('bedspace.nation', nation, true), set_config('bedspace.everyone', everyone, true);
end
$$;

-- Masks a person; also for an account that does not see them after that.
create function limit_access(who uuid) returns boolean language plpgsql as $$
declare
  everyone text := current_setting('bedspace.everyone', true);
  there boolean;
begin
  perform set_config('bedspace.everyone', 'on', true);
  update person set limited_access = true where id = who;
  there := found;
  perform set_config('bedspace.everyone', everyone, true);
  return there;
end
$$;

-- A message is raised when the last NSI read from it is: also by the holder of a link, who may not see the message.
create function raise_message(message uuid) returns void language plpgsql as $$
declare
  nation text := current_setting('bedspace.nation', true);
begin
  perform set_config('bedspace.nation', 'on', true);
  update inbox set state = 'raised'
  where id = message and state = 'prepared'
    and not exists (select from nsi where nsi.inbox_id = message and nsi.status = 'prepared');
  perform set_config('bedspace.nation', nation, true);
end
$$;

grant select, insert, update on person, inbox, nsi, nsi_clock, nsi_action to bedspace_app;
grant select, insert on person_allowed, nsi_history, nsi_evidence, responsibility to bedspace_app;
