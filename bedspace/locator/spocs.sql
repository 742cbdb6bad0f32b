-- name: unknown_pdus$
-- Those of the codes that no PDU has.
select array(select distinct code from unnest(:pdus::text[]) as given (code)
             where not exists (select from pdu where pdu.code = given.code) order by code);

-- name: withdraw!
-- Those who would have begun on the day or later never do.
delete from spoc
where (pdu_code, purpose) in (select * from unnest(:pdus::text[], :purposes::text[])) and lower(valid) >= :from_::date;

-- name: shorten!
-- Those who receive until now do so to the day before.
update spoc set valid = daterange(lower(valid), :from_::date)
where (pdu_code, purpose) in (select * from unnest(:pdus::text[], :purposes::text[])) and valid @> :from_::date;

-- name: keep!
-- These receive from the day on.
insert into spoc (pdu_code, purpose, name, email, phone, hours, team, valid)
select pdu, purpose, name, email, phone, hours, team, daterange(:from_::date, null)
from unnest(:pdus::text[], :purposes::text[], :names::text[], :emails::text[], :phones::text[], :hours::text[],
            :teams::text[]) as given (pdu, purpose, name, email, phone, hours, team);
