-- name: item^
-- One message and its state.
select id as inbox_id, state, received_at, nsi_ids, missing, reason, thread from inbox where id = :id;

-- name: items
-- A page of messages, newest first.
select id as inbox_id, state, received_at, nsi_ids, missing, reason, thread
from inbox
where (:state::text is null or state = :state)
  and (:thread::uuid is null or thread = :thread)
  and (:at::timestamptz is null or (received_at, id) < (:at, :before::uuid))
order by received_at desc, id desc
limit :limit::int;

-- name: counts
-- How many records of a message came to what.
select state, count(*)::int as count from inbox_record where inbox_id = :id group by state order by state;

-- name: records
-- A page of the records of a message, in the order of the file.
select n, kind, state, reason, line, missing, nsi_id as nsi from inbox_record
where inbox_id = :id and (:state::text is null or state = :state) and n > :after::int
order by n limit :limit::int;
