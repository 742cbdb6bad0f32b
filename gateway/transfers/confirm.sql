-- name: is_its_sender$
-- Whether the account is on the sending side: it holds the link, sent the message, or works for the sending PDU.
select current_setting('bedspace.nation', true) = 'on'
  or n.id::text = current_setting('bedspace.nsi', true)
  or coalesce(n.sending_pdu = any (string_to_array(current_setting('bedspace.pdus', true), ',')), false)
  or exists (select from inbox i where i.id = n.inbox_id and i.submitted_by = current_setting('bedspace.actor', true))
from nsi n where n.id = :id;

-- name: refer!
-- The day of the referral.
update nsi set referred_on = :today where id = :id;

-- name: raise_message!
-- The message is raised with the last of its NSIs.
select raise_message(:inbox);
