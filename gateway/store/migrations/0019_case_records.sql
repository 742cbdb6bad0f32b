-- How the records of a case are kept: each outcome of a contact as it was said, and what came of enforcement.

-- Row-level security binds the owner too, who here changes what is on record.
select set_config('bedspace.nation', 'on', true), set_config('bedspace.everyone', 'on', true);

-- Appended: what a contact was said to be, by whom and of which area. The contact holds the newest.
create table contact_outcome (
  contact_id uuid not null references contact,
  n int not null check (n > 0),
  outcome text not null constraint an_outcome_is_a_known_one check (outcome in
    ('planned', 'attended', 'acceptable_absence', 'unacceptable_absence', 'cancelled')),
  at timestamptz not null,          -- of the contact, as it was to be then
  pdu_code text references pdu,     -- the area that says so
  recorded_at timestamptz not null,
  recorded_by text not null default current_setting('bedspace.actor', true),
  primary key (contact_id, n)
);
insert into contact_outcome (contact_id, n, outcome, at, pdu_code, recorded_at, recorded_by)
select id, 1, outcome, at, pdu_code, recorded_at, recorded_by from contact;
alter table contact_outcome enable row level security;
alter table contact_outcome force row level security;
create policy of_a_contact_one_may_see on contact_outcome using (
  exists (select from contact where contact.id = contact_id)) with check (true);
grant select, insert on contact_outcome to bedspace_app;

alter table contact add constraint a_contact_is_recorded_by_somebody check (recorded_by <> '');
grant update (at, kind, outcome, pdu_code, note) on contact to bedspace_app;

alter table enforcement add column outcome_on date;
grant update (outcome, outcome_on) on enforcement to bedspace_app;
create index sentence_by_person on sentence (person_id);
create index person_need_by_person on person_need (person_id);

-- ViSOR is off until a region turns it on.
alter table region add column visor boolean not null default false;
grant update (visor) on region to bedspace_app;

-- When supervision passes, the whole record passes: also of a person masked from whoever lets it pass.
create function pass_visor(who uuid, to_pdu text, on_day date, at timestamptz) returns text language plpgsql as $$
declare
  nation text := coalesce(current_setting('bedspace.nation', true), '');
  everyone text := coalesce(current_setting('bedspace.everyone', true), '');
  held registration;
  answer text;
begin
  perform set_config('bedspace.nation', 'on', true), set_config('bedspace.everyone', 'on', true);
  for held in
    select * from registration
    where person_id = who and kind = 'visor' and pdu_code <> to_pdu and (until is null or until > on_day) for update
  loop
    if not (select r.visor from pdu p join region r on r.code = p.region_code where p.code = to_pdu) then
      answer := 'stays';
    elsif exists (select from registration where person_id = who and kind = 'visor' and pdu_code = to_pdu and until is null)
    then
      update registration set until = greatest(on_day, since + 1) where id = held.id;
      answer := 'passed';
    elsif held.since >= on_day then
      update registration set pdu_code = to_pdu where id = held.id;
      answer := 'passed';
    else
      update registration set until = on_day where id = held.id;
      insert into registration (id, person_id, kind, level, category, pdu_code, since, recorded_at)
      values (gen_random_uuid(), who, 'visor', held.level, held.category, to_pdu, on_day, at);
      answer := 'passed';
    end if;
  end loop;
  perform set_config('bedspace.nation', nation, true), set_config('bedspace.everyone', everyone, true);
  return answer;
end
$$;
