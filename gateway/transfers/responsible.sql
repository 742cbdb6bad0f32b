-- name: queue!
-- Waits for whoever is changing who is responsible for a person, and makes the next one wait.
select pg_advisory_xact_lock(hashtextextended('responsible:' || :person::uuid::text, 0));

-- name: responsible^
-- Who is responsible for a person, and since when. Ask after `queue`: then nobody changes it meanwhile.
select r.since, coalesce(r.region_code, p.region_code) as region_code, r.pdu_code, p.name as pdu_name,
       region.name as region_name, r.team, r.officer, r.nsi_id, r.why, coalesce(pdu_in_scope(r.pdu_code), false) as ours
from responsibility r
left join pdu p on p.code = r.pdu_code
left join region on region.code = coalesce(r.region_code, p.region_code)
where r.person_id = :person
order by r.since desc limit 1;

-- name: pass_!
-- Somebody else is responsible from then on.
insert into responsibility (person_id, since, region_code, pdu_code, team, officer, nsi_id, why)
values (:person, :since, :region, :pdu, :team, :officer, :nsi, :why);

-- name: pdu^
-- A PDU that is in force on a day, and whether the account may act for it.
select code, name, region_code, pdu_in_scope(code) or region_in_scope(region_code) as ours
from pdu where code = :pdu and valid @> :today::date;

-- name: lines
-- The history of responsibility, newest first.
select region.name as region, p.name as pdu, r.team, r.officer, r.since, r.why, r.by_whom as by, n.reference as nsi,
       lag(r.since) over (order by r.since desc) as until
from responsibility r
left join pdu p on p.code = r.pdu_code
left join region on region.code = coalesce(r.region_code, p.region_code)
left join nsi n on n.id = r.nsi_id
where r.person_id = :person
order by r.since desc;

-- name: open_nsis
-- The NSIs of a person that are under way, oldest first: their history tells who is responsible.
select id, reference, quiet from nsi
where person_id = :person and status not in ('completed', 'withdrawn', 'returned') order by number;

-- name: newest_nsi^
-- The newest NSI of a person within reach: the letters go by it.
select id, reference, quiet from nsi where person_id = :person and merged_into is null order by number desc limit 1;
