-- name: sending_pdu^
-- The PDU given; else that of the account, when it works for one only.
select code, region_code from pdu
where code = coalesce(:pdu::text, nullif(current_setting('bedspace.pdus', true), ''));

-- name: receives$
-- Whether who acts works for a PDU.
select pdu_in_scope(:pdu::text);
