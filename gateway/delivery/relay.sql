-- name: bury!
-- The last attempt's worker died with it: the row is dead, with a reason.
update outbox set state = 'dead', lease_token = null, leased_until = null,
  reason = 'given up: the worker died during the last attempt'
where state = 'leased' and leased_until < now() and attempts >= :most;

-- name: lease
-- Takes rows that are due, the first of its lane only, and none of a transaction younger than one still running,
-- which might yet put a row before it.
with due as (
  select o.id from outbox o join event e on e.id = o.event_id
  where (o.state = 'queued' and o.next_at <= now() or o.state = 'leased' and o.leased_until < now())
    and e.xid < pg_snapshot_xmin(pg_current_snapshot())
    and not exists (select from outbox before
                    where before.lane = o.lane and before.id < o.id and before.state in ('queued', 'leased'))
  order by o.next_at, o.id
  limit :limit
  for update of o skip locked
)
update outbox o
set state = 'leased', lease_token = gen_random_uuid(), attempts = o.attempts + 1,
  leased_until = now() + make_interval(secs => :seconds)
from due where o.id = due.id
returning o.id, o.message_id, o.lease_token as token, o.purpose, o.subject, o.attempts;

-- name: seconds_to_next$
-- How long until the first row of some lane is due, or its lease ends; nothing when nothing waits.
select extract(epoch from min(case o.state when 'queued' then o.next_at else o.leased_until end) - now())::float8
from outbox o
where o.state in ('queued', 'leased')
  and not exists (select from outbox before
                  where before.lane = o.lane and before.id < o.id and before.state in ('queued', 'leased'));

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

-- name: explain$
-- Rows that wait for something outside say for what; answers how many wait.
with told as (
  update outbox set reason = :reason where state = 'queued' and reason is distinct from :reason
)
select count(*) from outbox where state = 'queued';
