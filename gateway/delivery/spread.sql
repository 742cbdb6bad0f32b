-- name: anybody_listens$
-- Whether anything goes out by any connection.
select exists (select from connection where direction = 'out');

-- name: owe$
-- One delivery a connection of either end, in the lane of its person; answers how many.
with owed as (
  insert into outbox (event_id, channel, connection, purpose, subject, lane)
  select e.id, 'connection', c.code, 'to_connection', e.subject,
    c.code || ':' || coalesce('person:' || e.person_id::text, e.subject)
  from event e
  join nsi on nsi.id::text = split_part(e.subject, ':', 2)
  join connection c on c.direction = 'out' and not nsi.quiet
    and c.area in (nsi.sending_pdu, nsi.receiving_pdu, nsi.sending_region, nsi.receiving_region)
  where e.id = any (:events::bigint[])
    and not exists (
      select from connection theirs
      where theirs.direction = 'in' and theirs.area = c.area and theirs.system = c.system
        and theirs.account = current_setting('bedspace.actor', true))
  on conflict (event_id, connection, purpose) where connection is not null do nothing
  returning 1)
select count(*) from owed;
