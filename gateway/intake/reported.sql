-- name: came_by!
-- The message that a new NSI came of.
update nsi set inbox_id = :inbox where id = :nsi and inbox_id is null;

-- name: pdu_called$
-- Whether a code is a PDU's.
select code from pdu where code = :code;
