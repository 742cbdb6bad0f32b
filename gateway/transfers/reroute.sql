-- name: is_its_receiver$
-- Whether who acts works for the PDU that receives.
select pdu_in_scope(:pdu::text);

-- name: sending_pdu$
-- The PDU that sends an NSI: responsible from the start, and not because it has passed.
select sending_pdu from nsi where id = :id;

-- name: has_passed$
-- Whether a PDU is responsible for a person already.
select coalesce((select pdu_code from responsibility where person_id = :person order by since desc limit 1) = :pdu::text,
                false);

-- name: postcode$
-- The postcode that an NSI was routed by, where there is one.
select postcode from nsi where id = :id;

-- name: keep$
-- The route that was wrong; answers how many times the NSI has been sent on.
insert into nsi_reroute (nsi_id, n, at, from_pdu, to_pdu, reason, gss, sector, by_whom)
select :nsi, coalesce(max(n), 0) + 1, :now, :from_pdu, :to_pdu, :reason, :gss, :sector,
       current_setting('bedspace.actor', true)
from nsi_reroute where nsi_id = :nsi
returning n;

-- name: send_on$
-- To the PDU, region and SPOC; answers the reference of the same NSI that is open there already.
select send_nsi_on(:id::uuid, :pdu::text, :region::text, :spoc::int, :status::text);
