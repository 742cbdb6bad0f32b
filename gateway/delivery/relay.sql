-- name: lease
-- Takes rows that are due, the first of its lane only, and none of a transaction younger than one still running,
-- which might yet put a row before it.
with due as (
  select o.id from outbox o join event e on e.id = o.event_id
  where o.channel = 'mail'
    and (o.state = 'queued' and o.next_at <= now() or o.state = 'leased' and o.leased_until < now())
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
-- How long until the first letter of some lane is due, or its lease ends; nothing when nothing waits.
select extract(epoch from min(case o.state when 'queued' then o.next_at else o.leased_until end) - now())::float8
from outbox o
where o.channel = 'mail' and o.state in ('queued', 'leased')
  and not exists (select from outbox before
                  where before.lane = o.lane and before.id < o.id and before.state in ('queued', 'leased'));

-- name: explain$
-- Rows that wait for something outside say for what; answers how many wait.
with told as (
  update outbox set reason = :reason where channel = 'mail' and state = 'queued' and reason is distinct from :reason
)
select count(*) from outbox where channel = 'mail' and state = 'queued';
