-- name: forecast
-- Open clocks that are overdue or will be, by the PDU of their owner: the receiving one where the sender has none.
select pdu.code as pdu, pdu.name as pdu_name, n.id, n.reference, c.rule, c.title, c.owner, c.due,
       c.due < :today::date as overdue,
       (select count(*) from nsi_escalation e where e.nsi_id = c.nsi_id and e.rule = c.rule and e.due = c.due)::int
         as escalated
from nsi_clock c
join nsi n on n.id = c.nsi_id
join pdu on pdu.code = case when c.owner like 'sending%' then coalesce(n.sending_pdu, n.receiving_pdu)
                            else n.receiving_pdu end
where c.met_on is null and c.applies and c.due < :until::date
  and not n.quiet and n.merged_into is null and n.status not in ('withdrawn', 'returned')
  and (:pdu::text is null or pdu.code = :pdu)
order by pdu.name, pdu.code, c.due, n.number, c.rule;
