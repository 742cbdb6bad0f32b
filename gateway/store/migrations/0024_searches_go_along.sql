-- A search of the nation is about whomever its NSI or placement is about, also when records of people are merged or
-- taken apart again.

-- Row-level security binds the owner too, who here changes what is on record.
select set_config('bedspace.nation', 'on', true), set_config('bedspace.everyone', 'on', true);

create function searches_go_along() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  nation text := coalesce(current_setting('bedspace.nation', true), '');
begin
  perform set_config('bedspace.nation', 'on', true);
  update hard_to_place set person_id = new.person_id
  where person_id <> new.person_id and (nsi_id = new.id or placement_id = new.id);
  perform set_config('bedspace.nation', nation, true);
  return null;
end
$$;
create trigger searches_go_along after update of person_id on nsi
  for each row when (old.person_id <> new.person_id) execute function searches_go_along();
create trigger searches_go_along after update of person_id on placement
  for each row when (old.person_id <> new.person_id) execute function searches_go_along();

update hard_to_place h set person_id = n.person_id from nsi n where n.id = h.nsi_id and n.person_id <> h.person_id;
update hard_to_place h set person_id = p.person_id from placement p where p.id = h.placement_id and p.person_id <> h.person_id;
