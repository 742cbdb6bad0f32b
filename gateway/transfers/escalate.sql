-- name: to_escalate
-- NSIs with a clock that is overdue, not met, not looked at today, and not history.
select c.nsi_id from nsi_clock c join nsi n on n.id = c.nsi_id
where c.met_on is null and c.applies and c.due < :today::date and (c.looked_on is null or c.looked_on < :today)
  and not n.quiet and n.merged_into is null and n.status not in ('withdrawn', 'returned')
group by c.nsi_id order by min(c.due), c.nsi_id limit :limit::int;

-- name: overdue
-- Clocks of one NSI that are overdue, with the steps that were told of the day that was missed.
select c.rule, c.title, c.due, c.owner,
       array(select e.step from nsi_escalation e
             where e.nsi_id = c.nsi_id and e.rule = c.rule and e.due = c.due and e.step is not null) as told
from nsi_clock c join nsi n on n.id = c.nsi_id
where c.nsi_id = :nsi and c.met_on is null and c.applies and c.due < :today::date
  and not n.quiet and n.merged_into is null and n.status not in ('withdrawn', 'returned')
order by c.due, c.rule;

-- name: sending_pdu$
-- The PDU that sends.
select sending_pdu from nsi where id = :nsi;

-- name: raise_step$
-- One step, once: answers whether it is new.
with kept as (
  insert into nsi_escalation (nsi_id, rule, step, due, grade, pdu, at_once, raised_at, raised_by)
  values (:nsi, :rule, :step::int, :due::date, :grade, :pdu::text, :at_once, :now, 'gateway')
  on conflict do nothing returning 1)
select exists (select from kept);

-- name: looked!
-- Its overdue clocks were looked at today.
update nsi_clock set looked_on = :today where nsi_id = :nsi and met_on is null and due < :today::date;

-- name: has_clock$
-- Whether it has a clock of a rule.
select exists (select from nsi_clock where nsi_id = :nsi and rule = :rule and applies);

-- name: said_already$
-- Whether the same concern is unanswered.
select exists (select from nsi_escalation
               where nsi_id = :nsi and step is null and said = :said and answered_at is null
                 and raised_by = current_setting('bedspace.actor', true));

-- name: own_pdu$
-- The PDU of whoever acts, of the two ends; the sending one where they work for both or for neither.
select case when coalesce(n.receiving_pdu = any (string_to_array(current_setting('bedspace.pdus', true), ',')), false)
             and not coalesce(n.sending_pdu = any (string_to_array(current_setting('bedspace.pdus', true), ',')), false)
            then n.receiving_pdu else coalesce(n.sending_pdu, n.receiving_pdu) end
from nsi n where n.id = :nsi;

-- name: raise_concern!
-- A concern about the progress.
insert into nsi_escalation (nsi_id, rule, grade, pdu, at_once, raised_at, raised_by, said)
values (:nsi, :rule::text, 'spo', :pdu, true, :now, current_setting('bedspace.actor', true), :said);

-- name: escalation^
-- One escalation or concern of an NSI.
select rule, answered_at from nsi_escalation where nsi_id = :nsi and id = :id;

-- name: answer!
-- What has been done about it.
update nsi_escalation set answered_at = :now, answered_by = current_setting('bedspace.actor', true), answer = :answer
where id = :id;
