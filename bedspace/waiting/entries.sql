-- name: order_of_all
-- What the order goes by, of everybody who waits; nothing about who they are.
select id, reference, displaced, timeliness, rosh, arrives_on, waiting_since from waiting_order();

-- name: entries
-- Those in reach who wait, with what a bed must meet and what they may not have. Entries are idle while nothing is
-- proposed or offered to them. What premises that were full said is no answer for ever.
select pl.id, pl.reference, pl.gender, pl.type, pl.timeliness, pl.rosh, pl.arrives_on, pl.departs_on, pl.waiting_since,
       pl.waiting_until, pl.need,
       pl.state = 'displaced' or exists (
         select from placement_history h
         where h.placement_id = pl.id and h.kind = 'displaced' and h.at >= pl.waiting_since) as displaced,
       pl.state <> 'offered' and pl.waiting_until > :now::timestamptz
         and not exists (select from proposal p where p.placement_id = pl.id and p.outcome is null) as idle,
       zone.lats, zone.lons, zone.miles,
       array(select distinct pr.code from premises pr where pr.id in (
               select s.premises_id from proposal_skip s
               where s.placement_id = pl.id and s.reason = any (:premises_reasons::text[])
                 and s.taken_back_at is null and s.skipped_at >= pl.waiting_since
               union select a.premises_id from approach a
               where a.placement_id = pl.id and a.outcome = 'declined' and a.reason <> all (:passing::text[])
                 and a.answered_at >= pl.waiting_since)) as not_at,
       array(select distinct s.bed_id from proposal_skip s
             where s.placement_id = pl.id and s.reason <> all (:premises_reasons::text[])
               and s.reason <> 'higher_need' and s.taken_back_at is null and s.skipped_at >= pl.waiting_since) as not_in,
       pl.changed_at::text || pl.waiting_since::text as stamp
from placement pl
left join lateral (
  select array_agg(z.lat order by z.id) as lats, array_agg(z.lon order by z.id) as lons,
         array_agg(z.miles order by z.id) as miles
  from placement_zone z where z.placement_id = pl.id) zone on true
where pl.waiting_since is not null and (:only::uuid[] is null or pl.id = any (:only));

-- name: beds_proposed
-- Beds that are proposed to somebody just now.
select bed_id from proposal where outcome is null;

-- name: barred
-- Premises where somebody whom an entry must not meet has a claim on some night of its window; tonight also who was due
-- to leave by today, while nobody has recorded that they left.
select pl.id, array_agg(distinct p.code) as codes
from placement pl
cross join lateral (
  select greatest(pl.arrives_on, :today::date) as first,
         greatest(pl.arrives_on, :today::date) + (pl.departs_on - pl.arrives_on) as until_day) win
cross join lateral kept_apart_from(pl.person_id, win.first, win.until_day) as other (id)
join presence pr on pr.person_id = other.id
join bed_claim c on c.id = pr.claim_id
join bed b on b.id = c.bed_id
join premises p on p.id = b.premises_id
where pl.id = any (:ids::uuid[])
  and (:everybody::boolean or exists (
    select from must_not_meet m
    where m.ended_at is null and (m.person_id = pl.person_id or m.other_id = pl.person_id
      or m.other_crn = (select crn from person where person.id = pl.person_id))))
  and (c.expires_at is null or c.expires_at > :now)
  and (c.during && daterange(win.first, win.until_day)
       or c.kind = 'stay' and upper(c.during) <= :today::date and win.first = :today::date)
group by pl.id;
