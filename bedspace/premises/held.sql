-- name: hold
-- Queues for premises, in the order of ids; `kept` says whether the account keeps them.
select p.id, p.code, premises_kept_in_scope(p.code, p.pdu_code) as kept
from premises p where p.code = any (:codes::text[]) order by p.id for no key update;

-- name: lock_beds
-- Queues for all beds of premises, in the order of ids, as every writer of several beds does.
select s.bed_id from bed_state s join bed b on b.id = s.bed_id
where b.premises_id = any (:premises::int[]) order by s.bed_id for update of s;

-- name: premises_of_bed$
-- Whose bed it is.
select p.code from bed b join premises p on p.id = b.premises_id where b.code = :bed;

-- name: may_begin$
-- Whether the account may put new premises on the register.
select coalesce(current_setting('bedspace.nation', true), '') = 'on';

-- name: remember!
-- Appends what premises are now; before the first change that is remembered, what they were.
insert into premises_version (premises_id, n, record, act, counts_from, made_at, made_by)
select p.id, coalesce((select max(n) from premises_version v where v.premises_id = p.id), 0) + 1, :record::text::jsonb,
       :act, :counts_from, :now, coalesce(current_setting('bedspace.actor', true), '')
from premises p where p.code = :code;

-- name: is_remembered$
-- Whether premises have a history.
select exists (select from premises_version v join premises p on p.id = v.premises_id where p.code = :code);

-- name: history
-- The versions of premises, newest first, each with the one before.
select v.n, v.act, v.counts_from, v.made_at, v.made_by, v.record::text as record, before.record::text as before
from premises_version v join premises p on p.id = v.premises_id
left join premises_version before on before.premises_id = v.premises_id and before.n = v.n - 1
where p.code = :code and (:before::int is null or v.n < :before::int)
order by v.n desc limit :rows;
