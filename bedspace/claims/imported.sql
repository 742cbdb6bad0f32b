-- name: keep_outages
-- Records of beds out of service that came without a reason of the list, in the order given. Each has an id at once.
with given as (
  select nextval(pg_get_serial_sequence('outage', 'id')) as id, b.id as bed_id, daterange(first, last) as during, note, n
  from unnest(:beds::text[], :firsts::date[], :ends::date[], :notes::text[]) with ordinality
    as said (bed, first, last, note, n)
  join bed b on b.code = said.bed
), kept as (
  insert into outage (id, bed_id) overriding system value select id, bed_id from given returning id
), told as (
  insert into outage_revision (outage_id, n, during, reason, note, made_at, made_by)
  select id, 1, during, :reason, note, :now::timestamptz, coalesce(current_setting('bedspace.actor', true), '')
  from given
)
select id, n from given order by n;

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
