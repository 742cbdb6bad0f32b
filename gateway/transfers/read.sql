-- name: nsi^
-- One NSI with the names of its ends, and who receives it today: its SPOC or who covers. Where the person is masked, so is what tells of them.
select n.id, n.reference, n.type, n.status, n.person_id, n.move_on, n.until, n.rosh, n.mappa, n.missing,
       n.inbox_id, n.regime, n.sending_pdu, n.sending_said, n.sender_name, n.sender_email,
       n.receiving_pdu, n.receiving_region, n.way, n.sub_type, n.referred_on, n.started_on, n.ended_on, n.outcome,
       n.event_number, n.requirement, n.intended_provider, n.team, n.officer, n.officer_email, n.source, n.quiet,
       (select reference from nsi into_ where into_.id = n.merged_into) as merged_into,
       array(select m.reference from nsi m where m.merged_into = n.id order by m.number) as merged,
       case when p.id is not null then n.address end as address,
       case when p.id is not null then n.reason end as reason,
       p.crn, p.noms, p.pnc, p.name, p.birth_date, p.gender, p.limited_access,
       sending.name as sending_pdu_name, receiving.name as receiving_pdu_name, region.name as receiving_region_name,
       (select to_jsonb(s) from (
          select id, name, email, phone, hours, team, out_of_hours from spoc
          where spoc.id = coalesce(
            (select cover_id from spoc_absence a where a.spoc_id = n.spoc_id and a.during @> :today::date),
            n.spoc_id)) s) as spoc
from nsi n
join pdu receiving on receiving.code = n.receiving_pdu
join region on region.code = n.receiving_region
left join pdu sending on sending.code = n.sending_pdu
left join person p on p.id = n.person_id
where n.id = :id;

-- name: known_as
-- What far systems call an NSI, or what was merged into it.
select k.source, k.reference from nsi_known_as k
where k.nsi_id = :nsi or k.nsi_id in (select id from nsi where merged_into = :nsi) order by k.since, 1, 2;

-- name: notes
-- What was noted of an NSI and of those merged into it, oldest first.
select o.at, o.by_whom as by, o.text from nsi_note o
where o.nsi_id = :nsi or o.nsi_id in (select id from nsi where merged_into = :nsi) order by o.at, o.id;

-- name: questions
-- What somebody is asked, or has answered.
select id as n, kind, said, asked_at, answered_at, answered_by, answer from nsi_question where nsi_id = :nsi order by id;

-- name: evidence
-- Where each field was read.
select field, text, source, confidence from nsi_evidence where nsi_id = :nsi;

-- name: escalations
-- Whom overdue rules were told to, and concerns. What somebody said is masked with the person.
select e.id, e.rule, e.step, e.due, e.grade, e.pdu, e.raised_at, e.raised_by, e.answered_at, e.answered_by,
       case when p.id is not null then e.said else '' end as said,
       case when p.id is not null then e.answer else '' end as answer
from nsi_escalation e join nsi on nsi.id = e.nsi_id left join person p on p.id = nsi.person_id
where e.nsi_id = :nsi order by e.id;

-- name: history
-- What happened, oldest first, with the letters that are still on their way or could not be delivered.
select at, kind, note, by_whom, status from (
  select at, kind, note, by_whom, status, id from nsi_history where nsi_id = :nsi
  union all
  select e.at, case o.state when 'dead' then 'mail_dead' else 'mail_queued' end,
         concat_ws(' ', case o.purpose when 'nsi_to_spoc' then 'To the SPOC who receives.'
                                       when 'nsi_to_region' then 'To the region.'
                                       when 'reply_to_sender' then 'To the sender, in reply.' end, o.reason),
         'gateway', null, 9223372036854775807
  from outbox o join event e on e.id = o.event_id
  where o.state <> 'delivered'
    and o.subject in ('nsi:' || :nsi::text, (select 'inbox:' || inbox_id from nsi where id = :nsi))
) line order by at, id;

-- name: responsible^
-- Who is responsible for a person now.
select region.name as region, pdu.name as pdu, r.team, r.officer, r.since, r.why
from responsibility r
left join pdu on pdu.code = r.pdu_code
left join region on region.code = coalesce(r.region_code, pdu.region_code)
where r.person_id = :person and r.since <= :now
order by r.since desc limit 1;

-- name: caretaker^
-- Who supervises a person for whoever is responsible, on a day.
select jsonb_build_object('code', pdu.code, 'name', pdu.name) as pdu, lower(c.during) as since, upper(c.during) as until,
       c.reason
from caretaking c join pdu on pdu.code = c.by_pdu
where c.person_id = :person and c.during @> :today::date limit 1;

-- name: nsis
-- A page of NSIs, newest first, with the next rule due. A masked person has neither name nor CRN.
select n.id, n.number, n.reference, n.type, n.status, n.person_id, p.crn, p.name,
       coalesce(p.limited_access, true) as limited_access, n.move_on, n.way,
       n.sending_pdu, sending.name as sending_pdu_name,
       n.receiving_pdu, receiving.name as receiving_pdu_name, n.rosh,
       clock.due as next_due, coalesce(clock.due < :today::date, false) as overdue
from nsi n
join pdu receiving on receiving.code = n.receiving_pdu
left join pdu sending on sending.code = n.sending_pdu
left join person p on p.id = n.person_id
left join lateral (
  select min(due) as due from nsi_clock
  where nsi_id = n.id and met_on is null and applies and n.status not in ('withdrawn', 'returned')) clock on true
where (:pdu::text is null or :pdu in (n.receiving_pdu, n.sending_pdu))
  and (:status::text is null or n.status = :status)
  and (not :overdue::boolean or clock.due < :today)
  and (n.merged_into is null or not :anybody::boolean)
  and (:anybody or p.crn = :crn::text or p.id = :person::uuid)
  and (not :questions::boolean or exists (select from nsi_question q where q.nsi_id = n.id and q.answered_at is null))
  and (:before::bigint is null or n.number < :before)
order by n.number desc
limit :limit::int;

-- name: id_of$
-- The NSI of a reference.
select id from nsi where reference = :reference;
