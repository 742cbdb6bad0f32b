-- name: regions
-- The regions that have PDUs on some day of a span, by name.
select r.code, r.name from region r
where exists (select from pdu where region_code = r.code and valid && daterange(:first::date, :last::date, '[]'))
order by r.name;

-- name: moves
-- NSIs raised in a span, by both regions and by risk; what is unconfirmed, withdrawn, returned or merged is none.
select receiving_region as to_region, sending_region as from_region, rosh, count(*)::int as many
from nsi
where merged_into is null and status not in ('prepared', 'withdrawn', 'returned')
  and referred_on between :first::date and :last::date
  and (:region::text is null or :region in (receiving_region, sending_region))
group by 1, 2, 3;

-- name: in_flight
-- What is under way now by the region that receives, and how much of it has a rule that is overdue.
select receiving_region as region, count(*)::int as many,
       (count(*) filter (where exists (
         select from nsi_clock c where c.nsi_id = n.id and c.applies and c.met_on is null and c.due < :today::date)))::int
         as overdue
from nsi n
where merged_into is null and not quiet and status in ('raised', 'received', 'allocated', 'in_progress')
  and (:region::text is null or :region in (receiving_region, sending_region))
group by 1;

-- name: caretaking
-- Whom a region holds for others on a day, and who is held for it.
select region, (count(*) filter (where holds))::int as for_others, (count(*) filter (where not holds))::int as by_others
from caretaking c
join pdu holder on holder.code = c.by_pdu
join pdu held on held.code = c.for_pdu
cross join lateral (values (holder.region_code, true), (held.region_code, false)) side (region, holds)
where c.during @> :day::date and (:only::text is null or region = :only)
group by 1;

-- name: rules
-- Every timed rule that was due in a span, by what became of it. A mandatory action that was skipped does not count as
-- done; what another system owns, or was in flight at cut-over, and says nothing of a rule, is not recorded.
with each_one as (
  select n.regime, c.rule, c.title,
         case when skipped.mandatory then 'overdue'
              when skipped.mandatory is not null or not c.applies then 'not_applicable'
              when c.met_on <= c.due then 'met'
              when c.met_on is not null then 'overdue'
              when n.status in ('withdrawn', 'returned') then 'not_applicable'
              when c.due >= :today::date then 'running'
              when n.source <> 'bedspace' or n.way = 'retrospective' then 'not_recorded'
              else 'overdue' end as outcome
  from nsi_clock c
  join nsi n on n.id = c.nsi_id
  left join lateral (
    select bool_or(a.mandatory) as mandatory from nsi_action a
    where a.nsi_id = c.nsi_id and a.rule = c.rule and a.not_applicable is not null and a.done_by <> 'gateway') skipped on true
  where n.merged_into is null and not n.quiet and n.status <> 'prepared' and c.due between :first::date and :last::date
    and (:region::text is null or :region in (n.receiving_region, n.sending_region)))
select regime, rule, max(title) as title,
       (count(*) filter (where outcome = 'met'))::int as met,
       (count(*) filter (where outcome = 'overdue'))::int as overdue,
       (count(*) filter (where outcome = 'not_applicable'))::int as not_applicable,
       (count(*) filter (where outcome = 'not_recorded'))::int as not_recorded
from each_one where outcome <> 'running'
group by regime, rule order by regime, rule;

-- name: not_reporting
-- Regions that said they do not report an end, on some day of a span.
select distinct r.name, n.which from not_reporting n join region r on r.code = n.region_code
where n.during && daterange(:first::date, :last::date, '[]') and (:region::text is null or r.code = :region)
order by r.name, n.which;
