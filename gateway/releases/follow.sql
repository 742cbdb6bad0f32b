-- name: of_placement
-- The release that a placement is for.
select id from release where placement_id = :placement order by id;

-- name: released!
-- The person has left the prison.
update release set state = 'released', released_on = :on, changed_at = :now where id = :id;
