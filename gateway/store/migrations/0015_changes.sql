-- The changes feed is read in the order of transactions, which never changes.
create index event_in_order on event (xid, id);
