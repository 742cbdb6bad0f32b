-- name: unknown$
-- Those of the codes that no PDU or region has.
select array(select code from unnest(:pdus::text[]) as given (code)
             where not exists (select from pdu where pdu.code = given.code)
             union
             select code from unnest(:regions::text[]) as given (code)
             where not exists (select from region where region.code = given.code) order by code);

-- name: take_turns
-- Those who keep contacts of the same PDU or region do so one after the other.
select pg_advisory_xact_lock(hashtextextended('contacts of ' || place, 0))
from unnest(:places::text[]) place;

-- name: there^
-- Who is the contact of a PDU or region on a day.
select id, kept_by from spoc
where coalesce(pdu_code, region_code) = :place and kind in ('spoc', 'region_spo', 'region_team')
  and purpose = :purpose and valid @> :on::date;

-- name: who
-- The contacts of some PDUs or regions for a purpose each on a day, and when they end.
select coalesce(pdu_code, region_code) as place, purpose, kind, name, email, phone, hours, out_of_hours, team,
       upper(valid) as ends
from spoc
where (coalesce(pdu_code, region_code), purpose) in (select * from unnest(:places::text[], :purposes::text[]))
  and kind in ('spoc', 'region_spo', 'region_team') and valid @> :on::date;

-- name: contact^
-- One contact.
select id, pdu_code, region_code, purpose, email, kind, lower(valid) as begins, upper(valid) as ends, valid
from spoc where id = :id and not isempty(valid);

-- name: withdraw!
-- Those who would have begun after the day never do. Their rows stay: an NSI may name them.
update spoc set valid = 'empty'
where (coalesce(pdu_code, region_code), purpose) in (select * from unnest(:places::text[], :purposes::text[]))
  and kind in ('spoc', 'region_spo', 'region_team') and lower(valid) > :from_::date;

-- name: shorten!
-- Those who receive until now do so to the day before.
update spoc set valid = daterange(lower(valid), :from_::date)
where (coalesce(pdu_code, region_code), purpose) in (select * from unnest(:places::text[], :purposes::text[]))
  and kind in ('spoc', 'region_spo', 'region_team') and valid @> :from_::date and lower(valid) < :from_::date;

-- name: end$
-- One contact receives to the day before, or never does. Answers its id where something has changed.
update spoc set valid = case when lower(valid) < :on::date then daterange(lower(valid), :on::date) else 'empty' end
where id = :id and (upper(valid) is null or upper(valid) > :on::date)
returning id;

-- name: keep!
-- These receive from the day on. One who begins on that same day already is put right, and stays the same contact.
with given as (
  select nullif(pdu, '') as pdu, nullif(region, '') as region, kind, purpose, name, email, phone, hours, team,
         out_of_hours
  from unnest(:pdus::text[], :regions::text[], :kinds::text[], :purposes::text[], :names::text[], :emails::text[],
              :phones::text[], :hours::text[], :teams::text[], :out_of_hours::text[])
    as given (pdu, region, kind, purpose, name, email, phone, hours, team, out_of_hours)
), put_right as (
  update spoc set name = given.name, email = given.email, phone = given.phone, hours = given.hours,
                  team = given.team, out_of_hours = given.out_of_hours, kind = given.kind,
                  valid = daterange(:from_::date, null),
                  kept_by = current_setting('bedspace.actor', true), kept_at = :now
  from given
  where coalesce(spoc.pdu_code, spoc.region_code) = coalesce(given.pdu, given.region)
    and spoc.purpose = given.purpose and lower(spoc.valid) = :from_::date
    and spoc.kind in ('spoc', 'region_spo', 'region_team')
  returning coalesce(spoc.pdu_code, spoc.region_code) as place, spoc.purpose
)
insert into spoc (pdu_code, region_code, kind, purpose, name, email, phone, hours, team, out_of_hours, valid, kept_by,
                  kept_at)
select pdu, region, kind, purpose, name, email, phone, hours, team, out_of_hours, daterange(:from_::date, null),
       current_setting('bedspace.actor', true), :now
from given
where not exists (select from put_right where place = coalesce(pdu, region) and put_right.purpose = given.purpose);
