-- name: lapse!
-- An open challenge of an NSI that its sender has withdrawn has nothing left to decide.
update nsi_challenge set decision = 'withdrawn', decided_at = :now, decided_by = 'gateway', decided_role = 'gateway',
  why = 'The NSI was withdrawn by those who sent it.'
where nsi_id = :nsi and decision is null;

-- name: lapse_twin!
-- Where the other NSI is challenged too, one challenge is decided.
update nsi_challenge set decision = 'withdrawn', decided_at = :now, decided_by = 'gateway', decided_role = 'gateway',
  why = 'Its NSI was found to be another one, which is challenged too.'
where nsi_id = :nsi and decision is null
  and exists (select from nsi_challenge o where o.nsi_id = :into_ and o.decision is null);

-- name: carry$
-- An open challenge is one of another NSI from now on; answers whether there was one.
with carried as (
  update nsi_challenge set nsi_id = :into_ where nsi_id = :nsi and decision is null returning 1)
select exists (select from carried);
