-- Breaks, planted by the owner past every constraint. Each begins with its invariant, and what it is.

-- claims: two stays on one bed
alter table bed_claim drop constraint a_bed_has_one_claim_a_night;
insert into bed_claim (bed_id, kind, during, person_id, placed_by, placed_at) select bed_id, 'turnaround', during,
  null, 'x', now() from bed_claim where kind = 'stay';

-- persons: one person in two beds
alter table presence drop constraint a_person_has_one_bed_a_night;
insert into bed_claim (bed_id, kind, during, person_id, placement_id, placed_by, placed_at) select b.id, 'booking',
  c.during, c.person_id, c.placement_id, 'x', now() from bed b, bed_claim c where b.code = 'AP1-3' and c.kind = 'stay'
  and c.bed_id = (select id from bed where code = 'AP1-1');

-- presence: a presence lost
delete from presence;

-- presence: a presence of nobody's claim
update presence set person_id = gen_random_uuid();

-- presence: a presence of other nights
update presence set during = '[2027-01-01,2027-02-01)';

-- bed_states: a bed that nobody sees change
delete from bed_state where bed_id = (select max(id) from bed);

-- stays: a stay of nobody
alter table bed_claim drop constraint a_stay_has_a_person;
update bed_claim set person_id = null where kind = 'stay';

-- placements: a stay without a placement
alter table bed_claim drop constraint a_booking_or_stay_has_a_placement;
update bed_claim set placement_id = null where kind = 'stay';

-- placements: a placement that is a stay, and nobody sleeps there
alter table bed_claim drop constraint a_booking_or_stay_has_a_placement;
update bed_claim set kind = 'turnaround', placement_id = null, person_id = null where kind = 'stay';

-- outages: a claim of other nights than the newest revision
update bed_claim set during = daterange(lower(during), upper(during) + 1) where kind = 'out_of_service';

-- outages: a revision that the claim did not follow
insert into outage_revision select outage_id, n + 1, '[2027-01-01,2027-01-02)', reason, reference, note, cancelled,
  made_at, made_by from outage_revision where n = 1;

-- outages: a claim lost
delete from bed_claim where kind = 'out_of_service';

-- outages: cancelled, and still claimed
update outage set cancelled_at = now();

-- outages: a bed out of service that nobody said a word of
delete from outage_revision;

-- overbooking: a temporary bed that nobody allowed
alter table bed drop constraint a_temporary_bed_has_a_reason_a_role_and_an_end;
update bed set temporary_by = null where temporary_reason is not null;

-- overbooking: a temporary bed without an end
alter table bed drop constraint a_temporary_bed_has_a_reason_a_role_and_an_end;
update bed set open = daterange(lower(open), null) where temporary_reason is not null;

-- open: a bed that closed under a booking
update bed set open = daterange(lower(open), '2027-06-02') where code = 'AP1-3';

-- displaced: displaced in silence
delete from outbox where event_id in (select id from event where kind = 'booking_displaced');
delete from event where kind = 'booking_displaced';

-- displaced: displaced, and still with a bed
update bed_claim set placement_id = (select id from placement where state = 'displaced') where kind = 'booking';

-- expected: a bed that looks free before its resident is to leave
update placement set departs_on = departs_on + 1 where state = 'arrived';

-- expected: a stay that goes on, and the expected day with it
update placement set departs_on = departs_on - 40 where state = 'arrived' and departs_on > '2027-01-01';

-- expected: a day that a departure forgot
alter table placement drop constraint who_departed_was_expected_to_on_a_day;
update placement set state = 'departed', departed_at = arrived_at where state = 'arrived';

-- told: a state that nobody gave it
update placement set state = 'lapsed' where state = 'referred';

-- told: a history cut off
delete from placement_history where state is not null;

-- approaches: asked for somebody whose referral was withdrawn
update placement set state = 'withdrawn' where state = 'referred' and waiting_since is null;

-- approaches: a booking that nobody accepted
update approach set outcome = 'withdrawn' where outcome = 'accepted';

-- approaches: offered, and nobody asked
update placement set state = 'offered' where state = 'booked';

-- closures: a bed that is open after its premises closed
update bed set open = daterange('2021-06-26', '2026-11-01') where code = 'AP2-1';
with closure as (
  insert into premises_closure (premises_id, closed_from, reason, approved_by, approved_on, approval_reference,
    recorded_at, recorded_by) select id, '2026-11-01', 'works', 'A Director', '2026-10-01', 'D-1', now(), 'x'
  from premises where code = 'AP2' returning id)
update premises set closed_from = '2026-11-01', closure_id = (select id from closure) where code = 'AP2';
alter table bed disable trigger beds_close_with_their_premises;
update bed set open = daterange('2021-06-26', null) where code = 'AP2-1';

-- closures: a closure that was withdrawn, in force
update bed set open = daterange('2021-06-26', '2026-11-01') where code = 'AP2-1';
with closure as (
  insert into premises_closure (premises_id, closed_from, reason, approved_by, approved_on, approval_reference,
    recorded_at, recorded_by, withdrawn_at, withdrawn_by) select id, '2026-11-01', 'works', 'A Director', '2026-10-01',
    'D-1', now(), 'x', now(), 'x' from premises where code = 'AP2' returning id)
update premises set closed_from = '2026-11-01', closure_id = (select id from closure) where code = 'AP2';

-- remembered: premises that changed, and nobody knows when or by whom
update premises set arrive_by = '16:00' where code = 'AP2';

-- remembered: a version that was rewritten
update premises_version set record = jsonb_set(record, '{rooms}', '[]');

-- moves: a move of somebody who does not live there
insert into relocation (placement_id, approach_id, from_premises, from_bed, to_premises, to_bed, on_day, departs_on,
  reason, state, asked_at, asked_by) select p.id, a.id, a.premises_id, b.id, o.id, b.id, p.arrives_on, p.departs_on,
  'closure', 'asked', now(), 'x' from placement p join approach a on a.placement_id = p.id and p.state = 'booked'
  join bed b on b.code = 'AP1-1' join premises o on o.code = 'AP2';

-- responsible: nobody responsible
alter table responsibility drop constraint somebody_is_responsible;
update responsibility set region_code = null, pdu_code = null, officer = null;

-- responsible: responsible from tomorrow
update responsibility set since = since + interval '1 day';

-- responsible: a PDU of another region
update responsibility set region_code = (select min(code) from region r where r.code <> region_code);

-- held: held for another by whoever is responsible
insert into caretaking (id, person_id, by_pdu, for_pdu, during, recorded_at, recorded_by)
select gen_random_uuid(), person_id, pdu_code, 'N55HER', '[2026-11-01,)', now(), 'x' from responsibility
where not person_id in (select merged from person_kept);

-- promises: responsibility may be back-dated
drop trigger responsibility_goes_forward on responsibility;

-- walls: who was responsible can be changed afterwards
grant update on responsibility to bedspace_app;

-- sought: in the queue, and not marked
insert into hard_to_place (id, person_id, nsi_id, reason, tried, needed, sought_at, sought_by)
select gen_random_uuid(), person_id, id, 'other', 'x', 'x', now(), 'x' from nsi where status = 'raised';

-- sought: marked, and not in the queue
update nsi set hard_to_place_since = now() where status = 'raised';

-- sought: a bed is sought for who has one
insert into hard_to_place (id, person_id, placement_id, reason, tried, needed, sought_at, sought_by)
select gen_random_uuid(), person_id, id, 'other', 'x', 'x', now(), 'x' from placement where state = 'booked' limit 1;

-- components: completed past a component that nobody decided
alter table nsi disable trigger user;
insert into nsi_component (nsi_id, n, kind, title, added_at) select id, 1, 'supervision', 'x', '2026-01-01' from nsi where status = 'raised';
insert into nsi_report (nsi_id, source, version, status, at, received_at, by_whom)
select id, 'bedspace', 99, 'completed', now(), now(), 'x' from nsi where status = 'raised';
update nsi set status = 'completed', ended_on = current_date where status = 'raised';

-- ends: asked for an end though nobody had reported the other
insert into end_chase (nsi_id, missing, step, at) select id, 'in', 1, now() from nsi where status = 'raised';

-- ends: history is asked for an end
insert into nsi_end (nsi_id, which, on_day, reported_at, reported_by) select id, 'out', '2026-11-01', now(), 'x' from nsi where status = 'raised';
insert into end_chase (nsi_id, missing, step, at) select id, 'in', 1, now() from nsi where status = 'raised';
update nsi set quiet = true where status = 'raised';

-- origin: a temporary move made another responsible
update nsi set type = 'temporary_move', until = move_on + 1 where status = 'raised';
insert into responsibility (person_id, since, pdu_code, nsi_id, by_whom)
select n.person_id, max(r.since) + interval '1 microsecond', 'N55LEE', n.id, 'x'
from nsi n join responsibility r on r.person_id = n.person_id where n.status = 'raised' group by n.id;

-- reviewed: back, and the move runs
insert into move_review (nsi_id, until, asked_at, decision, decided_at, decided_by, back_on)
select id, current_date, now(), 'returned', now(), 'x', current_date from nsi where status = 'raised';

-- promises: a case transfer completes past its components
drop trigger components_are_decided_first on nsi;

-- walls: what was done about a search can be changed afterwards
grant update on hard_to_place_step to bedspace_app;

-- history: a status that nobody set
update nsi set status = 'withdrawn', ended_on = current_date;

-- history: a history cut off
delete from nsi_history where kind = 'confirmed';

-- folded: a status that nobody reported
update nsi set status = 'received' where status = 'raised';

-- folded: a report that was lost
delete from nsi_report where version = (select max(version) from nsi_report);

-- routed: an NSI that nobody was sent
update event set kind = 'nsi_kept' where kind = 'nsi_routed';

-- receivers: an open NSI for a PDU that has ended
update pdu set valid = daterange(lower(valid), '2026-11-01') where code in (select receiving_pdu from nsi);

-- successors: two that succeed each other
insert into pdu_successor (pdu_code, successor) select a.code, b.code from pdu a, pdu b
  where a.code <> b.code and a.code in (select code from pdu order by code limit 2)
  and b.code in (select code from pdu order by code limit 2) on conflict do nothing;

-- sectors: a sector in a PDU of another authority
insert into postcode_sector (gss, sector, pdu_code, valid, said_by, kept_by, kept_at)
  select l.gss, 'ZZ1 1', (select max(p.code) from pdu p where p.region_code <> o.region_code),
  '[2026-11-01,2027-11-01)', 'x', 'x', now() from local_authority_pdu l join pdu o on o.code = l.pdu_code
  order by l.gss limit 1;

-- covers: a deputy of another PDU
insert into spoc (pdu_code, purpose, kind, name, email, phone, hours, team)
  select 'N55YRK', 'transfer', 'deputy', 'x', 'x@x.invalid', 'x', 'x', 'x';
insert into spoc_absence (spoc_id, during, cover_id, kept_by, kept_at)
  select s.id, c.valid, c.id, 'x', now() from spoc s, spoc c
  where c.kind = 'deputy' and s.pdu_code = 'N55LEE' and s.purpose = 'transfer';

-- covers: a team that covers nobody
insert into spoc (pdu_code, purpose, kind, name, email, phone, hours, team)
  values ('N55YRK', 'transfer', 'team', 'x', 'x@x.invalid', 'x', 'x', 'x');

-- messages: an NSI gone from its message
update nsi set inbox_id = null;

-- messages: an NSI that is not there
update inbox set nsi_ids = array[gen_random_uuid()] where state = 'raised';

-- messages: raised, and not confirmed
update inbox set state = 'raised' where state = 'prepared';

-- records: a record that was never taken
delete from inbox_record where n = 1;

-- records: raised, and as no NSI
update inbox_record set nsi_id = null;

-- settled: a message settled in silence
delete from outbox where purpose = 'reply_to_sender';
delete from event where kind = 'message_settled';

-- settled: a message that was never settled
update inbox set settled_at = null where state = 'prepared';

-- letters: a letter to the SPOC lost
delete from outbox where id = (select max(id) from outbox where purpose = 'nsi_to_spoc');

-- letters: a reply lost
delete from outbox where purpose = 'reply_to_sender';

-- letters: a letter that nobody owes
update outbox set purpose = 'reply_to_sender' where purpose = 'nsi_to_spoc';

-- leases: a letter held by the dead
update outbox set state = 'leased', delivered_at = null, lease_token = gen_random_uuid(), leased_until = now() -
  interval '31 s';

-- leases: a message held by the dead
update inbox set reading_until = '2026-11-22T09:59:29Z' where state = 'reading';

-- audited: a change that nobody made
delete from audit where action = 'claim.place';

-- audit: an audit row changed
update audit set actor = 'somebody' where id = 2;

-- audit: an audit row deleted
delete from audit where id = 2;

-- audit: a link cut out
delete from audit_seal where seq = 2;

-- marks: a row from another server
update event set xid = '9999999999';

-- proposals: a proposed bed that nobody keeps
update bed_claim set kind = 'turnaround', expires_at = null where id in (select hold_id from proposal where outcome is null);

-- proposals: a bed kept for a proposal that is over
update proposal set outcome = 'closed', settled_at = now(), settled_by = 'x' where outcome is null;

-- proposals: a bed proposed twice
drop index a_bed_has_one_open_proposal;
drop index a_placement_has_one_open_proposal;
insert into proposal (placement_id, bed_id, premises_id, hold_id, from_day, until_day, place, proposed_at, kept_until)
  select placement_id, bed_id, premises_id, hold_id, from_day, until_day, place, proposed_at, kept_until from proposal
  where outcome is null;

-- decided: an offer that a machine made
alter table proposal drop constraint nobody_is_offered_or_skipped_by_machine;
update proposal set settled_by = 'gateway' where outcome = 'skipped';

-- decided: a skip without a reason
delete from proposal_skip;

-- waits: somebody who waits with a bed
alter table placement drop constraint who_waits_has_no_bed;
update placement set waiting_since = now(), waiting_until = now() where state = 'booked';

-- apart: two who must not meet, placed in the same premises
insert into must_not_meet (person_id, other_id, kind, source, since, recorded_at, recorded_by)
  select a.person_id, b.person_id, 'rival', 'prison', '2020-01-01', '2020-01-01', 'x'
  from bed_claim a join bed_claim b on a.person_id < b.person_id where a.kind = 'stay' and b.kind = 'booking' limit 1;
update bed_claim set during = daterange(lower(during), lower(during) + 900) where kind = 'stay';
update placement set arrives_on = '2026-11-01', departs_on = '2029-01-01', premises_id = 1 where state in ('arrived', 'booked');
update bed set premises_id = 1;

-- pairs: two people kept apart twice, in either order
drop index two_people_are_kept_apart_once;
insert into must_not_meet (person_id, other_id, kind, source, since, recorded_at, recorded_by)
  select other_id, person_id, kind, source, since, recorded_at, recorded_by from must_not_meet;

-- pairs: somebody kept from themselves
alter table must_not_meet drop constraint nobody_is_kept_from_themselves;
update must_not_meet set other_id = person_id;

-- checks: a check that names nobody
alter table meeting_check drop constraint a_check_says_who_looked;
update meeting_check set checked_by = '';

-- checks: a check against nothing
alter table meeting_check drop constraint a_check_says_where_somebody_looked;
update meeting_check set against = '{}';

-- checks: somebody found whom no pair is of
delete from must_not_meet;

-- unchecked: a booking without a check and without a reason
delete from meeting_check;

-- clocks: an NSI without clocks
delete from nsi_clock;

-- clocks: a clock of nobody
update nsi_clock set owner = '';

-- overseen: an NSI completed past what is mandatory
alter table nsi disable trigger what_is_mandatory_is_closed_first;
update nsi set status = 'completed', ended_on = current_date;

-- chased: somebody told of what was not overdue
insert into nsi_escalation (nsi_id, rule, step, due, grade, raised_at, raised_by)
select nsi_id, rule, 1, due, 'spo', due - interval '1 day', 'gateway' from nsi_clock limit 1;

-- promises: a trigger of the mandatory switched off
alter table nsi disable trigger what_is_mandatory_is_closed_first;
-- releases: a bed of somebody else
insert into release (id, person_id, prison_code, release_on, near, pdu_code, region_code, gender, noticed_at, noticed_by,
  changed_at, placement_id) select gen_random_uuid(), (select person_id from nsi order by number limit 1), 'LEI',
  '2027-06-01', 'Leeds', 'N55LEE', 'N55', 'male', now(), 'x', now(), id from placement where state = 'booked' limit 1;

-- releases: an NSI of somebody else
insert into release (id, person_id, prison_code, release_on, near, pdu_code, region_code, gender, noticed_at, noticed_by,
  changed_at, nsi_id) select gen_random_uuid(), (select person_id from nsi order by number limit 1), 'LEI',
  '2027-06-01', 'Leeds', 'N55LEE', 'N55', 'male', now(), 'x', now(), (select id from nsi order by number desc limit 1);

-- stays_elsewhere: a bed in another PDU, and nobody there is told
update premises set pdu_code = 'N55BAC';
insert into release (id, person_id, prison_code, release_on, near, pdu_code, region_code, gender, noticed_at, noticed_by,
  changed_at, placement_id) select gen_random_uuid(), pl.person_id, 'LEI', '2027-06-01', 'Leeds', 'N55LEE', 'N55', 'male',
  now(), 'x', now(), pl.id from placement pl join person on person.id = pl.person_id where pl.state = 'booked' limit 1;

-- promises: a constraint gone
alter table bed_claim drop constraint a_bed_has_one_claim_a_night;

-- promises: a trigger switched off
alter table bed_claim disable trigger user;

-- walls: a table without its wall
alter table nsi no force row level security;

-- walls: a table whose wall is switched off
alter table person disable row level security;

-- walls: a policy gone
drop policy inbox_of_the_nation_or_ones_own on inbox;

-- walls: an owner who is not bound
alter table captured_mail owner to bedspace_app;

-- walls: an audit that can be changed
grant update on audit to bedspace_app;

-- queue: an NSI that stands in its queue by the wrong day
update nsi set next_due = next_due + 1 where next_due < 'infinity';
-- contacts: an outcome that nobody is on record as having said
update contact set outcome = 'attended';

-- contacts: a contact without a history
delete from contact_outcome;

-- contacts: a contact said to be on another day
update contact set at = at - interval '1 day';

-- merged: an NSI left with the record that was merged
update nsi set person_id = (select merged from person_kept) where number = (select max(number) from nsi);

-- merged: a merge undone by a stroke of the pen
update person_merge set undone_at = now(), undone_by = 'x';

-- merged: a merge that leads nowhere
delete from person_kept;

-- promises: a record may be merged twice
drop index a_record_is_merged_once;
