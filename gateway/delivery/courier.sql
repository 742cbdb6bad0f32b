-- name: lease
-- Takes rows that are due, the first of its lane only, a few for each connection that is neither paused nor broken, and
-- one for each that is tried again after it was. None of a transaction younger than one still running, which might yet
-- put a row before it.
with free as (
  select c.code, case when c.failures >= :broken::int then 1 else :each::int end
    - (select count(*) from outbox o where o.connection = c.code and o.state = 'leased' and o.leased_until >= now())
    as room
  from connection c
  where c.direction = 'out' and c.paused_at is null and (c.broken_until is null or c.broken_until <= :now)
), due as (
  select picked.id from free cross join lateral (
    select o.id, o.next_at from outbox o join event e on e.id = o.event_id
    where o.connection = free.code
      and (o.state = 'queued' and o.next_at <= now() or o.state = 'leased' and o.leased_until < now())
      and e.xid < pg_snapshot_xmin(pg_current_snapshot())
      and not exists (select from outbox before
                      where before.lane = o.lane and before.id < o.id and before.state in ('queued', 'leased'))
    order by o.next_at, o.id limit greatest(free.room, 0)) picked
  order by picked.next_at, picked.id limit :limit::int
), held as (
  select o.id from outbox o join due on due.id = o.id
  where o.state = 'queued' or o.leased_until < now()
  order by o.id for update of o skip locked
)
update outbox o
set state = 'leased', lease_token = gen_random_uuid(), attempts = o.attempts + 1,
  leased_until = now() + make_interval(secs => :seconds)
from held where o.id = held.id
returning o.id, o.message_id, o.lease_token as token, o.purpose, o.subject, o.attempts, o.connection;

-- name: seconds_to_next$
-- How long until the first row of some lane of a connection that goes is due, or its lease or a breaker ends; nothing
-- when nothing waits.
select extract(epoch from min(
  greatest(case o.state when 'queued' then o.next_at else o.leased_until end,
           now() + (coalesce(c.broken_until, :now) - :now))) - now())::float8
from outbox o join connection c on c.code = o.connection
where o.state in ('queued', 'leased') and c.paused_at is null
  and not exists (select from outbox before
                  where before.lane = o.lane and before.id < o.id and before.state in ('queued', 'leased'));
