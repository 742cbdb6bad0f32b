-- name: item^
-- One message and its state.
select id as inbox_id, state, received_at, nsi_ids, missing, reason from inbox where id = :id;

-- name: items
-- A page of messages, newest first.
select id as inbox_id, state, received_at, nsi_ids, missing, reason
from inbox
where (:state::text is null or state = :state)
  and (:at::timestamptz is null or (received_at, id) < (:at, :before::uuid))
order by received_at desc, id desc
limit :limit::int;
