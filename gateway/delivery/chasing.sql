-- name: nsi^
-- Whom to write to about an escalation or a concern of an NSI.
select n.reference, n.person_id,
       case when :grade::text = 'practitioner' and :side::text = 'sending' then n.sender_email
            when :grade = 'practitioner' then coalesce(n.officer_email, receiver_of(n.spoc_id, :today::date))
            else told_at(:grade, case when :concern::boolean then e.pdu when :side = 'sending' then n.sending_pdu
                                      else n.receiving_pdu end, :today) end as email
from nsi n
left join lateral (select pdu from nsi_escalation where nsi_id = n.id and step is null order by id desc limit 1) e on true
where n.id = :nsi;

-- name: escalations
-- What is overdue, and told at once to a grade of a side; or the concern that is unanswered.
select e.rule, c.title, e.due
from nsi_escalation e join nsi n on n.id = e.nsi_id
left join nsi_clock c on c.nsi_id = e.nsi_id and c.rule = e.rule
where e.nsi_id = :nsi and e.grade = :grade::text and e.answered_at is null and (e.step is null) = :concern::boolean
  and (:concern or (c.met_on is null and c.due = e.due))
  and (:side::text = '' or e.pdu = case :side when 'sending' then n.sending_pdu else n.receiving_pdu end)
order by e.due, e.rule;

-- name: digest^
-- Whose digest it is, and of which day.
select email, day, nsis from digest where id = :id;

-- name: digest_lines
-- Each NSI of a digest, with the first day that is due and how many rules are overdue.
select n.id, n.reference, n.person_id, min(c.due) as due, count(*) filter (where c.due < :today::date)::int as overdue
from nsi n left join nsi_clock c on c.nsi_id = n.id and c.met_on is null and c.applies
where n.id = any (:nsis::uuid[])
group by n.id order by min(c.due), n.number;

-- name: pattern^
-- A pattern of police checks, and the assistant chief officer who is told.
select p.name as pdu, coalesce(l.name, x.about) as force, x.overdue, told_at('aco', x.pdu, :today::date) as email
from pattern_alert x join pdu p on p.code = x.pdu
left join list_entry l on l.list = 'police_force' and l.code = x.about
where x.id = :id;
