-- name: keep!
-- A warning, a breach or a recall.
insert into enforcement (id, person_id, kind, on_day, pdu_code, note, recorded_at)
values (:id, :person, :kind, :on, :pdu, :note, :now);

-- name: one^
-- One of a person, locked.
select id, on_day, pdu_code, outcome from enforcement where id = :id and person_id = :person for update;

-- name: end_!
-- What came of it.
update enforcement set outcome = :outcome, outcome_on = :on where id = :id;
