-- name: cancel!
-- There is no release.
update release set state = 'cancelled', ended_reason = :reason, changed_at = :now where id = :id;

-- name: settle_questions!
-- Nothing is left to decide but where somebody moves on to.
update release_question set answered_at = :now, answer = :answer, answered_by = current_setting('bedspace.actor', true)
where release_id = :release and answered_at is null and kind <> 'move_on';

-- name: release!
-- The person has left the prison.
update release set state = 'released', released_on = :on, changed_at = :now where id = :id;

-- name: come_back!
-- The person is back from a temporary licence.
update release set state = 'returned', changed_at = :now where id = :id;

-- name: elsewhere!
-- Somewhere else is wanted, and that is not checked yet.
update release set address = :address, near = :near, postcode = :postcode,
  former_pdu = case when pdu_code <> :pdu_code then pdu_code else former_pdu end,
  pdu_code = :pdu_code, region_code = :region_code,
  address_checked = null, address_checked_on = null, address_checked_by = null, changed_at = :now
where id = :id;
