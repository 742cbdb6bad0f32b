-- name: deliveries
-- Deliveries, newest first: one, or a page of those that fit.
select o.id, o.channel, o.connection, o.purpose, o.subject, e.kind as event, o.state, o.attempts, o.queued_at, o.next_at,
  o.delivered_at, o.reason, o.receipt, o.replayed
from outbox o join event e on e.id = o.event_id
where (:id::bigint is null or o.id = :id) and (:state::text is null or o.state = :state)
  and (:connection::text is null or o.connection = :connection) and (:subject::text is null or o.subject = :subject)
  and (:before::bigint is null or o.id < :before)
order by o.id desc limit :limit::int;

-- name: replay^
-- Puts what is dead or delivered back into its lane; answers whether it was either.
with was as (select id, subject, state in ('dead', 'delivered') as again from outbox where id = :id for update),
queued as (
  update outbox o set state = 'queued', attempts = 0, replayed = replayed + 1, next_at = now(), reason = null,
    delivered_at = null
  from was where o.id = was.id and was.again)
select id, subject, again from was;

-- name: replay_dead
-- Puts the dead that fit back into their lanes, the oldest first.
with dead as (
  select id from outbox
  where state = 'dead' and (:connection::text is null or connection = :connection)
    and (:purpose::text is null or purpose = :purpose) and (:since::timestamptz is null or queued_at >= :since)
    and (:until::timestamptz is null or queued_at < :until)
  order by id limit :limit::int for update skip locked)
update outbox o set state = 'queued', attempts = 0, replayed = replayed + 1, next_at = now(), reason = null
from dead where o.id = dead.id returning o.id, o.subject;

-- name: last_said^
-- What a connection was last sent of something, field by field, as far as that can be told without the values.
select said, delivered_at from outbox
where connection = :connection and subject = :subject and state = 'delivered' and said is not null
order by delivered_at desc limit 1;
