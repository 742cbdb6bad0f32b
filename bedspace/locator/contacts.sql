-- name: contacts
-- A page of those who receive on a day or will later: of a PDU, of a region with its PDUs, or all.
select s.id, s.pdu_code, s.region_code, s.kind, s.purpose, s.name, s.email, s.phone, s.hours, s.team, s.out_of_hours,
       lower(s.valid) as begins, upper(s.valid) as ends
from spoc s left join pdu p on p.code = s.pdu_code
where s.kind in ('spoc', 'region_spo', 'region_team') and not isempty(s.valid)
  and (upper(s.valid) is null or upper(s.valid) > :on::date)
  and (:pdu::text is null or s.pdu_code = :pdu::text)
  and (:region::text is null or :region::text in (s.region_code, p.region_code))
  and s.id > :after::int
order by s.id limit :limit::int;

-- name: absences
-- Absences of contacts that are not over on a day, with who covers.
select a.id, a.spoc_id, lower(a.during) as begins, upper(a.during) as ends, c.kind,
       case when c.id is not null then to_jsonb(c) end as cover
from spoc_absence a
left join (select id, kind, name, email, phone, hours, team, out_of_hours from spoc) c on c.id = a.cover_id
where a.spoc_id = any(:spocs::int[]) and not isempty(a.during)
  and (upper(a.during) is null or upper(a.during) > :on::date)
order by lower(a.during);

-- name: every_pdu
-- PDUs in force on a day.
select p.code, p.name, r.code as region_code, r.name as region
from pdu p join region r on r.code = p.region_code
where p.valid @> :on::date order by r.name, p.name;
