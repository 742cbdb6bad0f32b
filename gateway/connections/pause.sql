-- name: pause$
-- Stops a connection. One that is paused already keeps who did that, and why.
update connection set paused_at = coalesce(paused_at, :now), paused_by = coalesce(paused_by, current_setting('bedspace.actor', true)),
  paused_why = coalesce(paused_why, :why)
where code = :code returning code;

-- name: resume$
-- Lets it go on, and closes its breaker.
update connection set paused_at = null, paused_by = null, paused_why = null, failures = 0, broken_until = null
where code = :code returning code;
