-- name: entries
-- What is in force of everybody whom two areas register, or one area and another is responsible.
with held as (
  select r.person_id, r.kind, r.pdu_code, r.level, r.category,
         (select s.pdu_code from responsibility s where s.person_id = r.person_id order by s.since desc limit 1)
           as responsible
  from registration r where r.since <= :today::date and (r.until is null or r.until > :today)
)
select h.person_id, h.kind, h.pdu_code, h.level, h.category, h.responsible from held h
where exists (select from held o where o.person_id = h.person_id
              and (o.pdu_code <> h.pdu_code or o.responsible <> o.pdu_code))
order by h.person_id, h.pdu_code, h.kind;

-- name: all_visor
-- PDUs of regions that record ViSOR.
select p.code from pdu p join region r on r.code = p.region_code where r.visor;

-- name: people
-- Names, of those whom one may see.
select id, crn, name from person where id = any (:ids::uuid[]);
