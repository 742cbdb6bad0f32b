-- name: unknown_pdus$
-- Those of the codes that no PDU has.
select array(select distinct code from unnest(:pdus::text[]) as given (code)
             where not exists (select from pdu where pdu.code = given.code) order by code);

-- name: withdraw!
-- Those who would have begun after the day never do. Their rows stay: an NSI may name them.
update spoc set valid = 'empty'
where (pdu_code, purpose) in (select * from unnest(:pdus::text[], :purposes::text[])) and lower(valid) > :from_::date;

-- name: shorten!
-- Those who receive until now do so to the day before.
update spoc set valid = daterange(lower(valid), :from_::date)
where (pdu_code, purpose) in (select * from unnest(:pdus::text[], :purposes::text[]))
  and valid @> :from_::date and lower(valid) < :from_::date;

-- name: keep!
-- These receive from the day on. One who begins on that same day already is put right, and stays the same SPOC.
with given as (
  select * from unnest(:pdus::text[], :purposes::text[], :names::text[], :emails::text[], :phones::text[],
                       :hours::text[], :teams::text[]) as given (pdu, purpose, name, email, phone, hours, team)
), put_right as (
  update spoc set name = given.name, email = given.email, phone = given.phone, hours = given.hours,
                  team = given.team, valid = daterange(:from_::date, null)
  from given
  where spoc.pdu_code = given.pdu and spoc.purpose = given.purpose and lower(spoc.valid) = :from_::date
  returning spoc.pdu_code, spoc.purpose
)
insert into spoc (pdu_code, purpose, name, email, phone, hours, team, valid)
select pdu, purpose, name, email, phone, hours, team, daterange(:from_::date, null)
from given
where not exists (select from put_right where pdu_code = given.pdu and put_right.purpose = given.purpose);
