-- name: one_at_a_time
-- One look at the list at a time, whatever the number of workers.
select pg_advisory_xact_lock(hashtextextended('bedspace.waiting', 0));

-- name: lock_entries
-- Entries, locked after their beds, in the order of their ids; with what tells whether they have changed.
select pl.id, pl.changed_at::text || pl.waiting_since::text as stamp from placement pl
where pl.id = any (:ids::uuid[]) and pl.waiting_since is not null order by pl.id for no key update;

-- name: terms
-- For how many hours a bed is kept for a person to decide.
select timeliness, keeps_hours from waiting_term;

-- name: keep$
-- A bed is proposed.
insert into proposal (placement_id, bed_id, premises_id, hold_id, from_day, until_day, place, chosen_by, times,
                      proposed_at, kept_until)
select :placement, b.id, b.premises_id, :hold, :first, :end, :place, :chosen_by, :times, :now, :kept_until
from bed b where b.code = :bed
returning id;

-- name: keep_passed!
-- Who stood ahead, and why the bed did not fit them.
insert into proposal_passed (proposal_id, placement_id, place, code)
select :proposal, given.* from unnest(:placements::uuid[], :places::int[], :codes::text[]) given;

-- name: person_of^
-- Whose placement it is, for the events.
select person_id from placement where id = :id;

-- name: who_acts$
-- Who acts.
select current_setting('bedspace.actor', true);
