-- What is owed to the systems of areas, beside the letters: in each connection's own words, by its own road.

alter table outbox
  add column connection text references connection,
  add column receipt text,        -- what the far side calls it, where it says so
  add column replayed int not null default 0,
  add column said jsonb;          -- field → keyed digest of what was sent of it: what has changed since, without the values
-- squawk-ignore ban-drop-constraint
alter table outbox drop constraint outbox_channel_check; -- put back, wider
-- squawk-ignore constraint-missing-not-valid
alter table outbox
  add constraint outbox_channel_check check (channel in ('mail', 'connection')),
  add constraint a_delivery_by_a_connection_names_it check ((channel = 'connection') = (connection is not null));
create unique index an_event_is_owed_to_a_connection_once on outbox (event_id, connection, purpose)
  where connection is not null;
create index outbox_by_connection on outbox (connection, id) where connection is not null;
create index outbox_dead on outbox (id) where state = 'dead';
