-- name: keep_move$
-- A move between premises, by whoever acts.
insert into relocation (placement_id, approach_id, from_premises, from_bed, to_premises, to_bed, on_day, departs_on,
                        emergency, reason, note, state, asked_at, asked_by, settled_at)
values (:placement, :approach, :from_premises, :from_bed, :to_premises,
        (select id from bed where code = :bed::text), :on_day, :departs_on, :emergency, :reason, :note, :state, :now,
        current_setting('bedspace.actor', true), :settled_at::timestamptz)
returning id;

-- name: agree!
-- They agreed; the rest of the nights is kept by a hold.
update relocation set state = 'agreed', kept_hold = :hold where id = :id;

-- name: settle!
-- The move is over.
update relocation set state = :state, settled_at = :now where id = :id;

-- name: take_back!
-- An approach that was accepted is withdrawn, since the move is undone.
update approach set outcome = 'withdrawn', note = :note, answered_at = :now,
                    answered_by = current_setting('bedspace.actor', true)
where id = :id;
