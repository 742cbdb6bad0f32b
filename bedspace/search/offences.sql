-- name: offences
-- What premises are asked about, as of a day.
select o.code, o.name, o.needs from offence o where o.valid @> :today::date order by o.position, o.code;
