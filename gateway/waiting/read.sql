-- name: entries
-- What is told of entries in reach beside what the order and a search go by. The person is masked where they may not
-- be seen.
select pl.id, pl.state, pl.referring_pdu, pl.referring_region, pl.waiting_until, pl.need, p.crn, p.name,
       coalesce(p.limited_access, true) as limited_access, pl.person_id,
       (select count(*) from proposal_passed o join proposal q on q.id = o.proposal_id
        where o.placement_id = pl.id and q.proposed_at >= pl.waiting_since) as passed_over_count
from placement pl left join person p on p.id = pl.person_id
where pl.id = any (:ids::uuid[]);

-- name: in_reach
-- Entries in reach that a filter leaves.
select id from placement
where waiting_since is not null and (:estate::text is null or gender = :estate)
  and (:region::text is null or referring_region = :region) and (:only::uuid is null or id = :only);

-- name: skips
-- Beds that somebody did not give to these entries, in their present wait, newest first.
select s.id, s.placement_id, b.code as bed, jsonb_build_object('code', pr.code, 'name', pr.name, 'postcode', pr.postcode)
         as premises, s.reason, coalesce(l.name, s.reason) as name, case when p.id is not null then s.note else '' end as note,
       i.reference as instead, s.skipped_at as at, s.skipped_by as by, s.taken_back_at
from proposal_skip s
join placement pl on pl.id = s.placement_id
join bed b on b.id = s.bed_id
join premises pr on pr.id = s.premises_id
left join list_entry l on l.list = 'skip' and l.code = s.reason
left join placement i on i.id = s.instead
left join person p on p.id = pl.person_id
where s.placement_id = any (:ids::uuid[]) and s.skipped_at >= pl.waiting_since
order by s.id desc;

-- name: proposals
-- Proposals in reach, by what is asked of them: open ones that end soonest first, or all, newest first.
select o.id, o.placement_id as placement, pl.reference, pl.person_id, p.crn, p.name,
       coalesce(p.limited_access, true) as limited_access, pl.timeliness, pl.rosh, b.code as bed,
       jsonb_build_object('code', pr.code, 'name', pr.name, 'postcode', pr.postcode) as premises,
       o.from_day, o.until_day, o.place, o.chosen_by, o.times, o.proposed_at, o.kept_until, o.outcome, o.settled_at,
       o.settled_by, (select count(*) from proposal_passed q where q.proposal_id = o.id) as passed_over_count
from proposal o
join placement pl on pl.id = o.placement_id
join bed b on b.id = o.bed_id
join premises pr on pr.id = o.premises_id
left join person p on p.id = pl.person_id
where (not :open::boolean or o.outcome is null)
  and (:placement::uuid is null or o.placement_id = :placement)
  and (:premises::text is null or pr.code = :premises)
  and (:only::bigint is null or o.id = :only)
  and (:after::bigint is null
       or case when :open then (o.kept_until, o.id) > (select kept_until, id from proposal where id = :after)
               else o.id < :after end)
order by case when :open then o.kept_until end, case when :open then o.id end, o.id desc
limit :limit::int;

-- name: passed
-- Who stood ahead of each of these proposals, in reach, first in the order first; at most so many of each.
select proposal_id, reference, place, code from (
  select o.proposal_id, pl.reference, o.place, o.code,
         row_number() over (partition by o.proposal_id order by o.place) as n
  from proposal_passed o join placement pl on pl.id = o.placement_id
  where o.proposal_id = any (:ids::bigint[])) line
where n <= :most::int order by proposal_id, place;

-- name: open_of
-- What is proposed to these entries just now.
select o.placement_id, o.id, b.code as bed, jsonb_build_object('code', pr.code, 'name', pr.name, 'postcode', pr.postcode)
         as premises, o.kept_until, o.times,
       (select count(*) from proposal_passed q where q.proposal_id = o.id) as passed_over_count
from proposal o join bed b on b.id = o.bed_id join premises pr on pr.id = o.premises_id
where o.outcome is null and o.placement_id = any (:ids::uuid[]);
