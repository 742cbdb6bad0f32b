-- name: nsi^
-- By our reference, or by its id.
select id, reference, person_id from nsi where reference = upper(:reference::text) or id::text = lower(:reference::text);

-- name: messages
-- The messages that an NSI came of, or that told of it.
select i.id::text as inbox_id, i.received_at, i.channel, i.connection, i.state, encode(i.sha256, 'hex') as sha256,
  length(i.raw) as size, i.read_as
from inbox i
where i.id = (select inbox_id from nsi where id = :nsi) or :nsi = any (i.nsi_ids)
  or i.id in (select r.inbox_id from inbox_record r where r.nsi_id = :nsi)
order by i.received_at, i.id;

-- name: events
-- What happened to it, and to its messages, and who did that.
select e.id, e.at, e.kind,
  (select a.actor from audit a where a.xid = e.xid order by a.id limit 1) as by
from event e
where e.subject = 'nsi:' || :nsi::uuid
  or e.subject in (select 'inbox:' || i.id from inbox i
                   where i.id = (select inbox_id from nsi where id = :nsi) or :nsi = any (i.nsi_ids))
order by e.xid, e.id;

-- name: deliveries
-- Every delivery that those owe.
select o.id, o.event_id, o.channel, o.connection, o.purpose, o.subject, e.kind as event, o.state, o.attempts, o.queued_at,
  o.next_at, o.delivered_at, o.reason, o.receipt, o.replayed
from outbox o join event e on e.id = o.event_id
where o.subject = 'nsi:' || :nsi::uuid
  or o.subject in (select 'inbox:' || i.id from inbox i
                   where i.id = (select inbox_id from nsi where id = :nsi) or :nsi = any (i.nsi_ids))
order by o.id;
