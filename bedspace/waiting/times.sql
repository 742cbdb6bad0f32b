-- name: due
-- Proposals to look at: those that nobody decided in time, and those whose entry waits no longer, was offered another
-- bed, or whose hold is over.
select p.id, b.code as bed, p.hold_id, p.placement_id
from proposal p join bed b on b.id = p.bed_id join placement pl on pl.id = p.placement_id
where p.outcome is null
  and (p.kept_until <= :now::timestamptz or pl.waiting_since is null or pl.state = 'offered'
       or not exists (select from bed_claim c where c.id = p.hold_id))
order by p.id limit :limit::int;

-- name: lock_placements
-- Entries, locked after their beds, in the order of their ids.
select pl.id from placement pl where pl.id = any (:ids::uuid[]) order by pl.id for no key update;

-- name: take
-- Open proposals with what they are about, as they are now.
select p.id, p.placement_id, pl.person_id, p.bed_id, b.code as bed, pr.code as premises, p.premises_id, p.hold_id,
       p.place, p.chosen_by, p.times, p.from_day, p.kept_until <= :now::timestamptz as over,
       pl.waiting_since is not null and pl.state <> 'offered' as waits, pl.officer_email
from proposal p join bed b on b.id = p.bed_id join premises pr on pr.id = p.premises_id
join placement pl on pl.id = p.placement_id
where p.id = any (:ids::bigint[]) and p.outcome is null order by p.id for no key update of p;

-- name: expired
-- Entries whose time on the list is over, while nobody has anything to decide about them.
select pl.id, pl.person_id, pl.reference, pl.referred_by, pl.waiting_until, pl.officer_email from placement pl
where pl.waiting_until <= :now::timestamptz and pl.state <> 'offered'
  and not exists (select from proposal p where p.placement_id = pl.id and p.outcome is null)
order by pl.waiting_until, pl.id limit :limit::int for no key update skip locked;

-- name: leave!
-- Off the list.
update placement set waiting_since = null, waiting_until = null, waiting_reminded_at = null, changed_at = :now
where id = :id;

-- name: to_remind
-- Entries that leave soon, of which nobody was reminded yet.
select pl.id, pl.person_id, pl.reference, pl.waiting_until, pl.officer_email
from placement pl join waiting_term t on t.timeliness = pl.timeliness
where pl.waiting_since is not null and (pl.waiting_reminded_at is null or pl.waiting_reminded_at < pl.waiting_since) and pl.waiting_until > :now::timestamptz
  and pl.waiting_until - t.reminds_days * interval '1 day' <= :now and pl.waiting_since < :now - interval '1 hour'
order by pl.waiting_until, pl.id limit :limit::int for no key update of pl skip locked;

-- name: reminded!
-- Somebody was reminded.
update placement set waiting_reminded_at = :now where id = :id;

-- name: anything_due$
-- Whether time has anything to do: a look costs nothing, the verb is audited.
select exists (
    select from proposal p join placement pl on pl.id = p.placement_id
    where p.outcome is null
      and (p.kept_until <= :now::timestamptz or pl.waiting_since is null or pl.state = 'offered'
           or not exists (select from bed_claim c where c.id = p.hold_id)))
  or exists (
    select from placement pl join waiting_term t on t.timeliness = pl.timeliness
    where pl.waiting_since is not null
      and (pl.waiting_until <= :now and pl.state <> 'offered'
             and not exists (select from proposal p where p.placement_id = pl.id and p.outcome is null)
           or (pl.waiting_reminded_at is null or pl.waiting_reminded_at < pl.waiting_since) and pl.waiting_until > :now
             and pl.waiting_until - t.reminds_days * interval '1 day' <= :now
             and pl.waiting_since < :now - interval '1 hour'));
