-- name: unsettled^
-- A message, locked until the end of this transaction.
select i.id as inbox_id, i.state, i.received_at, i.nsi_ids, i.missing, i.reason, i.area, i.sha256, i.connection,
       coalesce(c.trusted, false) as trusted
from inbox i left join connection c on c.code = i.connection
where i.id = :id for update of i;

-- name: lock_messages
-- The same message by two roads is settled one after the other.
select pg_advisory_xact_lock(hashtextextended(key, 1)) from unnest(:keys::text[]) key;

-- name: twin^
-- The first message of the same bytes, or of the same Message-ID and text, that was read.
select nsi_ids from inbox
where id <> :id and state in ('prepared', 'raised', 'review')
  and (sha256 = :sha256 or (message_id = :message_id and body_hash = :body_hash))
order by settled_at limit 1;

-- name: settle^
-- What the message came to.
update inbox
set state = :state, reason = :reason, missing = :missing, nsi_ids = :nsi_ids, draft = :draft,
    message_id = :message_id, body_hash = :body_hash, sender_email = :sender_email,
    read_as = :read_as, settled_at = :now, reading_until = null
where id = :id
returning id as inbox_id, state, received_at, nsi_ids, missing, reason;
