-- name: check!
-- Somebody has looked at an address, which from then on is the one notified.
update release set address = :address, postcode = :postcode, address_checked = :outcome, address_checked_on = :today,
                   address_checked_by = current_setting('bedspace.actor', true), changed_at = :now
where id = :id;

-- name: approve!
-- Where the licence says to reside, by whoever acts.
update release set approved_address = :address, approved_on = :today, reside_where_approved = true,
                   approved_by = current_setting('bedspace.actor', true), changed_at = :now
where id = :id;

-- name: arrange!
-- A housing provider has arranged something; where no address was notified, it is the one.
update release set provider = :provider, arranged_address = :address, arranged_at = :now,
                   arranged_by = current_setting('bedspace.actor', true), address = coalesce(address, :address),
                   changed_at = :now
where id = :id;
