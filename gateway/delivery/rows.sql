-- name: bury!
-- The last attempt's worker died with it: the row is dead, with a reason.
update outbox set state = 'dead', lease_token = null, leased_until = null,
  reason = 'given up: the worker died during the last attempt'
where state = 'leased' and leased_until < now() and attempts >= :most;

-- name: try_again!
-- Puts a row back for later, if the lease is still ours.
update outbox set state = 'queued', lease_token = null, leased_until = null, reason = :reason,
  next_at = now() + make_interval(secs => :seconds::float8 * (0.75 + random() / 2))
where id = :id and state = 'leased' and lease_token = :token;

-- name: hand_back!
-- Puts a row back as it was, if the lease is still ours: we stop, and it is no fault of the row.
update outbox set state = 'queued', lease_token = null, leased_until = null, attempts = attempts - 1, next_at = now()
where id = :id and state = 'leased' and lease_token = :token;

-- name: give_up!
-- A row that cannot be delivered, if the lease is still ours.
update outbox set state = 'dead', lease_token = null, leased_until = null, reason = :reason
where id = :id and state = 'leased' and lease_token = :token;
