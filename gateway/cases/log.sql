-- name: page
-- Contacts of a person, newest first, with the area that says what came of each and the one that made it.
select c.id, c.at, c.kind, c.outcome, c.pdu_code as pdu, p.name as pdu_name, c.note, c.source, c.recorded_by,
       (select o.pdu_code from contact_outcome o where o.contact_id = c.id and o.n = 1) as made_by
from contact c left join pdu p on p.code = c.pdu_code
where c.person_id = :person and (:at::timestamptz is null or (c.at, c.id) < (:at, :after::uuid))
order by c.at desc, c.id desc limit :limit::int;

-- name: names
-- What PDUs are called.
select code, name from pdu where code = any (:codes::text[]);

-- name: reporting
-- When somebody who has moved must be seen next, until the risk is clear.
select n.reference, c.due from nsi_clock c join nsi n on n.id = c.nsi_id
where n.person_id = :person and c.rule = 'T-12' and c.applies and c.met_on is null and n.merged_into is null
  and n.status not in ('withdrawn', 'returned')
order by c.due;

-- name: enforcement
-- Enforcement of a person, newest first.
select e.id, e.kind, e.on_day as "on", e.pdu_code as pdu, p.name as pdu_name, e.note, e.outcome, e.outcome_on, e.recorded_by
from enforcement e join pdu p on p.code = e.pdu_code
where e.person_id = :person order by e.on_day desc, e.recorded_at desc;
