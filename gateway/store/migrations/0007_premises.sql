-- Premises kept by their staff: what they were and who changed it, closing with the director's approval, lists as
-- data that administrators edit, and reports that a bed is not as the register says.

-- What a list said, and who changed it. Characteristics are the list `characteristics`.
alter table characteristic
  add column external_code text,
  add column position int not null default 0,
  add column by_hand boolean not null default false;

create table list_version (
  id bigint generated always as identity primary key,
  list text not null,
  code text not null,
  entry jsonb not null,
  made_at timestamptz not null,
  made_by text not null
);
create index list_version_by_entry on list_version (list, code, id);

-- What premises were: one row an act that changed them, and the whole of them after it.
create table premises_version (
  premises_id int not null references premises,
  n int not null check (n > 0),
  record jsonb not null,
  act text not null,
  counts_from date not null,
  made_at timestamptz not null,
  made_by text not null,
  primary key (premises_id, n)
);

-- A director says that premises close. Without that they do not.
create table premises_closure (
  id bigint generated always as identity primary key,
  premises_id int not null references premises,
  closed_from date not null,
  reason text not null,           -- code of the list `closure`
  note text not null default '',
  approved_by text not null,
  approved_on date not null,
  approval_reference text not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  withdrawn_at timestamptz,
  withdrawn_by text,
  constraint a_closure_has_the_approval_of_a_director check (btrim(approved_by) <> '' and btrim(approval_reference) <> ''),
  constraint a_closure_is_approved_before_it_is_recorded check (
    approved_on <= (recorded_at at time zone 'Europe/London')::date),
  constraint a_withdrawn_closure_has_a_name check ((withdrawn_at is null) = (withdrawn_by is null)),
  unique (id, premises_id, closed_from)
);
create index premises_closure_by_premises on premises_closure (premises_id);

alter table premises
  add column closed_from date,    -- the first night on which they are no more
  add column closure_id bigint,
  add constraint closed_premises_have_a_closure check ((closed_from is null) = (closure_id is null)),
  add constraint premises_close_as_their_director_approved
    foreign key (closure_id, id, closed_from) references premises_closure (id, premises_id, closed_from);

create function beds_close_with_their_premises() returns trigger language plpgsql as $$
begin
  if exists (select from premises p where p.id = new.premises_id and p.closed_from is not null
             and (upper_inf(new.open) or upper(new.open) > p.closed_from)) then
    raise exception 'bed % would be open after its premises close', new.code
      using errcode = '23514', constraint = 'beds_close_with_their_premises';
  end if;
  return new;
end
$$;
create trigger beds_close_with_their_premises before insert or update of open, premises_id on bed
  for each row execute function beds_close_with_their_premises();

-- Somebody found that a bed is not as the register says. It is settled when the bed is confirmed again.
create table bed_report (
  id bigint generated always as identity primary key,
  bed_id int not null references bed,
  said text not null,
  reported_at timestamptz not null,
  reported_by text not null,
  settled_at timestamptz,
  settled_by text,
  constraint a_settled_report_has_a_name check ((settled_at is null) = (settled_by is null))
);
create index bed_report_open on bed_report (bed_id) where settled_at is null;

-- Whether the account of this transaction keeps the premises with this code, in this PDU.
create function premises_kept_in_scope(code text, pdu_code text) returns boolean language sql stable as $$
  select coalesce(current_setting('bedspace.nation', true), '') = 'on'
    or code = any (string_to_array(current_setting('bedspace.premises', true), ','))
    or coalesce(pdu_code = any (string_to_array(current_setting('bedspace.pdus', true), ',')), false)
$$;

grant select, insert on list_version, premises_version to bedspace_app;
grant select, insert, update on premises_closure, bed_report to bedspace_app;
