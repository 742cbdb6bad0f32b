-- name: placement^
-- One placement with what its reader may see of the person. Where the person is masked, so is what tells of them.
select pl.id, pl.reference, pl.state, pl.origin, pl.person_id, pl.gender, pl.type, pl.timeliness, pl.arrives_on,
       pl.departs_on, coalesce(pl.expected_departure, pl.departs_on) as expected_departure, pl.need, pl.rosh,
       pl.risk_to_staff, pl.risk_to_residents,
       case when p.id is not null then pl.risk_note else '' end as risk_note,
       pl.arrive_by, pl.arrived_at, pl.departed_at, pl.alerted_at, pl.away, pl.away_since, pl.away_until,
       pl.ended_reason, case when p.id is not null then pl.ended_note else '' end as ended_note, pl.move_on,
       pl.checked_reason, last_meeting_check(pl.person_id) as meetings_checked_at, pl.waiting_since, pl.waiting_until,
       pl.officer_name, pl.officer_email,
       pl.referring_pdu, pl.referring_region, pl.referred_by, pl.referred_at, pl.changed_at,
       p.crn, p.noms, p.pnc, p.name, p.birth_date, p.gender as person_gender, p.limited_access,
       (select to_jsonb(at) from (select pr.code, pr.name, pr.postcode from premises pr where pr.id = pl.premises_id) at)
         as premises,
       (select line.bed from placement_line line where line.id = pl.id) as bed,
       (select to_jsonb(d) from (
          select s.id, s.suitable, s.reason, case when p.id is not null then s.note else '' end as note, s.pointed_to,
                 s.decided_at, s.decided_by, s.decided_role
          from suitability s where s.id = pl.suitability_id) d) as suitability
from placement pl left join person p on p.id = pl.person_id
where pl.id = :id;

-- name: approaches
-- Who was asked, the first one first. Notes are for those who may see the person.
select a.id, jsonb_build_object('code', pr.code, 'name', pr.name, 'postcode', pr.postcode) as premises, b.code as bed,
       a.asked_at, a.asked_by, a.decides, a.answer_by, a.outcome, a.reason,
       case when :shown::boolean then a.note else '' end as note, a.answered_at, a.answered_by
from approach a join premises pr on pr.id = a.premises_id left join bed b on b.id = a.bed_id
where a.placement_id = :id order by a.id;

-- name: relocation^
-- The newest move between premises.
select jsonb_build_object('code', f.code, 'name', f.name, 'postcode', f.postcode) as from_premises,
       jsonb_build_object('code', t.code, 'name', t.name, 'postcode', t.postcode) as to_premises,
       b.code as to_bed, m.on_day as on, m.emergency, m.reason, case when :shown::boolean then m.note else '' end as note,
       m.state, m.asked_at, m.asked_by, m.settled_at
from relocation m join premises f on f.id = m.from_premises join premises t on t.id = m.to_premises
join bed b on b.id = m.to_bed
where m.placement_id = :id order by m.id desc limit 1;

-- name: history
-- What happened, oldest first, with the letters that are still on their way or could not be delivered.
select at, kind, state, case when :shown::boolean then note else '' end as note, by_whom as by from (
  select at, kind, state, note, by_whom, id from placement_history where placement_id = :id
  union all
  select e.at, case o.state when 'dead' then 'mail_dead' else 'mail_queued' end, null, coalesce(o.reason, ''),
         'gateway', 9223372036854775807
  from outbox o join event e on e.id = o.event_id
  where o.state <> 'delivered'
    and (o.subject = 'placement:' || :id::text
         or o.subject in (select 'approach:' || a.id from approach a where a.placement_id = :id))
) line order by at, id;

-- name: id_of$
-- The placement of a reference.
select id from placement where reference = :reference;

-- name: candidates$
-- Placements that may be of premises, found by indexes: of the ones given, else of those where whoever acts works; null
-- where they see further than premises. Row-level security looks at each of these few, and not at the whole history.
select case when not ids.all_over then array(
  select pl.id from placement pl where pl.premises_id = any (ids.known)
  union select a.placement_id from approach a where a.premises_id = any (ids.known)
  union select m.placement_id from relocation m where m.to_premises = any (ids.known) and m.settled_at is null
  union select w.placement_id from proposal w where w.premises_id = any (ids.known) and w.outcome is null
  union select pl.id from placement pl
        where pl.referred_by = current_setting('bedspace.actor', true) and :premises::text is null) end
from (
  select coalesce(:premises::text, '') = '' and coalesce(current_setting('bedspace.premises', true), '') = '' as all_over,
         array(select id from premises
               where code = any (case when :premises::text is not null then array[:premises::text]
                   else string_to_array(current_setting('bedspace.premises', true), ',') end)) as known
) ids;

-- name: page
-- Which placements are on a page, newest first.
select pl.id, pl.number from placement pl
where true
  and (:premises::text is null
       or pl.premises_id = (select id from premises where code = :premises)
       or exists (select from relocation m join premises p on p.id = m.to_premises
                  where m.placement_id = pl.id and m.settled_at is null and p.code = :premises)
       or exists (select from approach a join premises p on p.id = a.premises_id
                  where a.placement_id = pl.id and a.outcome is null and p.code = :premises))
  and (:state::text is null or pl.state = :state)
  and (:arriving::date is null or pl.arrives_on = :arriving and pl.state in ('booked', 'arrived', 'departed')
       or exists (select from relocation m
                  where m.placement_id = pl.id and m.settled_at is null and m.on_day = :arriving))
  and (:departing::date is null or pl.departs_on = :departing and pl.state in ('booked', 'arrived', 'departed')
       or exists (select from relocation m
                  where m.placement_id = pl.id and m.settled_at is null and m.on_day = :departing))
  and (not :mine::boolean or pl.referred_by = current_setting('bedspace.actor', true))
  and (:pdu::text is null or pl.referring_pdu = :pdu)
  and (:region::text is null or pl.referring_region = :region)
  and (:on::date is null or pl.state in ('booked', 'arrived', 'departed') and pl.arrives_on <= :on
       and (pl.departs_on > :on or pl.state = 'arrived' and :on <= :today::date))
  and (:before::bigint is null or pl.number < :before)
order by pl.number desc limit :limit::int;

-- name: page_among
-- The same among candidates.
select pl.id, pl.number from placement pl
where pl.id = any (:among::uuid[])
  and (:premises::text is null
       or pl.premises_id = (select id from premises where code = :premises)
       or exists (select from relocation m join premises p on p.id = m.to_premises
                  where m.placement_id = pl.id and m.settled_at is null and p.code = :premises)
       or exists (select from approach a join premises p on p.id = a.premises_id
                  where a.placement_id = pl.id and a.outcome is null and p.code = :premises))
  and (:state::text is null or pl.state = :state)
  and (:arriving::date is null or pl.arrives_on = :arriving and pl.state in ('booked', 'arrived', 'departed')
       or exists (select from relocation m
                  where m.placement_id = pl.id and m.settled_at is null and m.on_day = :arriving))
  and (:departing::date is null or pl.departs_on = :departing and pl.state in ('booked', 'arrived', 'departed')
       or exists (select from relocation m
                  where m.placement_id = pl.id and m.settled_at is null and m.on_day = :departing))
  and (not :mine::boolean or pl.referred_by = current_setting('bedspace.actor', true))
  and (:pdu::text is null or pl.referring_pdu = :pdu)
  and (:region::text is null or pl.referring_region = :region)
  and (:on::date is null or pl.state in ('booked', 'arrived', 'departed') and pl.arrives_on <= :on
       and (pl.departs_on > :on or pl.state = 'arrived' and :on <= :today::date))
  and (:before::bigint is null or pl.number < :before)
order by pl.number desc limit :limit::int;

-- name: lines
-- The lines of a page, newest first.
select line.*, a.answer_by, a.decides
from placement_line line
left join lateral (
  select answer_by, decides from approach
  where placement_id = line.id and outcome is null order by answer_by limit 1) a on true
where line.id = any (:ids::uuid[])
order by line.number desc;

-- name: known_codes^
-- Which of the codes that were given there are; one that was not given is no slip.
select :premises::text is null or exists (select from premises where code = :premises) as premises,
       :region::text is null or exists (select from region where code = :region) as region,
       :pdu::text is null or exists (select from pdu where code = :pdu) as pdu;

-- name: to_decide
-- A page of what waits for an answer, the one that is due next first: for premises' staff and the central referral
-- unit what is theirs to decide, for others whatever they see.
with due as materialized (
  select a.id, a.answer_by, a.decides, a.placement_id, a.premises_id
  from approach a
  join placement pl on pl.id = a.placement_id
  where a.outcome is null
    and case current_setting('bedspace.role', true)
          when 'central_referral_unit' then a.decides = 'central_referral_unit'
          when 'premises_staff' then a.decides = 'premises' and premises_in_scope(a.premises_id)
          when 'premises_manager' then a.decides = 'premises' and premises_in_scope(a.premises_id)
          else true end
    and (:premises::text is null or a.premises_id = (select id from premises where code = :premises))
    and (:mine::boolean is false or pl.referred_by = current_setting('bedspace.actor', true))
    and (:pdu::text is null or pl.referring_pdu = :pdu)
    and (:region::text is null or pl.referring_region = :region)
    and (:after_at::timestamptz is null or (a.answer_by, a.id) > (:after_at, :after_id::bigint))
  order by a.answer_by, a.id limit :limit::int
)
select line.*, due.answer_by, due.decides, due.id as approach_id, asked.code as asked, asked.name as asked_name
from due
join premises asked on asked.id = due.premises_id
join placement_line line on line.id = due.placement_id
where line.id = any (array(select placement_id from due))
order by due.answer_by, due.id;

-- name: approach_cursor^
-- Where the page after an approach goes on.
select answer_by, id from approach where id = :id;

-- name: day
-- Who comes and goes at premises on a day, and who is away, each as one line with what it is about.
with here as (select id from premises where code = :premises), known as materialized (
  select pl.id from placement pl, here where pl.premises_id = here.id and pl.state in ('booked', 'arrived')
  union
  select pl.id from placement pl, here
  where pl.premises_id = here.id and pl.state = 'departed' and pl.departs_on >= :on
  union
  select m.placement_id from relocation m, here where m.to_premises = here.id and m.settled_at is null
)
select line.*, null::timestamptz as answer_by, null::text as decides, about
from placement_line line
cross join lateral unnest(array[
  case when line.premises = :premises and (
         line.state = 'booked' and line.arrives_on <= :on::date
         or line.state in ('arrived', 'departed') and line.arrives_on = :on)
       or line.moves_to = :premises and line.move = 'agreed' and line.moves_on <= :on then 'arriving' end,
  case when line.premises = :premises and (
         line.state = 'arrived' and (line.departs_on <= :on or line.move = 'agreed' and line.moves_on <= :on)
         or line.state = 'departed' and (line.departed_at at time zone 'Europe/London')::date = :on)
       then 'departing' end,
  case when line.premises = :premises and line.away is not null then 'away' end]) as about
where about is not null and line.id = any (array(select id from known))
  and (line.premises = :premises or line.moves_to = :premises)
order by about, line.arrive_by nulls last, line.name, line.number;

-- name: residents$
-- How many live at premises, those away included.
select count(*) from placement_line where premises = :premises and state = 'arrived';

-- name: premises_at^
-- Premises by their code.
select code, name, postcode from premises where code = :code;
