-- name: lapse!
-- An open challenge of an NSI that its sender has withdrawn has nothing left to decide.
update nsi_challenge set decision = 'withdrawn', decided_at = :now, decided_by = 'gateway', decided_role = 'gateway',
  why = 'The NSI was withdrawn by those who sent it.'
where nsi_id = :nsi and decision is null;
