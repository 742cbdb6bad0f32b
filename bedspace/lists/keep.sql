-- name: lists
-- The lists there are, with how many entries are in force on a day.
select list, count(*) filter (where valid @> :today::date) as in_force,
       count(*) filter (where not valid @> :today::date) as retired
from list_entry group by list order by list;

-- name: entries
-- All entries of a list in their order, those in force first.
select code, name, parent, external_code, needs_note, reference_kind, position, lower(valid) as "from",
       upper(valid) as until, by_hand, valid @> :today::date as in_force
from list_entry where list = :list order by valid @> :today::date desc, position, code;

-- name: hold_list!
-- Queues for the lists: one editor at a time.
select pg_advisory_xact_lock(hashtext('bedspace lists'));

-- name: keep_entry$
-- One entry, from now on kept by hand; answers whether it is new.
insert into list_entry (list, code, name, parent, external_code, needs_note, reference_kind, position, valid, by_hand)
values (:list, :code, :name, :parent, :external_code, :needs_note, :reference_kind,
        coalesce(:position::int, (select coalesce(max(position), 0) + 1 from list_entry where list = :list)),
        daterange(coalesce(:first::date, '2021-06-26'), :until::date), true)
on conflict (list, code) do update
  set name = excluded.name, parent = excluded.parent, external_code = excluded.external_code,
      needs_note = excluded.needs_note, reference_kind = excluded.reference_kind,
      position = coalesce(:position::int, list_entry.position), by_hand = true,
      valid = daterange(coalesce(:first::date, lower(list_entry.valid)), :until::date)
returning xmax = 0;

-- name: characteristics
-- All characteristics, also retired ones.
select code, name, scope, external_code, position, lower(valid) as "from", upper(valid) as until, by_hand,
       valid @> :today::date as in_force
from characteristic order by scope, valid @> :today::date desc, position, name;

-- name: known^
-- Of what a characteristic is one, and since when.
select scope, lower(valid) as since from characteristic where code = :code;

-- name: keep_characteristic$
-- One characteristic, from now on kept by hand; answers whether it is new.
insert into characteristic (code, name, scope, external_code, position, valid, by_hand)
values (:code, :name, :scope, :external_code,
        coalesce(:position::int, (select coalesce(max(position), 0) + 1 from characteristic)),
        daterange(coalesce(:first::date, '2021-06-26'), :until::date), true)
on conflict (code) do update
  set name = excluded.name, external_code = excluded.external_code,
      position = coalesce(:position::int, characteristic.position), by_hand = true,
      valid = daterange(coalesce(:first::date, lower(characteristic.valid)), :until::date)
returning xmax = 0;

-- name: remember!
-- Appends what an entry has become.
insert into list_version (list, code, entry, made_at, made_by)
select :list, :code, to_jsonb(entry), :now, coalesce(current_setting('bedspace.actor', true), '')
from (select name, external_code, position, valid from list_entry where list = :list and code = :code
      union all
      select name, external_code, position, valid from characteristic
      where :list = 'characteristics' and code = :code) entry;

-- name: versions
-- What the entries of a list have been, newest first.
select code, made_at, made_by, entry ->> 'name' as name, upper((entry ->> 'valid')::daterange) as until
from list_version where list = :list order by id desc limit 200;
