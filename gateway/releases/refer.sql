-- name: link!
-- The AP referral of a release, and the decision that it rests on.
update release set placement_id = :placement, changed_at = :now,
                   suitability_id = (select suitability_id from placement where id = :placement)
where id = :id;
