-- name: record$
-- The closure of premises, with who approved it.
insert into premises_closure (premises_id, closed_from, reason, note, approved_by, approved_on, approval_reference,
                              recorded_at, recorded_by)
values (:premises_id, :closed_from, :reason, :note, :approved_by, :approved_on, :reference, :now,
        coalesce(current_setting('bedspace.actor', true), ''))
returning id;

-- name: close!
-- The premises close from a night on, by a closure.
update premises set closed_from = :closed_from, closure_id = :closure_id where id = :premises_id;

-- name: withdraw!
-- The premises do not close, or open again: the closure stays on record as withdrawn.
with gone as (
  update premises set closed_from = null, closure_id = null
  from (select id, closure_id as was from premises where id = :premises_id) before
  where premises.id = before.id returning before.was
)
update premises_closure set withdrawn_at = :now, withdrawn_by = coalesce(current_setting('bedspace.actor', true), '')
where id = (select was from gone);

-- name: temporary_beds
-- Temporary beds that go on after a night.
select b.code from bed b where b.premises_id = :premises_id and b.temporary_reason is not null
  and upper(b.open) > :first::date order by b.code;
