-- name: action^
-- One line of the action list.
select kind, title, rule, due_with, due, done_at, mandatory, not_applicable, evidence
from nsi_action where nsi_id = :nsi and n = :n;

-- name: role$
-- The role of whoever acts.
select current_setting('bedspace.role', true);

-- name: complete!
-- Marks a line as done, by its evidence.
update nsi_action set done_at = :now, done_by = current_setting('bedspace.actor', true), evidence = :evidence
where nsi_id = :nsi and n = :n;

-- name: keep_evidence!
-- What is known of an open line.
update nsi_action set evidence = :evidence where nsi_id = :nsi and n = :n;

-- name: skip!
-- Closes a line with a reason.
update nsi_action set done_at = :now, done_by = current_setting('bedspace.actor', true), not_applicable = :why
where nsi_id = :nsi and n = :n;

-- name: reopen!
-- What was recorded of it stays.
update nsi_action set done_at = null, done_by = null, not_applicable = null where nsi_id = :nsi and n = :n;

-- name: unmeet!
-- A rule that was met by a line which is open again.
update nsi_clock set met_on = null where nsi_id = :nsi and rule = :rule;

-- name: assign!
-- Who does a line, and by when.
update nsi_action set assigned_to = :to::text, due = coalesce(:due::date, due) where nsi_id = :nsi and n = :n;

-- name: add!
-- A further line, numbered after the last.
insert into nsi_action (nsi_id, n, kind, title, owner, due, assigned_to)
select :nsi, coalesce(max(n), 0) + 1, 'other', :title, :owner, :due::date, :to::text from nsi_action where nsi_id = :nsi;
