-- Two records of one person made one by somebody, and apart again exactly. What is found by a former identifier or
-- another name. What is written for a record that was merged goes to the one that was kept.

-- Row-level security binds the owner too, who here changes what is on record.
select set_config('bedspace.nation', 'on', true), set_config('bedspace.everyone', 'on', true);

-- Which record leads to which: ids alone, so that everybody may follow them.
create table person_kept (
  merged uuid primary key references person,
  kept uuid not null references person,
  merge_id uuid not null references person_merge,
  constraint nobody_leads_to_themselves check (merged <> kept)
);
create index person_kept_by_kept on person_kept (kept);
insert into person_kept (merged, kept, merge_id) select merged, kept, id from person_merge where undone_at is null;
grant select on person_kept to bedspace_app;

create function kept_of(who uuid) returns uuid language plpgsql stable as $$
declare
  further uuid;
begin
  loop
    select kept into further from person_kept where merged = who;
    exit when not found;
    who := further;
  end loop;
  return who;
end
$$;

-- A writer that found a record before it was merged waits for the merge, and writes to the one that was kept.
create function goes_to_the_kept() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock_shared(hashtextextended('person:' || new.person_id::text, 0));
  new.person_id := kept_of(new.person_id);
  return new;
end
$$;
create function pair_goes_to_the_kept() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock_shared(hashtextextended('person:' || who::text, 0))
  from (select distinct one as who from unnest(array[new.person_id, new.other_id]) one where one is not null order by one) o;
  new.person_id := kept_of(new.person_id);
  new.other_id := kept_of(new.other_id);
  return new;
end
$$;
create trigger a_pair_is_of_the_kept before insert on must_not_meet
  for each row execute function pair_goes_to_the_kept();
do $$
declare
  t text;
begin
  foreach t in array array['nsi', 'release', 'placement', 'suitability', 'contact', 'enforcement', 'sentence',
                           'registration', 'person_need', 'person_alias', 'person_identifier', 'caretaking',
                           'responsibility', 'meeting_check', 'hard_to_place'] loop
    execute format('create trigger a_record_is_of_the_kept before insert on %I '
                   'for each row execute function goes_to_the_kept()', t);
  end loop;
end
$$;

-- Names by which somebody goes besides their own, seen or not: for a match.
create function other_names(who uuid) returns text[] language plpgsql as $$
declare
  nation text := coalesce(current_setting('bedspace.nation', true), '');
  everyone text := coalesce(current_setting('bedspace.everyone', true), '');
  names text[];
begin
  perform set_config('bedspace.nation', 'on', true), set_config('bedspace.everyone', 'on', true);
  select coalesce(array_agg(name order by name), '{}') into names from person_alias where person_id = who;
  perform set_config('bedspace.nation', nation, true), set_config('bedspace.everyone', everyone, true);
  return names;
end
$$;

-- As before, and by former or second identifiers, as which the record then answers. Never a record that was merged.
create or replace function people_like(wanted_crn text, wanted_noms text, wanted_pnc text, born date)
returns setof person language plpgsql as $$
declare
  nation text := current_setting('bedspace.nation', true);
  everyone text := current_setting('bedspace.everyone', true);
begin
  perform set_config('bedspace.nation', 'on', true), set_config('bedspace.everyone', 'on', true);
  return query
    with former as materialized (
      select i.person_id, i.kind, i.value from person_identifier i
      where (i.kind, i.value) in (('crn', wanted_crn), ('noms', wanted_noms), ('pnc', wanted_pnc))
    ), found as materialized (
      select id from person where crn = wanted_crn
      union select id from person where noms = wanted_noms
      union select id from person where pnc = wanted_pnc
      union select id from person where birth_date = born
      union select person_id from former
    )
    select p.id,
           coalesce((select f.value from former f where f.person_id = p.id and f.kind = 'crn' limit 1), p.crn),
           coalesce((select f.value from former f where f.person_id = p.id and f.kind = 'noms' limit 1), p.noms),
           coalesce((select f.value from former f where f.person_id = p.id and f.kind = 'pnc' limit 1), p.pnc),
           p.name, p.birth_date, p.gender, p.limited_access, p.created_at, p.cro, p.ethnicity, p.ethnicity_said_at
    from person p
    where p.id in (select id from found) and not exists (select from person_kept k where k.merged = p.id);
  perform set_config('bedspace.nation', nation, true), set_config('bedspace.everyone', everyone, true);
end
$$;

-- Moves whatever is of one record to another, and remembers which rows: also of areas that whoever merges does not see,
-- and of what is otherwise only appended. What both have alike stays where it is. Call it with both records locked, and
-- after whatever conflicts was settled.
create function merge_people(this uuid, keep uuid, gone uuid, why text, at timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  nation text := coalesce(current_setting('bedspace.nation', true), '');
  everyone text := coalesce(current_setting('bedspace.everyone', true), '');
  was person;
  stays person;
  moved jsonb := '{}';
  filled jsonb := '{}';
  keys jsonb;
  other jsonb;
  t text;
  mine text;
  theirs text;
begin
  perform set_config('bedspace.nation', 'on', true), set_config('bedspace.everyone', 'on', true);
  select * into was from person where id = gone for update;
  select * into stays from person where id = keep for update;
  perform from bed_state
    where bed_id in (select bed_id from bed_claim where person_id = gone) order by bed_id for update;

  with s as (update suitability set person_id = keep where person_id = gone returning id),
       p as (update placement set person_id = keep where person_id = gone returning id)
  select (select coalesce(jsonb_agg(id), '[]') from s), (select coalesce(jsonb_agg(id), '[]') from p) into keys, other;
  moved := moved || jsonb_build_object('suitability', keys, 'placement', other);

  foreach t in array array['nsi', 'release', 'contact', 'enforcement', 'person_need', 'caretaking', 'meeting_check',
                           'hard_to_place', 'bed_claim', 'bed_claim_history'] loop
    execute format('with m as (update %I set person_id = $1 where person_id = $2 returning id) '
                   'select coalesce(jsonb_agg(id), ''[]'') from m', t) into keys using keep, gone;
    moved := moved || jsonb_build_object(t, keys);
  end loop;

  with m as (
    update sentence s set person_id = keep
    where person_id = gone and (event_number is null or not exists (
      select from sentence k where k.person_id = keep and k.event_number = s.event_number)) returning id)
  select coalesce(jsonb_agg(id), '[]') into keys from m;
  moved := moved || jsonb_build_object('sentence', keys);

  with m as (
    update registration r set person_id = keep
    where person_id = gone and (until is not null or not exists (
      select from registration k
      where k.person_id = keep and k.kind = r.kind and k.pdu_code = r.pdu_code and k.until is null)) returning id)
  select coalesce(jsonb_agg(id), '[]') into keys from m;
  moved := moved || jsonb_build_object('registration', keys);

  with m as (
    update responsibility set person_id = keep
    where person_id = gone
      and since < coalesce((select min(since) from responsibility where person_id = keep), 'infinity') returning since)
  select coalesce(jsonb_agg(since), '[]') into keys from m;
  moved := moved || jsonb_build_object('responsibility', keys);

  with m as (update must_not_meet set person_id = keep where person_id = gone returning id)
  select coalesce(jsonb_agg(id), '[]') into keys from m;
  with m as (update must_not_meet set other_id = keep where other_id = gone returning id)
  select coalesce(jsonb_agg(id), '[]') into other from m;
  moved := moved || jsonb_build_object('pair', keys, 'pair_other', other);

  with m as (update person_identifier set person_id = keep where person_id = gone returning kind, value)
  select coalesce(jsonb_agg(jsonb_build_array(kind, value)), '[]') into keys from m;
  moved := moved || jsonb_build_object('identifier', keys);

  update person set crn = null, noms = null, pnc = null, cro = null where id = gone;
  keys := '[]';
  foreach t in array array['crn', 'noms', 'pnc', 'cro'] loop
    mine := to_jsonb(stays) ->> t;
    theirs := to_jsonb(was) ->> t;
    if theirs is null or theirs = mine then
      continue;
    elsif mine is null then
      execute format('update person set %I = $1 where id = $2', t) using theirs, keep;
      filled := filled || jsonb_build_object(t, theirs);
    else
      insert into person_identifier (person_id, kind, value, since) values (keep, t, theirs, at) on conflict do nothing;
      if found then
        keys := keys || jsonb_build_array(jsonb_build_array(t, theirs));
      end if;
    end if;
  end loop;
  moved := moved || jsonb_build_object('identifier_added', keys);

  -- Whoever must not meet a CRN must not meet whoever has it now.
  keys := '[]';
  if was.crn is not null and stays.crn is not null then
    with m as (update must_not_meet set other_crn = stays.crn where other_crn = was.crn returning id)
    select coalesce(jsonb_agg(id), '[]') into keys from m;
  end if;
  moved := moved || jsonb_build_object('pair_crn', keys);

  if stays.birth_date is null and was.birth_date is not null then
    filled := filled || jsonb_build_object('birth_date', was.birth_date);
  end if;
  if stays.gender is null and was.gender is not null then
    filled := filled || jsonb_build_object('gender', was.gender);
  end if;
  if stays.ethnicity is null and was.ethnicity is not null then
    filled := filled || jsonb_build_object('ethnicity', was.ethnicity);
  end if;
  if was.limited_access and not stays.limited_access then
    filled := filled || jsonb_build_object('limited_access', true);
  end if;
  update person set
    birth_date = coalesce(birth_date, was.birth_date), gender = coalesce(gender, was.gender),
    ethnicity_said_at = case when ethnicity is null then was.ethnicity_said_at else ethnicity_said_at end,
    ethnicity = coalesce(ethnicity, was.ethnicity), limited_access = limited_access or was.limited_access
  where id = keep;
  with m as (
    insert into person_allowed (person_id, actor)
    select keep, actor from person_allowed where person_id = gone on conflict do nothing returning actor)
  select coalesce(jsonb_agg(actor), '[]') into keys from m;
  moved := moved || jsonb_build_object('allowed', keys);
  with m as (
    insert into person_alias (person_id, name, source, at)
    select keep, name, 'merge', merge_people.at from (
      select a.name from person_alias a where a.person_id = gone union select was.name) names
    where name <> stays.name on conflict do nothing returning name)
  select coalesce(jsonb_agg(name), '[]') into keys from m;
  moved := moved || jsonb_build_object(
    'alias', keys, 'filled', filled,
    'was', jsonb_build_object('crn', was.crn, 'noms', was.noms, 'pnc', was.pnc, 'cro', was.cro));

  insert into person_merge (id, kept, merged, reason, merged_at, moved) values (this, keep, gone, why, at, moved);
  insert into person_kept (merged, kept, merge_id) values (gone, keep, this);
  perform set_config('bedspace.nation', nation, true), set_config('bedspace.everyone', everyone, true);
end
$$;

-- Puts back what a merge moved. What came since stays with the record that was kept.
create function unmerge_people(this uuid, at timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  nation text := coalesce(current_setting('bedspace.nation', true), '');
  everyone text := coalesce(current_setting('bedspace.everyone', true), '');
  done person_merge;
  moved jsonb;
  t text;
begin
  perform set_config('bedspace.nation', 'on', true), set_config('bedspace.everyone', 'on', true);
  select * into done from person_merge where id = this and undone_at is null for update;
  moved := done.moved;
  delete from person_kept where merge_id = this;
  perform from person where id in (done.kept, done.merged) order by id for update;
  perform from bed_state
    where bed_id in (select bed_id from bed_claim where person_id = done.kept) order by bed_id for update;

  with s as (update suitability set person_id = done.merged
             where id in (select value::bigint from jsonb_array_elements_text(moved -> 'suitability')) returning id)
  update placement set person_id = done.merged
  where id in (select value::uuid from jsonb_array_elements_text(moved -> 'placement'));
  foreach t in array array['nsi', 'release', 'contact', 'enforcement', 'caretaking', 'sentence', 'registration',
                           'hard_to_place'] loop
    execute format('update %I set person_id = $1 where id in '
                   '(select value::uuid from jsonb_array_elements_text($2))', t) using done.merged, moved -> t;
  end loop;
  foreach t in array array['person_need', 'meeting_check'] loop
    execute format('update %I set person_id = $1 where id in '
                   '(select value::bigint from jsonb_array_elements_text($2))', t) using done.merged, moved -> t;
  end loop;
  -- A claim that is over meanwhile has its id in the history.
  foreach t in array array['bed_claim', 'bed_claim_history'] loop
    execute format('update %I set person_id = $1 where person_id = $2 and (id in '
                   '(select value::bigint from jsonb_array_elements_text($3) union '
                   ' select value::bigint from jsonb_array_elements_text($4)) or placement_id in '
                   '(select value::uuid from jsonb_array_elements_text($5)))', t)
      using done.merged, done.kept, moved -> 'bed_claim', moved -> 'bed_claim_history', moved -> 'placement';
  end loop;
  update responsibility set person_id = done.merged
  where person_id = done.kept
    and since in (select value::timestamptz from jsonb_array_elements_text(moved -> 'responsibility'));
  update must_not_meet set other_crn = moved -> 'was' ->> 'crn'
  where id in (select value::bigint from jsonb_array_elements_text(moved -> 'pair_crn')) and other_crn is not null;
  update must_not_meet set person_id = done.merged
  where id in (select value::bigint from jsonb_array_elements_text(moved -> 'pair'));
  update must_not_meet set other_id = done.merged
  where id in (select value::bigint from jsonb_array_elements_text(moved -> 'pair_other'));

  delete from person_identifier
  where (kind, value) in (select value ->> 0, value ->> 1 from jsonb_array_elements(moved -> 'identifier_added'))
    and person_id = done.kept;
  update person_identifier set person_id = done.merged
  where (kind, value) in (select value ->> 0, value ->> 1 from jsonb_array_elements(moved -> 'identifier'))
    and person_id = done.kept;
  delete from person_alias
  where person_id = done.kept and name in (select jsonb_array_elements_text(moved -> 'alias')) and source = 'merge';
  delete from person_allowed
  where person_id = done.kept and actor in (select jsonb_array_elements_text(moved -> 'allowed'));
  -- What was filled in and is still as it was filled in is taken out again.
  update person set
    crn = case when crn = moved -> 'filled' ->> 'crn' then null else crn end,
    noms = case when noms = moved -> 'filled' ->> 'noms' then null else noms end,
    pnc = case when pnc = moved -> 'filled' ->> 'pnc' then null else pnc end,
    cro = case when cro = moved -> 'filled' ->> 'cro' then null else cro end,
    birth_date = case when birth_date = (moved -> 'filled' ->> 'birth_date')::date then null else birth_date end,
    gender = case when gender = moved -> 'filled' ->> 'gender' then null else gender end,
    ethnicity_said_at = case when ethnicity = moved -> 'filled' ->> 'ethnicity' then null else ethnicity_said_at end,
    ethnicity = case when ethnicity = moved -> 'filled' ->> 'ethnicity' then null else ethnicity end,
    limited_access = limited_access and not (
      moved -> 'filled' ? 'limited_access'
      and not exists (select from person_allowed a where a.person_id = done.kept))
  where id = done.kept;
  update person set crn = moved -> 'was' ->> 'crn', noms = moved -> 'was' ->> 'noms', pnc = moved -> 'was' ->> 'pnc',
    cro = moved -> 'was' ->> 'cro'
  where id = done.merged;

  update person_merge set undone_at = at, undone_by = coalesce(nullif(current_setting('bedspace.actor', true), ''), 'gateway')
  where id = this;
  perform set_config('bedspace.nation', nation, true), set_config('bedspace.everyone', everyone, true);
end
$$;
