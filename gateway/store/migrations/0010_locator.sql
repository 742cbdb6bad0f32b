-- The locator in full: PDUs that are merged and split, postcode sectors of split authorities, who covers whom, and
-- routes that were put right.

-- Who takes over when a PDU ends. Several where it is split: then the authority or the postcode sector decides.
create table pdu_successor (
  pdu_code text not null references pdu,
  successor text not null references pdu,
  by_hand boolean not null default false,
  primary key (pdu_code, successor),
  constraint a_pdu_does_not_succeed_itself check (pdu_code <> successor)
);
insert into pdu_successor select code, successor from pdu where successor is not null;
-- squawk-ignore ban-drop-column
alter table pdu drop column successor; -- its table has it now

alter table local_authority add column by_hand boolean not null default false;
-- An authority may pass from one PDU to another on a day.
alter table local_authority_pdu
  add column valid daterange not null default '(,)'
    constraint a_link_has_days check (not isempty(valid));

-- The PDUs in force on a day, successors standing in for those that have ended.
create function pdus_on(codes text[], day date) returns text[] language sql stable as $$
  with recursive heir (code) as (
    select unnest(codes)
    union
    select s.successor
    from heir join pdu ended on ended.code = heir.code join pdu_successor s on s.pdu_code = heir.code
    where upper(ended.valid) <= day
  )
  select coalesce(array_agg(p.code order by p.code), '{}') from heir join pdu p using (code) where p.valid @> day
$$;

-- The PDUs of a local authority on a day. One that is merged and has no PDU of its own has those of the one it is in.
create function pdus_of_authority(which text, day date) returns text[] language sql stable as $$
  with recursive line (gss, n) as (
    select which, 0
    union all
    select a.successor, n + 1
    from line join local_authority a using (gss)
    where a.successor is not null and upper(a.valid) <= day and n < 9
      and not exists (select from local_authority_pdu l where l.gss = line.gss and l.valid @> day)
  )
  select pdus_on(array(select l.pdu_code from line join local_authority_pdu l using (gss) where l.valid @> day), day)
$$;

-- Whether what is written about a PDU or a region is within reach of who acts.
create function region_in_scope(which text) returns boolean language sql stable as $$
  select (select current_setting('bedspace.nation', true)) = 'on'
    or which = any (string_to_array((select current_setting('bedspace.regions', true)), ','))
$$;
create function pdu_in_scope(which text) returns boolean language sql stable as $$
  select (select current_setting('bedspace.nation', true)) = 'on'
    or which = any (string_to_array((select current_setting('bedspace.pdus', true)), ','))
    or exists (select from pdu where code = which and region_in_scope(region_code))
$$;

-- Which PDU a postcode sector of a split authority lies in. Nothing is published: people who know decide it.
create table postcode_sector (
  id int generated always as identity primary key,
  gss text not null references local_authority,
  sector text not null constraint a_sector_is_written_so check (sector ~ '^[A-Z]{1,2}[0-9][A-Z0-9]? [0-9]$'),
  pdu_code text not null references pdu,
  valid daterange not null,
  said_by text not null,          -- who said so: an office, a map, a minute
  invented boolean not null default false,
  kept_by text not null,
  kept_at timestamptz not null,
  constraint a_sector_lies_in_one_pdu_a_day exclude using gist (gss with =, sector with =, valid with &&)
);

-- A contact that receives: the SPOC of a PDU, who covers an absence, or whom a region names for all of its PDUs.
alter table spoc
  -- squawk-ignore ban-drop-not-null
  alter column pdu_code drop not null, -- a region names contacts for all of its PDUs
  add column region_code text references region,
  add column kind text not null default 'spoc'
    check (kind in ('spoc', 'deputy', 'team', 'region_spo', 'region_team')),
  add column out_of_hours text not null default '',
  add column kept_by text,
  add column kept_at timestamptz,
  add constraint a_contact_is_of_a_pdu_or_of_a_region check (
    (pdu_code is null) = (kind in ('region_spo', 'region_team')) and (pdu_code is null) = (region_code is not null)),
  -- squawk-ignore ban-drop-constraint
  drop constraint one_spoc_a_purpose_and_day, -- put back in the same statement, for those who cover to stand beside
  add constraint one_spoc_a_purpose_and_day
    exclude using gist (pdu_code with =, purpose with =, valid with &&) where (kind = 'spoc'),
  add constraint one_contact_of_a_region_a_purpose_and_day
    exclude using gist (region_code with =, purpose with =, valid with &&) where (region_code is not null);
create index spoc_by_pdu on spoc (pdu_code, purpose);
create index spoc_by_region on spoc (region_code, purpose) where region_code is not null;

-- Days on which a SPOC is not there, and who covers. Why is nobody's business here.
create table spoc_absence (
  id int generated always as identity primary key,
  spoc_id int not null references spoc,
  during daterange not null check (not lower_inf(during)),   -- empty once it is taken back
  cover_id int references spoc,
  kept_by text not null,
  kept_at timestamptz not null,
  constraint a_spoc_is_absent_once_a_day exclude using gist (spoc_id with =, during with &&)
);

-- Everybody sees who receives; it is kept by those of the PDU, of the region, or of the nation.
alter table spoc enable row level security;
alter table spoc force row level security;
create policy contacts_are_seen on spoc for select using (true);
create policy contacts_are_kept_within_reach on spoc using (pdu_in_scope(pdu_code) or region_in_scope(region_code));
alter table spoc_absence enable row level security;
alter table spoc_absence force row level security;
create policy absences_are_seen on spoc_absence for select using (true);
create policy absences_are_kept_within_reach on spoc_absence
  using (exists (select from spoc where spoc.id = spoc_id and pdu_in_scope(spoc.pdu_code)));
alter table postcode_sector enable row level security;
alter table postcode_sector force row level security;
create policy sectors_are_seen on postcode_sector for select using (true);
create policy sectors_are_kept_within_reach on postcode_sector using (pdu_in_scope(pdu_code));

-- An NSI that went to the wrong PDU and was sent on: what the locator should learn from. Codes only.
create table nsi_reroute (
  nsi_id uuid not null references nsi,
  n int not null check (n > 0),   -- the second is one too many: somebody looks
  at timestamptz not null,
  from_pdu text not null references pdu,
  to_pdu text not null references pdu,
  reason text not null,           -- code of the list `reroute`
  gss text references local_authority,
  sector text,
  by_whom text not null,
  primary key (nsi_id, n),
  constraint an_nsi_is_sent_on_to_another check (from_pdu <> to_pdu)
);

-- The last step of sending an NSI on. Whoever takes it may not see it afterwards, so it is done past the wall; whether
-- they may do it was asked before. Answers the reference of the same NSI that is open there already, and does nothing.
create function send_nsi_on(which uuid, pdu text, region text, spoc int, now_status text) returns text
language plpgsql as $$
declare
  nation text := current_setting('bedspace.nation', true);
  same text;
begin
  perform set_config('bedspace.nation', 'on', true);
  select other.reference into same from nsi other join nsi this on this.id = which
  where other.id <> which and other.person_id = this.person_id and other.type = this.type
    and other.move_on = this.move_on and other.receiving_pdu = pdu
    and other.status not in ('completed', 'withdrawn', 'returned')
  limit 1;
  if same is null then
    update nsi set receiving_pdu = pdu, receiving_region = region, spoc_id = spoc, status = now_status
    where id = which;
  end if;
  perform set_config('bedspace.nation', nation, true);
  return same;
end
$$;

grant select, insert, update, delete on pdu_successor, postcode_sector, spoc_absence to bedspace_app;
grant select, insert on nsi_reroute to bedspace_app;
