-- name: is_asked$
-- Whether it waits to hear where somebody moves on to.
select exists (select from release_question
               where release_id = :release and kind = 'move_on' and answered_at is null);
