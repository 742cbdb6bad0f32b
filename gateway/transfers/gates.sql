-- name: only_receives$
-- Whether who acts is at the receiving end, and neither at the other nor of the nation.
select coalesce(current_setting('bedspace.nation', true), '') <> 'on'
  and pdu_in_scope(n.receiving_pdu)
  and (n.sending_pdu is not null or n.inbox_id is null)
  and not coalesce(pdu_in_scope(n.sending_pdu), false)
from nsi n where n.id = :nsi;

-- name: sent_back$
-- Whether the last challenge was decided so that the NSI goes back.
select coalesce((select decision in ('returned_to_sender', 'withdrawn') from nsi_challenge
                 where nsi_id = :nsi order by raised_at desc limit 1), false);

-- name: open_brokering$
-- The co-ordination point of MAPPA level 3, where it is still to be gone through.
select title from nsi_action where nsi_id = :nsi and kind = 'mappa_point' and done_at is null order by n limit 1;

-- name: challenged$
-- By when the open challenge of an NSI is to be decided.
select adjudicate_by from nsi_challenge where nsi_id = :nsi and decision is null;
