-- name: loaded$
-- Which version of the data files is loaded.
select sha256 from reference_loaded;

-- name: one_at_a_time!
-- Processes that start at once load one after the other.
lock table reference_loaded in share row exclusive mode;

-- name: remember!
-- This version is loaded now.
insert into reference_loaded (sha256) values (:sha256) on conflict (only_one) do update set sha256 = excluded.sha256;

-- name: keep_regions!
-- Regions as published.
insert into region (code, name) select * from unnest(:codes::text[], :names::text[])
on conflict (code) do update set name = excluded.name where region.name <> excluded.name;

-- name: keep_pdus!
-- PDUs as published, but for those kept by hand.
insert into pdu (code, region_code, name, title, valid)
select * from unnest(:codes::text[], :regions::text[], :names::text[], :titles::text[], :valid::daterange[])
on conflict (code) do update
  set region_code = excluded.region_code, name = excluded.name, title = excluded.title, valid = excluded.valid
  where not pdu.by_hand;

-- name: forget_successors!
-- Published successors that are published no longer.
delete from pdu_successor
where not by_hand and (pdu_code, successor) not in (select * from unnest(:pdus::text[], :successors::text[]));

-- name: keep_successors!
-- Who takes over from PDUs that ended, as published, but for PDUs kept by hand.
insert into pdu_successor (pdu_code, successor)
select given.* from unnest(:pdus::text[], :successors::text[]) as given (pdu, successor)
join pdu on pdu.code = given.pdu and not pdu.by_hand
on conflict do nothing;

-- name: keep_authorities!
-- Local authorities, the abolished ones with their successors, but for those kept by hand.
insert into local_authority (gss, name, valid, successor)
select * from unnest(:gss::text[], :names::text[], :valid::daterange[], :successors::text[])
on conflict (gss) do update set name = excluded.name, valid = excluded.valid, successor = excluded.successor
  where not local_authority.by_hand;

-- name: forget_authority_pdus!
-- Published links that are published no longer.
delete from local_authority_pdu
where not by_hand and (gss, pdu_code) not in (select * from unnest(:gss::text[], :pdus::text[]));

-- name: keep_authority_pdus!
-- Which PDUs an authority lies in; an authority whose links were set by hand keeps those alone.
insert into local_authority_pdu (gss, pdu_code, basis)
select * from unnest(:gss::text[], :pdus::text[], :basis::text[]) as given (gss, pdu_code, basis)
where not exists (select from local_authority_pdu kept where kept.gss = given.gss and kept.by_hand)
on conflict (gss, pdu_code) do update set basis = excluded.basis where local_authority_pdu.basis <> excluded.basis;

-- name: keep_prisons!
-- Prisons as published, but for those kept by hand.
insert into prison (code, name, postcode, male, female, active)
select * from unnest(:codes::text[], :names::text[], :postcodes::text[], :male::bool[], :female::bool[],
                     :active::bool[])
on conflict (code) do update
  set name = excluded.name, postcode = excluded.postcode, male = excluded.male, female = excluded.female,
      active = excluded.active
  where not prison.by_hand;

-- name: keep_areas!
-- The areas of 2003, with the region of today.
insert into area_2003 (code, name, region_code)
select * from unnest(:codes::text[], :names::text[], :regions::text[])
on conflict (code) do update set name = excluded.name, region_code = excluded.region_code;

-- name: forget_area_pdus!
-- Links of an area that no longer hold.
delete from area_2003_pdu
where (area_code, pdu_code) not in (select * from unnest(:codes::text[], :pdus::text[]));

-- name: keep_area_pdus!
-- Which PDUs cover an area of 2003 today.
insert into area_2003_pdu (area_code, pdu_code) select * from unnest(:codes::text[], :pdus::text[])
on conflict do nothing;

-- name: forget_called!
-- Names that the data files no longer give.
delete from called
where not by_hand
  and (key, kind, code) not in (select * from unnest(:keys::text[], :kinds::text[], :codes::text[]));

-- name: keep_called!
-- Every name, and what it stands for.
insert into called (key, kind, code, name)
select * from unnest(:keys::text[], :kinds::text[], :codes::text[], :names::text[])
on conflict (key, kind, code) do update set name = excluded.name
  where not called.by_hand and called.name <> excluded.name;

-- name: keep_lists!
-- The lists that people choose from, in the order of the file, but for entries kept by hand.
insert into list_entry (list, code, name, parent, external_code, needs_note, reference_kind, position)
select * from unnest(:lists::text[], :codes::text[], :names::text[], :parents::text[], :external_codes::text[],
                     :needs_notes::bool[], :reference_kinds::text[]) with ordinality
on conflict (list, code) do update
  set name = excluded.name, parent = excluded.parent, external_code = excluded.external_code,
      needs_note = excluded.needs_note, reference_kind = excluded.reference_kind, position = excluded.position
  where not list_entry.by_hand;

-- name: keep_characteristics!
-- What rooms and premises may offer, in the order of the file, but for those kept by hand.
insert into characteristic (code, name, scope, external_code, position)
select * from unnest(:codes::text[], :names::text[], :scopes::text[], :external_codes::text[]) with ordinality
on conflict (code) do update
  set name = excluded.name, scope = excluded.scope, external_code = excluded.external_code, position = excluded.position
  where not characteristic.by_hand;
