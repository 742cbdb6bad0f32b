-- name: queue!
-- Lets registrations of one person wait for each other, until this transaction ends.
select pg_advisory_xact_lock(hashtextextended('registered:' || :person::uuid::text, 0));

-- name: standing^
-- What an area registers a person for now, of one kind.
select id, level, category, since from registration
where person_id = :person and kind = :kind and pdu_code = :pdu and until is null for update;

-- name: registration^
-- One of a person, locked.
select id, pdu_code, since, until, pdu_in_scope(pdu_code) as ours from registration where id = :id and person_id = :person for update;

-- name: keep!
-- An area registers a person.
insert into registration (id, person_id, kind, level, category, pdu_code, since, recorded_at)
values (:id, :person, :kind, :level, :category, :pdu, :since, :now);

-- name: correct!
-- On the day on which it was recorded it is put right in place.
update registration set level = :level, category = :category where id = :id;

-- name: end_!
-- It is over from a day on.
update registration set until = :on where id = :id;

-- name: in_force
-- What areas register a person for on a day.
select kind, pdu_code, level, category from registration
where person_id = :person and since <= :today::date and (until is null or until > :today);

-- name: responsible$
-- The PDU that is responsible for a person.
select pdu_code from responsibility where person_id = :person order by since desc limit 1;

-- name: visor_pdus
-- Of some PDUs, those of regions that record ViSOR.
select p.code from pdu p join region r on r.code = p.region_code where p.code = any (:pdus::text[]) and r.visor;

-- name: between^
-- The newest NSI of a person between two areas.
select id, reference, quiet from nsi
where person_id = :person and merged_into is null
  and (sending_pdu, receiving_pdu) in ((:one::text, :other::text), (:other, :one))
order by number desc limit 1;

-- name: ask$
-- Ask, where the same is not asked already or was answered since the last registration; answers whether it was.
insert into nsi_question (nsi_id, kind, said, asked_at)
select n.id, 'register_mismatch', :said::text, :now::timestamptz from nsi n
where n.id = :nsi::uuid and not exists (
  select from nsi_question q
  where q.nsi_id = n.id and q.kind = 'register_mismatch' and q.said = :said and q.answered_by <> 'gateway'
    and q.answered_at >= (select max(r.recorded_at) from registration r where r.person_id = n.person_id))
on conflict do nothing returning true;

-- name: answer_agreed!
-- What was asked of a person's registrations and is so no more is answered by that.
update nsi_question q set answered_at = :now::timestamptz, answered_by = 'gateway', answer = 'The two areas agree now.'
from nsi n
where n.id = q.nsi_id and n.person_id = :person::uuid and q.kind = 'register_mismatch' and q.answered_at is null
  and not q.said = any (:said::text[]);

-- name: registrations
-- Of a person, those in force first, by kind and area.
select r.id, r.kind, r.level, r.category, r.pdu_code as pdu, p.name as pdu_name, r.since, r.until, r.recorded_by,
       r.since <= :today::date and (r.until is null or r.until > :today) as in_force
from registration r join pdu p on p.code = r.pdu_code
where r.person_id = :person
order by in_force desc, r.kind, p.name, r.since desc;

-- name: names
-- What PDUs are called.
select code, name from pdu where code = any (:codes::text[]);
