-- name: keep_imported!
-- Placements of bookings and stays that came without an AP referral.
insert into placement (id, person_id, state, origin, gender, arrives_on, departs_on, premises_id, referred_by,
                       referred_at, arrived_at, changed_at)
select given.id, given.person, given.state, 'import', p.gender, given.first, given.last, p.id,
       coalesce(current_setting('bedspace.actor', true), ''), :now,
       case given.state when 'arrived' then given.first::timestamp at time zone 'Europe/London' end, :now
from unnest(:ids::uuid[], :beds::text[], :states::text[], :firsts::date[], :ends::date[], :persons::uuid[])
  as given (id, bed, state, first, last, person)
join bed b on b.code = given.bed
join premises p on p.id = b.premises_id;
