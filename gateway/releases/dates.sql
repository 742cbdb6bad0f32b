-- name: mark!
-- Whether the day is one that is asked about. What was confirmed was another day, or is confirmed again.
update release set before_non_working = :asks, date_confirmed_at = null, date_confirmed_by = null where id = :id;

-- name: confirm!
-- The day is meant so, says whoever acts.
update release set date_confirmed_at = :now, date_confirmed_by = current_setting('bedspace.actor', true), changed_at = :now
where id = :id;

-- name: move!
-- To another day.
update release set release_on = :release_on, until = :until, changed_at = :now where id = :id;
