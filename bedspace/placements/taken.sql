-- name: look^
-- A placement as it is just now, nothing locked: which beds to queue for.
select pl.person_id,
       array(select a.hold_id from approach a where a.placement_id = pl.id and a.outcome is null and a.hold_id is not null)
         || array(select m.kept_hold from relocation m
                  where m.placement_id = pl.id and m.settled_at is null and m.kept_hold is not null) as holds,
       array(select b.code from relocation m join bed b on b.id in (m.from_bed, m.to_bed)
             where m.placement_id = pl.id and m.settled_at is null) as beds
from placement pl where pl.id = :id;

-- name: proposed_bed$
-- The bed that the waiting list keeps for it, nothing locked.
select bed from open_proposal_of(:id::uuid);

-- name: lock_person
-- Queues for a person: two acts about one person wait for each other, whatever beds they are about.
select pg_advisory_xact_lock(hashtextextended(:person::uuid::text, 0));

-- name: take^
-- One placement, locked until the end of this transaction.
select pl.id, pl.reference, pl.state, pl.person_id as person, pl.gender, pl.type, pl.timeliness, pl.arrives_on,
       pl.departs_on, pl.need, pl.premises_id, pl.arrive_by, pl.alerted_at, pl.arrived_at, pl.departed_at, pl.away,
       pl.away_since, pl.away_until, pl.ended_reason, pl.ended_note, pl.move_on, pl.checked_reason, pl.officer_email
from placement pl where pl.id = :id for no key update of pl;

-- name: open_approaches
-- Those that nobody has answered, and whether whoever acts may answer them.
select a.id, a.premises_id, p.code as premises, p.name as premises_name, b.code as bed, a.hold_id, a.decides,
       a.answer_by, p.arrive_by as by_hour,
       exists (select from relocation m where m.approach_id = a.id) as for_a_move
from approach a join premises p on p.id = a.premises_id left join bed b on b.id = a.bed_id
where a.placement_id = :id and a.outcome is null order by a.id;

-- name: open_move^
-- The move between premises that is asked for or agreed.
select m.id, m.approach_id, m.from_premises, f.code as from_code, m.from_bed, fb.code as from_bed_code, m.to_premises,
       t.code as to_code, t.name as to_name, m.to_bed, tb.code as to_bed_code, m.on_day, m.departs_on, m.state,
       m.kept_hold
from relocation m join premises f on f.id = m.from_premises join premises t on t.id = m.to_premises
join bed fb on fb.id = m.from_bed join bed tb on tb.id = m.to_bed
where m.placement_id = :id and m.settled_at is null;

-- name: save$
-- All of a placement that acts change. Who has a bed, or needs none, waits no longer. The day on which somebody was to
-- leave is kept when they have left on another.
update placement set
  state = :state, arrives_on = :arrives_on, departs_on = :departs_on, need = :need, premises_id = :premises_id,
  arrive_by = :arrive_by, alerted_at = :alerted_at, arrived_at = :arrived_at, departed_at = :departed_at,
  expected_departure = case when :state = 'departed' then coalesce(expected_departure, departs_on) end, away = :away,
  away_since = :away_since, away_until = :away_until, ended_reason = :ended_reason, ended_note = :ended_note,
  move_on = :move_on, checked_reason = :checked_reason, changed_at = :now,
  waiting_since = case when :waits::boolean then waiting_since end,
  waiting_until = case when :waits::boolean then waiting_until end
where id = :id returning id;

-- name: tell!
-- One more line of history, by whoever acts.
insert into placement_history (placement_id, at, kind, state, note, by_whom)
values (:placement, :at, :kind, :state, :note, current_setting('bedspace.actor', true));

-- name: done^
-- What a write answers.
select pl.id, pl.reference, pl.state, pl.arrives_on, pl.departs_on, p.code as premises,
       (select b.code from bed_claim c join bed b on b.id = c.bed_id
        where c.placement_id = pl.id order by c.kind = 'stay' desc, lower(c.during) limit 1) as bed
from placement pl left join premises p on p.id = pl.premises_id where pl.id = :id;

-- name: spocs^
-- Whether the SPOC of the PDU of premises can be told of an AP referral, or whoever answers for transfers where there is
-- none; and that of where the person resettles, where a release says so. Each PDU once, by the first approach to it.
select exists (
         select from premises p join spoc s on s.pdu_code = p.pdu_code and s.purpose in ('ap_referral', 'transfer')
         where p.id = :premises_id and s.kind = 'spoc' and s.valid @> :today::date
           and not exists (select from approach a join premises o on o.id = a.premises_id
                           where a.placement_id = :placement and a.id <> :approach and o.pdu_code = p.pdu_code)) as spoc,
       exists (
         select from resettles_in(:person) as pdu join spoc s on s.pdu_code = pdu and s.purpose in ('release', 'transfer')
         where s.kind = 'spoc' and s.valid @> :today::date
           and pdu is distinct from (select pdu_code from premises where id = :premises_id)
           and not exists (select from approach a where a.placement_id = :placement and a.id <> :approach)) as resettlement;

-- name: contacts
-- What kinds of contact premises have, for letters.
select purpose from premises_contact where premises_id = :premises_id;

-- name: window^
-- The nights and needs of a placement, nothing locked.
select arrives_on, departs_on, need from placement where id = :id;
