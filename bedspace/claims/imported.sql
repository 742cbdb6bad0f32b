-- name: keep_outages
-- Records of beds out of service, in the order given: for a reason of the list, or for one that came in words.
with given as (
  select nextval(pg_get_serial_sequence('outage', 'id')) as id, b.id as bed_id, daterange(first, last) as during,
         coalesce(e.code, :words) as reason, case when e.code is null then words.said else '' end as note, n
  from unnest(:beds::text[], :firsts::date[], :ends::date[], :said::text[]) with ordinality
    as words (bed, first, last, said, n)
  join bed b on b.code = words.bed
  left join list_entry e on e.list = 'out_of_service' and e.code = words.said and e.valid @> :today::date
    and not e.needs_note
), kept as (
  insert into outage (id, bed_id) overriding system value select id, bed_id from given returning id
), told as (
  insert into outage_revision (outage_id, n, during, reason, note, made_at, made_by)
  select id, 1, during, reason, note, :now::timestamptz, coalesce(current_setting('bedspace.actor', true), '')
  from given
)
select id, reason, n from given order by n;

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
