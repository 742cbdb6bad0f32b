-- name: claims_that_overlap
-- Two claims on one bed for one night.
select format('bed %s: claims %s and %s share nights', a.bed_id, a.id, b.id)
from bed_claim a join bed_claim b on b.bed_id = a.bed_id and b.id > a.id and b.during && a.during
order by 1 limit :most;

-- name: persons_in_two_beds
-- One person with two beds for one night.
select format('claims %s and %s give one person two beds', a.id, b.id)
from bed_claim a join bed_claim b on b.person_id = a.person_id and b.id > a.id and b.during && a.during
order by 1 limit :most;

-- name: presence_that_differs
-- A claim for a person without its presence, or the other way round.
select format('claim %s', coalesce(c.id, p.claim_id))
from (select id, person_id, during from bed_claim where person_id is not null) c
full join presence p on p.claim_id = c.id
where c.person_id is distinct from p.person_id or c.during is distinct from p.during
order by 1 limit :most;

-- name: beds_without_a_state
-- A bed that no search would see change.
select format('bed %s', b.code) from bed b where not exists (select from bed_state s where s.bed_id = b.id)
order by 1 limit :most;

-- name: stays_without_a_person
-- Somebody sleeps there, and nobody knows who.
select format('claim %s', id) from bed_claim where kind = 'stay' and person_id is null order by 1 limit :most;

-- name: placements_that_differ
-- A booking or stay without a placement, or of a placement that says otherwise; a placement without its claim.
select format('claim %s is a %s of %s', c.id, c.kind, coalesce(p.reference || ', ' || p.state, 'no placement'))
from bed_claim c left join placement p on p.id = c.placement_id
where c.kind in ('booking', 'stay')
  and (p.id is null or p.person_id <> c.person_id or c.kind = 'stay' and p.state <> 'arrived'
       or c.kind = 'booking' and p.state not in ('booked', 'arrived'))
union all
select format('%s is %s, without a claim', p.reference, p.state) from placement p
where p.state = 'arrived' and not exists (select from bed_claim c where c.placement_id = p.id and c.kind = 'stay')
   or p.state = 'booked' and not exists (select from bed_claim c where c.placement_id = p.id and c.kind = 'booking')
order by 1 limit :most;

-- name: outages_that_differ
-- A bed out of service of which the newest revision says something else than its claim, or that has none of the two.
with newest as (
  select o.id, o.bed_id, o.cancelled_at, r.n, r.during, r.reason, r.cancelled
  from outage o left join lateral (
    select * from outage_revision where outage_id = o.id order by n desc limit 1) r on true
)
select format('outage %s says %s of bed %s, and claim %s says %s', n.id, n.during, n.bed_id, c.id, c.during)
from bed_claim c left join newest n on n.id = c.outage_id
where c.kind = 'out_of_service'
  and (n.during is distinct from c.during or n.bed_id is distinct from c.bed_id or n.reason is distinct from c.reason
       or n.cancelled_at is not null)
union all
select format('outage %s says %s, and the bed is not claimed', n.id, n.during) from newest n
where n.cancelled_at is null and upper(n.during) > (:now::timestamptz at time zone 'Europe/London')::date
  and not exists (select from bed_claim c where c.outage_id = n.id)
union all
select format('outage %s has revision %s, and that does not say whether it was cancelled', n.id, coalesce(n.n, 0))
from newest n where n.cancelled is distinct from (n.cancelled_at is not null)
order by 1 limit :most;

-- name: overbookings_of_nobody
-- A temporary bed that nobody allowed, for no reason, or without an end.
select format('bed %s', code) from bed
where (temporary_reason is not null or temporary_role is not null or temporary_by is not null)
  and (temporary_reason is null or coalesce(temporary_role, '') = '' or coalesce(temporary_by, '') = ''
       or upper_inf(open))
order by 1 limit :most;

-- name: claims_of_closed_beds
-- A claim from today on that is on nights when its bed is not open. Who sleeps in a bed that has closed is a stay.
select format('claim %s (%s) on bed %s', c.id, c.kind, b.code)
from bed_claim c join bed b on b.id = c.bed_id
cross join (select (:now::timestamptz at time zone 'Europe/London')::date as today) clock
where c.kind <> 'stay' and upper(c.during) > clock.today
  and not b.open @> daterange(greatest(lower(c.during), clock.today), upper(c.during))
order by 1 limit :most;

-- name: displaced_in_silence
-- A placement that lost its bed and has one, or of which nobody was told.
select format('%s is displaced, with claim %s', p.reference, c.id)
from placement p join bed_claim c on c.placement_id = p.id where p.state = 'displaced'
union all
select format('%s is displaced, and nobody was told', p.reference) from placement p
where p.state = 'displaced'
  and not exists (select from event e where e.kind = 'booking_displaced' and e.subject = 'placement:' || p.id)
order by 1 limit :most;

-- name: stays_not_lengthened
-- A stay that ended before today and has no departure: its bed looks free. The worker that lengthens it is not running.
select format('claim %s on bed %s, until %s', c.id, c.bed_id, upper(c.during)) from bed_claim c
where c.kind = 'stay' and upper(c.during) < (:now::timestamptz at time zone 'Europe/London')::date
  and not exists (select from bed_claim o
                  where o.id <> c.id and o.kind = 'stay' and (o.bed_id = c.bed_id or o.person_id = c.person_id)
                    and upper(o.during) > upper(c.during))
order by 1 limit :most;

-- name: expected_days_lost
-- A resident whose bed looks free before the day on which they are expected to leave, or who keeps it past that day and
-- tonight, as no stay that goes on from day to day does. A move that is agreed has a hold on the rest of the nights.
select format('claim %s is until %s, and %s is expected to leave on %s', c.id, upper(c.during), p.reference, p.departs_on)
from bed_claim c join placement p on p.id = c.placement_id
cross join (select (:now::timestamptz at time zone 'Europe/London')::date as today) clock
where c.kind = 'stay' and p.state = 'arrived' and not upper_inf(c.during)
  and (upper(c.during) > greatest(p.departs_on, clock.today + 1)
       or upper(c.during) < p.departs_on
          and not exists (select from relocation m
                          where m.placement_id = p.id and m.state = 'agreed' and m.settled_at is null)
          and not exists (select from bed_claim o
                          where o.bed_id = c.bed_id and o.id <> c.id and o.during @> upper(c.during)))
union all
select format('%s has departed, and nobody knows when they were to', p.reference) from placement p
where (p.state = 'departed') <> (p.expected_departure is not null)
order by 1 limit :most;

-- name: placements_not_told
-- A placement whose state is not what its history says last. What an import brought has no history until it changes.
select format('%s is %s, and its history says %s', p.reference, p.state, coalesce(h.state, 'nothing'))
from placement p left join lateral (
  select state from placement_history where placement_id = p.id and state is not null order by id desc limit 1) h on true
where h.state is distinct from p.state and (h.state is not null or p.origin = 'referral')
order by 1 limit :most;

-- name: approaches_that_differ
-- An open approach of a placement that asks nobody, a bed offered to nobody, and a booking that nobody accepted.
select format('%s is %s, and approach %s is open', p.reference, p.state, a.id)
from approach a join placement p on p.id = a.placement_id
where a.outcome is null and p.state not in ('referred', 'offered', 'displaced')
  and not exists (select from relocation m where m.approach_id = a.id and m.state = 'asked')
union all
select format('%s is offered, and nobody is asked', p.reference) from placement p
where p.state = 'offered'
  and not exists (select from approach a where a.placement_id = p.id and a.outcome is null and a.bed_id is not null)
union all
select format('%s is %s, and nobody accepted it', p.reference, p.state) from placement p
where p.origin = 'referral' and p.state in ('booked', 'arrived', 'departed', 'not_arrived')
  and not exists (select from approach a where a.placement_id = p.id and a.outcome = 'accepted')
order by 1 limit :most;

-- name: open_at_closed
-- A bed that is open on nights after its premises close, and premises that close by a closure that was withdrawn.
select format('bed %s is open after %s closes on %s', b.code, p.code, p.closed_from)
from premises p join bed b on b.premises_id = p.id
where p.closed_from is not null and (upper_inf(b.open) or upper(b.open) > p.closed_from)
union all
select format('%s closes on %s, by a closure that was withdrawn', p.code, p.closed_from)
from premises p join premises_closure c on c.id = p.closure_id where c.withdrawn_at is not null
order by 1 limit :most;

-- name: newest_versions
-- What premises are, as their history has it last. What was never changed since history is kept has none.
select p.code, v.record::text as record
from premises p join lateral (
  select record from premises_version where premises_id = p.id order by n desc limit 1) v on true
where p.code > :after order by p.code limit :batch;

-- name: moves_adrift
-- An open move of somebody who does not live there, without the approach that is asked or the booking that was agreed.
select format('%s is %s, with a move that is %s', p.reference, p.state, m.state)
from relocation m join placement p on p.id = m.placement_id
where m.settled_at is null
  and (p.state <> 'arrived'
       or m.state = 'asked' and not exists (
         select from approach a where a.id = m.approach_id and a.outcome is null)
       or m.state = 'agreed' and not exists (
         select from bed_claim c where c.placement_id = p.id and c.bed_id = m.to_bed and c.kind = 'booking'))
order by 1 limit :most;

-- name: proposals_that_differ
-- A bed that is proposed and not kept, kept for a proposal that is over, or proposed twice. Beds are kept a while past
-- the time to decide; a worker that is not running is no break.
select format('proposal %s of %s is open, and its bed is not kept', p.id, pl.reference)
from proposal p join placement pl on pl.id = p.placement_id
where p.outcome is null and p.kept_until > :now::timestamptz
  and not exists (select from bed_claim c where c.id = p.hold_id and c.bed_id = p.bed_id and c.kind = 'hold')
  and not exists (select from bed_claim_history h where h.id = p.hold_id and (h.ended_how <> 'ended' or h.ended_at > :now - interval '1 min'))
union all
select format('proposal %s of %s is over, and its bed is kept', p.id, pl.reference)
from proposal p join placement pl on pl.id = p.placement_id
where p.outcome is not null and exists (select from bed_claim c where c.id = p.hold_id)
union all
select format('bed %s is proposed %s times at once', p.bed_id, count(*))
from proposal p where p.outcome is null group by p.bed_id having count(*) > 1
union all
select format('%s has %s proposals at once', pl.reference, count(*))
from proposal p join placement pl on pl.id = p.placement_id
where p.outcome is null group by pl.reference having count(*) > 1
order by 1 limit :most;

-- name: decided_by_a_machine
-- An offer or a skip that no named person made.
select format('proposal %s was %s by %s', p.id, p.outcome, p.settled_by) from proposal p
where p.outcome in ('offered', 'skipped') and p.settled_by in ('', 'gateway')
union all
select format('skip %s of proposal %s by %s', s.id, s.proposal_id, s.skipped_by) from proposal_skip s
where s.skipped_by in ('', 'gateway')
union all
select format('proposal %s was skipped, without a reason', p.id) from proposal p
where p.outcome = 'skipped' and not exists (select from proposal_skip s where s.proposal_id = p.id)
order by 1 limit :most;

-- name: waiting_with_a_bed
-- Somebody on the waiting list who has a bed, or who is there without an end.
select format('%s is %s, and waits', pl.reference, pl.state) from placement pl
where pl.waiting_since is not null
  and (pl.state not in ('referred', 'offered', 'displaced', 'declined', 'lapsed') or pl.waiting_until is null
       or exists (select from bed_claim c where c.placement_id = pl.id and c.kind in ('booking', 'stay')))
order by 1 limit :most;

-- name: responsible_nobody
-- A change of responsibility to nobody, to a PDU of another region, or in the future.
select format('since %s, of the person of %s', r.since,
              coalesce((select min(n.reference) from nsi n where n.person_id = r.person_id), 'no NSI'))
from responsibility r left join pdu p on p.code = r.pdu_code
where coalesce(r.region_code, r.pdu_code, r.team, r.officer) is null
   or r.region_code is not null and p.region_code <> r.region_code
   or r.since > :now
order by 1 limit :most;

-- name: nsis_with_nobody_responsible
-- A confirmed NSI still under way, and nobody is on record as responsible for its person.
select n.reference from nsi n
where n.status not in ('prepared', 'completed', 'withdrawn', 'returned')
  and not exists (select from responsibility r where r.person_id = n.person_id and r.since <= :now)
order by 1 limit :most;

-- name: held_by_the_responsible
-- Caretaking that goes on though whoever supervises has become responsible, or is over for want of a day.
select format('caretaking %s by %s', c.id, c.by_pdu)
from caretaking c
join lateral (
  select pdu_code, since from responsibility r where r.person_id = c.person_id order by since desc limit 1) r
  on r.pdu_code = c.by_pdu
where upper_inf(c.during) or upper(c.during) > greatest((r.since at time zone 'Europe/London')::date, lower(c.during)) + 1
order by 1 limit :most;

-- name: statuses_not_told
-- An NSI whose status is not what its history says last.
select format('%s is %s, and its history says %s', n.reference, n.status, coalesce(h.status, 'nothing'))
from nsi n left join lateral (
  select status from nsi_history where nsi_id = n.id and status is not null order by id desc limit 1) h on true
where h.status is distinct from n.status
order by 1 limit :most;

-- name: statuses_not_folded
-- An NSI whose status is not what its reports come to, or that was merged and is not over. By its own reckoning: the
-- source that speaks of the latest time, by its highest version.
select format('%s is %s, and its reports come to %s', n.reference, n.status, coalesce(f.status, 'nothing'))
from nsi n left join lateral (
  select r.status,
         max(r.at) over (partition by r.source, r.record order by r.version) as counting, r.source, r.record, r.version
  from nsi_report r
  where r.nsi_id = n.id or (r.source <> 'bedspace' and r.nsi_id in (select m.id from nsi m where m.merged_into = n.id))
  order by counting desc, r.source collate "C" desc, r.record collate "C" desc, r.version desc limit 1) f on true
where case when n.merged_into is null then f.status is distinct from n.status else n.status <> 'withdrawn' end
order by 1 limit :most;

-- name: nsis_not_routed
-- An NSI that nobody was sent.
select n.reference from nsi n
where not exists (select from event e where e.subject = 'nsi:' || n.id and e.kind = 'nsi_routed')
order by 1 limit :most;

-- name: messages_without_their_nsis
-- A message that became NSIs which are not there, or that has none though its state says so.
select format('message %s is %s', i.id, i.state) from inbox i
where exists (select from unnest(i.nsi_ids) given where not exists (select from nsi where nsi.id = given))
   or i.state in ('prepared', 'raised') and not exists (select from nsi where nsi.inbox_id = i.id)
      and not exists (select from inbox_record r where r.inbox_id = i.id and r.state = 'raised')
   or i.state = 'raised' and exists (select from nsi where nsi.inbox_id = i.id and nsi.status = 'prepared')
order by 1 limit :most;

-- name: records_not_taken_once
-- A settled message of which a record is missing, or one that was raised as an NSI and leads to none.
select format('message %s has %s records, numbered to %s', r.inbox_id, count(*), max(r.n))
from inbox_record r join inbox i on i.id = r.inbox_id
where i.settled_at is not null
group by r.inbox_id
having count(*) <> max(r.n) or bool_or(r.kind = 'nsi' and r.state = 'raised' and r.nsi_id is null)
order by 1 limit :most;

-- name: messages_not_settled_once
-- A message that ended without saying so, or twice.
select format('message %s is %s, settled %s times', i.id, i.state, e.times)
from inbox i cross join lateral (
  select count(*) as times from event where subject = 'inbox:' || i.id and kind = 'message_settled') e
where e.times <> case when i.state in ('stored', 'reading') then 0 else 1 end
   or (i.settled_at is null) <> (i.state in ('stored', 'reading'))
order by 1 limit :most;

-- name: leases_overdue
-- What a dead process still holds.
select format('delivery %s, since %s', id, leased_until) from outbox
where state = 'leased' and leased_until < now() - interval '30 s'
union all
select format('message %s, since %s', id, reading_until) from inbox
where state = 'reading' and reading_until < :now::timestamptz - interval '30 s'
order by 1 limit :most;

-- name: deliveries_dead
-- Letters that were given up, with their reasons.
select format('delivery %s (%s): %s', id, purpose, reason) from outbox where state = 'dead' order by id desc limit :most;

-- name: owing_events
-- Events of kinds that owe letters, with the letters that are there.
select e.id, e.kind, e.subject, e.body, coalesce(array_agg(o.purpose) filter (where o.id is not null), '{}') as letters
from event e left join outbox o on o.event_id = e.id
where e.kind = any(:kinds) and e.id > :after
group by e.id order by e.id limit :batch;

-- name: changes_without_audit
-- Something happened, and nobody is on record as having done it.
select format('event %s (%s)', e.id, e.kind) from event e
where not exists (select from audit a where a.xid = e.xid)
order by 1 limit :most;

-- name: rows_not_sealed
-- Rows of the audit that have waited for a sealer for more than five minutes.
select format('%s rows, the oldest %s', count(*), min(a.id)) from audit a
where a.at < :now::timestamptz - interval '5 min' and not exists (select from audit_seal s where s.audit_id = a.id)
having count(*) > 0 limit :most;

-- name: marks_of_another_server
-- Transaction numbers that this server has not given yet: those rows would never be delivered, sealed or seen.
select format('%s rows of %s', count(*), marked.name)
from (select 'event' as name, xid from event union all select 'audit', xid from audit
      union all select 'bed_state', xid from bed_state) marked
where marked.xid >= pg_snapshot_xmax(pg_current_snapshot())
group by marked.name order by 1 limit :most;

-- name: promises_not_kept_by_tables
-- Constraints (or unique indexes) and triggers that hold the rest, and are gone or switched off.
select 'constraint ' || name from unnest(:constraints::text[]) name
where not exists (select from pg_constraint c where c.conname = name and c.convalidated)
  and not exists (select from pg_index i where i.indexrelid = to_regclass(name) and i.indisunique and i.indisvalid)
union all
select 'trigger ' || name from unnest(:triggers::text[]) name
where not exists (select from pg_trigger t where t.tgname = name and t.tgenabled in ('O', 'A'))
order by 1 limit :most;

-- name: walls_with_holes
-- Tables about people that row-level security does not bind everybody on, and a role that it does not bind.
select 'table ' || name from unnest(:tables::text[]) name
where not exists (select from pg_class c where c.relname = name and c.relrowsecurity and c.relforcerowsecurity
                    and exists (select from pg_policy p where p.polrelid = c.oid))
union all
select 'bedspace_app owns ' || c.relname from pg_class c where c.relowner = 'bedspace_app'::regrole
union all
select 'bedspace_app is above row-level security' from pg_roles r
where r.rolname = 'bedspace_app' and (r.rolsuper or r.rolbypassrls)
union all
select 'bedspace_app may change ' || name || ' by ' || act
from unnest(:appended::text[]) name, unnest(array['update', 'delete', 'truncate']) act
where has_table_privilege('bedspace_app', name, act)
order by 1 limit :most;

-- name: nsis_without_clocks
-- An NSI that runs and has no clock, or one of nobody.
select format('%s has no clocks', n.reference) from nsi n
where n.status not in ('completed', 'withdrawn', 'returned') and n.merged_into is null and not n.quiet
  and not exists (select from nsi_clock c where c.nsi_id = n.id)
union all
select format('%s %s is of nobody', n.reference, c.rule) from nsi_clock c join nsi n on n.id = c.nsi_id where c.owner = ''
order by 1 limit :most;

-- name: completed_past_the_mandatory
-- Completed by us, though an action was open that had to be closed before.
select format('%s: action %s', n.reference, a.n) from nsi n join nsi_action a on a.nsi_id = n.id
where n.status = 'completed' and not n.quiet and a.mandatory and a.done_at is null
  and not exists (select from nsi_report r where r.source <> 'bedspace' and r.status = 'completed'
                  and r.nsi_id in (select m.id from nsi m where m.id = n.id or m.merged_into = n.id))
order by 1 limit :most;

-- name: chased_for_nothing
-- A step of the ladder told before the day was missed.
select format('%s %s, step %s', n.reference, e.rule, e.step) from nsi_escalation e join nsi n on n.id = e.nsi_id
where e.step is not null and (e.raised_at at time zone 'Europe/London')::date <= e.due
order by 1 limit :most;

-- name: nsis_to_ended_pdus
-- An open NSI for a PDU that is not in force today and that nobody has succeeded: nobody would receive it.
select format('%s goes to %s', n.reference, n.receiving_pdu) from nsi n
where n.receiving_pdu is not null and n.status not in ('completed', 'withdrawn', 'returned')
  and pdus_on(array[n.receiving_pdu], (:now::timestamptz at time zone 'Europe/London')::date) = '{}'
order by 1 limit :most;

-- name: successors_in_a_circle
-- A PDU that succeeds itself, through others.
with recursive line (first, code) as (
  select pdu_code, successor from pdu_successor
  union
  select line.first, s.successor from line join pdu_successor s on s.pdu_code = line.code
)
select format('PDU %s', first) from line where first = code order by 1 limit :most;

-- name: sectors_elsewhere
-- A sector whose PDU, or who succeeds it, is none of its authority's on its first day, its last, or today.
select format('sector %s of %s in %s on %s', s.sector, s.gss, s.pdu_code, d.day)
from postcode_sector s
cross join lateral (
  select lower(s.valid) as day union select upper(s.valid) - 1
  union select (:now::timestamptz at time zone 'Europe/London')::date) d
where s.valid @> d.day and not pdus_on(array[s.pdu_code], d.day) && pdus_of_authority(s.gss, d.day)
order by 1 limit :most;

-- name: covers_of_another
-- Who covers an absence of a SPOC, for another PDU, purpose or days; or covers nobody's.
select format('contact %s of %s covers %s', c.id, c.pdu_code, coalesce('contact ' || s.id, 'nobody'))
from spoc c
left join spoc_absence a on a.cover_id = c.id
left join spoc s on s.id = a.spoc_id
where c.kind in ('deputy', 'team')
  and (c.pdu_code, c.purpose, 'spoc', c.valid) is distinct from (s.pdu_code, s.purpose, s.kind, a.during)
union all
select format('contact %s covers and is no deputy and no team', c.id)
from spoc_absence a join spoc c on c.id = a.cover_id where c.kind not in ('deputy', 'team')
order by 1 limit :most;

-- name: people_brought_together
-- Two people who must not meet, booked into or living in the same premises for a night by a claim that was placed after
-- that was recorded. Nights that somebody overstays are nobody's decision: only those that were agreed count.
select format('pair %s at %s from %s: claims %s and %s', k.pair, pr.code, lower(a.nights * b.nights), a.id, b.id)
from everybody_kept_apart() k
cross join lateral (
  select c.id, b.premises_id, c.placed_at, daterange(lower(c.during), least(upper(c.during), pl.departs_on), '[)') as nights
  from presence p join bed_claim c on c.id = p.claim_id join bed b on b.id = c.bed_id
  join placement pl on pl.id = c.placement_id
  where p.person_id = k.one and lower(c.during) < pl.departs_on) a
cross join lateral (
  select c.id, b.premises_id, c.placed_at, daterange(lower(c.during), least(upper(c.during), pl.departs_on), '[)') as nights
  from presence p join bed_claim c on c.id = p.claim_id join bed b on b.id = c.bed_id
  join placement pl on pl.id = c.placement_id
  where p.person_id = k.other and lower(c.during) < pl.departs_on) b
join premises pr on pr.id = a.premises_id
where a.premises_id = b.premises_id and not isempty(a.nights * b.nights * k.nights)
  and greatest(a.placed_at, b.placed_at) > k.since
order by 1 limit :most;

-- name: people_together
-- Two people who must not meet, in the same premises on some night from today on, however that came.
select format('pair %s at %s from %s', k.pair, pr.code, min(lower(a.during * b.during * k.nights)))
from everybody_kept_apart() k
join presence a on a.person_id = k.one
join presence b on b.person_id = k.other and a.during && b.during
join bed_claim ac on ac.id = a.claim_id join bed ab on ab.id = ac.bed_id
join bed_claim bc on bc.id = b.claim_id join bed bb on bb.id = bc.bed_id and bb.premises_id = ab.premises_id
join premises pr on pr.id = ab.premises_id
where not isempty(a.during * b.during * k.nights * daterange((:now::timestamptz at time zone 'Europe/London')::date, null))
group by k.pair, pr.code
order by 1 limit :most;

-- name: pairs_that_cannot_be
-- Two people who are kept apart twice for one reason, somebody who is kept from themselves, or an end by nobody.
select format('pairs %s', string_agg(id::text, ', ' order by id)) from must_not_meet
where ended_at is null and other_id is not null
group by least(person_id, other_id), greatest(person_id, other_id), kind having count(*) > 1
union all
select format('pair %s is of one person', one.pair) from everybody_kept_apart() one where one.one = one.other
union all
select format('pair %s was recorded or ended by nobody', id) from must_not_meet
where recorded_by = '' or (ended_at is not null and coalesce(ended_by, '') = '')
order by 1 limit :most;

-- name: checks_of_nobody
-- A check that names nobody who looked, or nothing that was looked at; or that found somebody whom no pair is of.
select format('check %s', c.id) from meeting_check c
where c.checked_by = '' or (c.outcome <> 'not_possible' and cardinality(c.against) = 0)
   or (c.outcome = 'recorded' and not exists (
         select from must_not_meet m
         where (m.person_id = c.person_id or m.other_id = c.person_id
                or m.other_crn = (select crn from person where id = c.person_id))
           and m.recorded_at <= c.checked_at))
order by 1 limit :most;

-- name: booked_unchecked
-- Somebody who was accepted though nobody had checked who must not meet them, without the reason why.
select pl.reference from placement pl
where pl.origin = 'referral' and pl.state in ('booked', 'arrived', 'departed') and pl.checked_reason is null
  and not exists (select from meeting_check c where c.person_id = pl.person_id and c.outcome <> 'not_possible')
order by 1 limit :most;

-- name: releases_of_others
-- A release whose placement, NSI or decision is about somebody else.
select format('%s has %s', r.reference, concat_ws(' and ', pl.reference, n.reference)) from release r
left join placement pl on pl.id = r.placement_id and pl.person_id <> r.person_id
left join nsi n on n.id = r.nsi_id and n.person_id <> r.person_id
where pl.id is not null or n.id is not null
order by 1 limit :most;

-- name: stays_without_their_nsi
-- A bed that is booked or lived in for a release, outside the home PDU, without an NSI.
select format('%s at %s', r.reference, pr.code) as said, home.region_code as region
from release r
join placement pl on pl.id = r.placement_id and pl.state in ('booked', 'arrived')
join premises pr on pr.id = pl.premises_id
join pdu home on home.code = coalesce(r.home_pdu, r.pdu_code)
where pr.pdu_code <> home.code and r.nsi_id is null
order by 1 limit 200;

-- name: nsis_out_of_order
-- An NSI that stands in its queue by another day than that of its next open clock.
select format('%s stands at %s', n.reference, n.next_due) from nsi n
where n.next_due <> coalesce((select min(c.due) from nsi_clock c
                              where c.nsi_id = n.id and c.met_on is null and c.applies), 'infinity')
order by 1 limit :most;

-- name: sought_for_nothing
-- Somebody in the queue of the nation whose move is over or who is somebody else; an NSI that is not marked, or is marked
-- and not there.
select format('%s for %s', h.reference, coalesce(n.reference, pl.reference)) from hard_to_place h
left join nsi n on n.id = h.nsi_id left join placement pl on pl.id = h.placement_id
where h.person_id <> coalesce(n.person_id, pl.person_id)
   or (h.outcome is null and (n.status in ('completed', 'withdrawn', 'returned') or n.hard_to_place_since is distinct from h.sought_at)
       and n.id is not null)
   or (h.outcome is null and pl.state in ('booked', 'arrived', 'departed', 'withdrawn', 'cancelled'))
union all
select format('%s is marked', n.reference) from nsi n
where n.hard_to_place_since is not null
  and not exists (select from hard_to_place h where h.nsi_id = n.id and h.outcome is null)
order by 1 limit :most;

-- name: completed_past_components
-- A case transfer completed by us, though a component was neither decided nor left open with a reason.
select format('%s: component %s', n.reference, c.n) from nsi n join nsi_component c on c.nsi_id = n.id
where n.status = 'completed' and n.type = 'case_transfer' and not n.quiet and c.decision = 'pending' and c.left_open = ''
  and c.added_at < (select max(r.received_at) from nsi_report r where r.nsi_id = n.id and r.status = 'completed')
  and not exists (select from nsi_report r where r.source <> 'bedspace' and r.status = 'completed'
                  and r.nsi_id in (select m.id from nsi m where m.id = n.id or m.merged_into = n.id))
order by 1 limit :most;

-- name: ends_asked_for_nothing
-- An end that was asked for though the NSI is history, or before the other end had reported anything.
select format('%s: %s, step %s', n.reference, c.missing, c.step) from end_chase c join nsi n on n.id = c.nsi_id
where n.quiet or not exists (select from nsi_end e where e.nsi_id = n.id and e.which <> c.missing)
order by 1 limit :most;

-- name: passed_by_a_temporary_move
-- Responsibility that passed by a temporary move, though the framework of 2022 leaves it with the origin.
select format('%s, since %s', n.reference, r.since) from responsibility r join nsi n on n.id = r.nsi_id
where n.type = 'temporary_move' and n.regime = 'framework_2022'
order by 1 limit :most;

-- name: reviewed_and_running
-- A temporary move whose origin said that it is over, and which runs, though no far system has said so since.
select format('%s: %s', n.reference, r.decision) from move_review r join nsi n on n.id = r.nsi_id
where r.decision in ('returned', 'case_transfer') and n.status not in ('completed', 'withdrawn', 'returned')
  and not exists (select from nsi_report f where f.source <> 'bedspace'
                  and f.nsi_id in (select m.id from nsi m where m.id = n.id or m.merged_into = n.id))
-- name: contacts_not_as_said
-- A contact that is not what its history says last.
select format('contact %s is %s, and its history says %s', c.id, c.outcome, coalesce(o.outcome, 'nothing'))
from contact c left join lateral (
  select outcome, at from contact_outcome where contact_id = c.id order by n desc limit 1) o on true
where (o.outcome, o.at) is distinct from (c.outcome, c.at)
order by 1 limit :most;

-- name: unasked
-- Of registrations that differ: those with an NSI between the two areas of which nobody was ever asked.
select format('%s: %s', n.reference, d.said) as said
from unnest(:persons::uuid[], :said::text[], :ones::text[], :others::text[]) as d (person, said, one, other)
cross join lateral (
  select id, reference from nsi
  where person_id = d.person and merged_into is null
    and (sending_pdu, receiving_pdu) in ((d.one, d.other), (d.other, d.one))
  order by number desc limit 1) n
where not exists (select from nsi_question q where q.nsi_id = n.id and q.kind = 'register_mismatch' and q.said = d.said)
order by 1 limit :most;

-- name: merged_adrift
-- A record that was merged and leads nowhere, or elsewhere; and one that has an NSI, a bed or a contact of its own.
select format('merge %s leads nowhere', m.id) from person_merge m
where m.undone_at is null and not exists (
  select from person_kept k where k.merge_id = m.id and (k.merged, k.kept) = (m.merged, m.kept))
union all
select format('merge %s is undone, and leads still', m.id) from person_merge m join person_kept k on k.merge_id = m.id
where m.undone_at is not null
union all
select format('%s is of a record that was merged', n.reference) from nsi n join person_kept k on k.merged = n.person_id
union all
select format('%s is of a record that was merged', p.reference) from placement p join person_kept k on k.merged = p.person_id
union all
select format('%s is of a record that was merged', r.reference) from release r join person_kept k on k.merged = r.person_id
union all
select format('claim %s is of a record that was merged', c.id) from bed_claim c join person_kept k on k.merged = c.person_id
union all
select format('contact %s is of a record that was merged', c.id) from contact c join person_kept k on k.merged = c.person_id
order by 1 limit :most;
