-- name: move^
-- A temporary move with its ends, and who sends.
select n.until, n.started_on, n.ended_on, n.address, n.postcode, n.rosh, n.mappa, n.sending_pdu, n.sending_region, n.sender_name,
       n.sender_email, n.receiving_pdu, n.event_number, p.region_code
from nsi n left join pdu p on p.code = n.sending_pdu where n.id = :nsi;

-- name: person^
-- Who it is about.
select name, crn, noms, pnc, birth_date, gender from person where id = :person;

-- name: ask$
-- The review of an end is asked for; answers whether it was not before.
with kept as (
  insert into move_review (nsi_id, until, asked_at) values (:nsi, :until, :now) on conflict do nothing returning 1)
select exists (select from kept);

-- name: decide!
-- What was decided about an end.
insert into move_review (nsi_id, until, asked_at, decision, decided_at, decided_by, back_on, new_until, new_nsi, why)
values (:nsi, :until, :now, :decision, :now, current_setting('bedspace.actor', true), :back_on::date, :new_until::date,
        :new_nsi::uuid, :why)
on conflict (nsi_id, until) do update set decision = excluded.decision, decided_at = excluded.decided_at,
  decided_by = excluded.decided_by, back_on = excluded.back_on, new_until = excluded.new_until,
  new_nsi = excluded.new_nsi, why = excluded.why;

-- name: newest^
-- The newest review of a temporary move, decided or not.
select until, decision, new_until, back_on from move_review where nsi_id = :nsi order by until desc limit 1;

-- name: reviews
-- The reviews of a temporary move, the newest first.
select r.until, r.asked_at, r.decision, r.decided_at, r.decided_by, r.back_on, r.new_until, n.reference as new_nsi, r.why
from move_review r left join nsi n on n.id = r.new_nsi where r.nsi_id = :nsi order by r.until desc;

-- name: set_until!
-- It lasts longer.
update nsi set until = :until where id = :nsi;

-- name: line^
-- The line of the action list on which the review is recorded.
select n, done_at, evidence from nsi_action where nsi_id = :nsi and kind = 'review_on_return';

-- name: settle!
-- The question of the review is answered.
update nsi_question set answered_at = :now, answered_by = current_setting('bedspace.actor', true), answer = :answer
where nsi_id = :nsi and kind = 'move_review' and answered_at is null;

-- name: to_ask
-- Temporary moves that are at their end, or over without a review, of which nobody was asked. History asks nobody.
select n.id from nsi n
where n.type = 'temporary_move' and not n.quiet and n.merged_into is null
  and (n.status in ('raised', 'received', 'allocated', 'in_progress') and n.until <= :today::date
       or n.status = 'completed' and n.ended_on > :today - 28
          and exists (select from nsi_action a where a.nsi_id = n.id and a.kind = 'review_on_return' and a.done_at is null))
  and not exists (select from move_review r where r.nsi_id = n.id
                  and case when n.status = 'completed' then r.decision is distinct from 'extended' else r.until = n.until end)
order by n.number limit :limit::int;
