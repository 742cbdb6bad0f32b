-- name: open_of^
-- The open proposal of a placement.
select id, hold_id from proposal where placement_id = :placement and outcome is null;

-- name: open_anywhere^
-- The open proposal of a placement, also where whoever acts does not see its premises.
select id, hold_id, bed from open_proposal_of(:placement::uuid);

-- name: close_anywhere
-- It is closed by whoever acts, whether they see its premises or not.
select close_proposal_of(:placement::uuid, :now::timestamptz);

-- name: look^
-- A proposal as it is just now, nothing locked.
select p.id, p.placement_id, p.bed_id, b.code as bed, p.premises_id, pr.code as premises, p.hold_id, p.outcome,
       p.from_day, p.until_day, p.kept_until, p.times, pr.decides
from proposal p join bed b on b.id = p.bed_id join premises pr on pr.id = p.premises_id
where p.id = :id;

-- name: take^
-- A proposal, locked until the end of this transaction: its beds are locked before it, and its placement.
select p.id, p.outcome, p.hold_id from proposal p where p.id = :id for no key update;

-- name: settle!
-- What came of it, and who says so.
update proposal set outcome = :outcome, settled_at = :now,
                    settled_by = coalesce(current_setting('bedspace.actor', true), '')
where id = :id and outcome is null;

-- name: may_decide$
-- Whether whoever acts is the central referral unit, the national lead, or works at the premises and decides there.
select current_setting('bedspace.role', true) in ('central_referral_unit', 'national_lead', 'operator')
       or :decides::text = 'premises' and premises_in_scope(:premises_id)
          and current_setting('bedspace.role', true) in ('premises_staff', 'premises_manager');

-- name: skip!
-- A person said why not.
insert into proposal_skip (proposal_id, placement_id, bed_id, premises_id, reason, note, instead, skipped_at, skipped_by)
select :proposal, given.id, :bed_id, :premises_id, :reason, :note, :instead, :now,
       coalesce(current_setting('bedspace.actor', true), '')
from unnest(:placements::uuid[]) as given (id);

-- name: skip_of^
-- A skip in reach.
select s.id, s.placement_id, s.taken_back_at, s.premises_id, pr.decides, pl.person_id
from proposal_skip s join placement pl on pl.id = s.placement_id join premises pr on pr.id = s.premises_id
where s.id = :id for no key update of s;

-- name: take_back!
-- The bed may be proposed to that entry again.
update proposal_skip set taken_back_at = :now, taken_back_by = coalesce(current_setting('bedspace.actor', true), '')
where id = :id and taken_back_at is null;

-- name: move_dates!
-- The day a bed was wanted has passed: the nights that are kept are the ones that are offered.
update placement set arrives_on = :first, departs_on = :end, changed_at = :now
where id = :id and (arrives_on, departs_on) <> (:first::date, :end::date);

-- name: lock_placement^
-- A placement that waits, locked after its beds.
select pl.id, pl.reference, pl.person_id, pl.waiting_since from placement pl where pl.id = :id for no key update;

-- name: id_of$
-- The placement of a reference, in reach.
select id from placement where reference = upper(:reference::text);
