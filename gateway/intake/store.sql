-- name: area_is_there$
-- Whether a code is a PDU's, or an area's of 2003.
select exists (select from pdu where code = :code) or exists (select from area_2003 where code = :code);

-- name: store$
-- Keeps a message, unless its sender used the source key before.
insert into inbox (id, received_at, channel, submitted_by, source_key, content_type, filename, area, connection, raw,
                   sha256)
values (:id, :now, :channel, current_setting('bedspace.actor', true), :source_key, :content_type, :filename, :area,
        :connection, :raw, :sha256)
on conflict (submitted_by, connection, source_key) do nothing
returning id;

-- name: stored^
-- The message that its sender stored under a source key.
select id as inbox_id, state, received_at, nsi_ids, missing, reason, sha256
from inbox where submitted_by = current_setting('bedspace.actor', true) and connection is not distinct from :connection
  and source_key = :source_key;

-- name: connection_named^
-- A connection that messages come in by.
select code, area, account, channel from connection where code = :code and direction = 'in';

-- name: connections_of_caller
-- Those that the account sends such content over.
select code, area, account, channel from connection
where account = current_setting('bedspace.actor', true) and direction = 'in' and system = any (:systems::text[])
order by code limit 10;

-- name: caller$
-- Who acts.
select current_setting('bedspace.actor', true);
