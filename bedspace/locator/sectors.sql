-- name: split_authorities
-- Authorities that lie in several PDUs on a day, with those and with how many sectors are decided.
select a.gss, a.name, p.pdus,
       array(select name from pdu where code = any(p.pdus) order by code) as pdu_names,
       (select count(*) from postcode_sector s where s.gss = a.gss and s.valid @> :on::date)::int as decided
from local_authority a cross join lateral (select pdus_of_authority(a.gss, :on::date) as pdus) p
where cardinality(p.pdus) > 1 and (upper(a.valid) is null or upper(a.valid) > :on::date)
order by a.name;

-- name: take_turns
-- Those who keep sectors do so one after the other.
select pg_advisory_xact_lock(hashtextextended('postcode sectors', 0));

-- name: decided
-- Every sector that is decided on a day.
select s.gss, s.sector, s.pdu_code, p.name as pdu_name, s.said_by, s.invented, lower(s.valid) as begins,
       upper(s.valid) as ends
from postcode_sector s join pdu p on p.code = s.pdu_code
where s.valid @> :on::date;

-- name: withdraw!
-- What was decided for the day, or for later, is decided anew.
delete from postcode_sector
where (gss, sector) in (select * from unnest(:gss::text[], :sectors::text[])) and lower(valid) >= :from_::date;

-- name: shorten!
-- What was decided before holds to the day before.
update postcode_sector set valid = daterange(lower(valid), :from_::date)
where (gss, sector) in (select * from unnest(:gss::text[], :sectors::text[])) and valid @> :from_::date;

-- name: keep!
-- Sectors and their PDUs from the day on.
insert into postcode_sector (gss, sector, pdu_code, said_by, invented, valid, kept_by, kept_at)
select given.*, daterange(:from_::date, null), current_setting('bedspace.actor', true), :now
from unnest(:gss::text[], :sectors::text[], :pdus::text[], :said_by::text[], :invented::bool[]) as given;
