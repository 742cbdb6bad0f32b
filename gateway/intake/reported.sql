-- name: pdu_called$
-- Whether a code is a PDU's.
select code from pdu where code = :code;
