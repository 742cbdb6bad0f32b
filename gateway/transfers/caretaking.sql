-- name: on_day^
-- Who supervises a person for another on a day.
select c.id, c.by_pdu, c.for_pdu, lower(c.during) as from_, upper(c.during) as until, n.reference as nsi, c.reason
from caretaking c left join nsi n on n.id = c.nsi_id
where c.person_id = :person and c.during @> :day::date;

-- name: overlapping^
-- Whoever holds a person already in a span.
select b.name as by_name, f.name as for_name, lower(c.during) as from_, upper(c.during) as until
from caretaking c join pdu b on b.code = c.by_pdu join pdu f on f.code = c.for_pdu
where c.person_id = :person and c.during && daterange(:begins, :ends) order by c.during limit 1;

-- name: keep!
-- One PDU supervises for another.
insert into caretaking (id, person_id, by_pdu, for_pdu, during, nsi_id, reason, recorded_at)
values (:id, :person, :by_pdu, :for_pdu, daterange(:begins, :ends), :nsi, :reason, :now);

-- name: taken^
-- One record of caretaking, locked.
select c.id, c.person_id, c.by_pdu, c.for_pdu, lower(c.during) as from_, upper(c.during) as until,
       n.reference as nsi, c.reason
from caretaking c left join nsi n on n.id = c.nsi_id where c.id = :id for update of c;

-- name: end_!
-- It is over from a day on, and lasted for one day at least.
update caretaking set during = daterange(lower(during), greatest(:on::date, lower(during) + 1)) where id = :id;

-- name: running
-- What is not over on a day for one person. Nobody changes it meanwhile.
select id from caretaking
where person_id = :person and (upper_inf(during) or upper(during) > :day::date) for update;

-- name: nsi^
-- An NSI of a person within reach, by reference.
select id from nsi where person_id = :person and reference = :reference;

-- name: counts
-- Held for others, and held by others for us, on a day; of one PDU, or of each.
select p.code, p.name,
       (select count(*) from caretaking c where c.by_pdu = p.code and c.during @> :day::date) as by_us,
       (select count(*) from caretaking c where c.for_pdu = p.code and c.during @> :day::date) as for_us
from pdu p
where (:pdu::text is null or p.code = :pdu)
  and (:pdu is not null or exists (
    select from caretaking c where p.code in (c.by_pdu, c.for_pdu) and c.during @> :day::date))
order by p.code;

-- name: held
-- Whom a PDU holds for others or others hold for it on a day, the longest first. A masked person has neither name nor CRN.
select c.id, c.by_pdu, c.for_pdu, lower(c.during) as from_, upper(c.during) as until, n.reference as nsi, c.reason,
       c.person_id, p.crn, p.name
from caretaking c
left join person p on p.id = c.person_id
left join nsi n on n.id = c.nsi_id
where c.during @> :day::date
  and (:pdu::text is null or :pdu in (c.by_pdu, c.for_pdu))
  and (:after_from::date is null or (lower(c.during), c.id) > (:after_from, :after_id::uuid))
order by lower(c.during), c.id limit :limit::int;
