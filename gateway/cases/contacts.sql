-- name: keep!
-- Contacts not met before.
insert into contact (id, person_id, at, kind, outcome, pdu_code, note, source, external_reference, recorded_at)
select c.id, :person::uuid, c.at, c.kind, c.outcome, :pdu::text, c.note, :source::text, c.reference, :now::timestamptz
from unnest(:ids::uuid[], :ats::timestamptz[], :kinds::text[], :outcomes::text[], :notes::text[], :references::text[])
  as c (id, at, kind, outcome, note, reference);

-- name: say!
-- Append to the history what contacts are now said to be.
insert into contact_outcome (contact_id, n, outcome, at, pdu_code, recorded_at)
select c.id, 1 + coalesce((select max(n) from contact_outcome o where o.contact_id = c.id), 0), c.outcome, c.at,
       c.pdu_code, :now::timestamptz
from contact c where c.id = any (:contacts::uuid[]);

-- name: contact^
-- A contact of a person, locked.
select id, at, kind, outcome, note from contact where id = :id and person_id = :person for update;

-- name: change!
-- What is said of a contact now.
update contact set kind = :kind, at = :at, outcome = :outcome, note = :note, pdu_code = :pdu where id = :id;

-- name: seen
-- Every contact of a person, as far as the count of absences asks.
select id, at, outcome, pdu_code from contact where person_id = :person;
