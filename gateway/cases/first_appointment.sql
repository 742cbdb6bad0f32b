-- name: first_appointments
-- Of each NSI of a person that runs, or was completed in the last three months: the first appointment from the day of the move on, and which end made it.
select n.reference, first.id as contact, first.at, first.outcome, first.made_by = n.sending_pdu as made_by_sender,
       exists (select from nsi_history h where h.nsi_id = n.id and h.kind = 'first_appointment')
         or exists (select from nsi_action a where a.nsi_id = n.id and a.kind = 'first_appointment'
                    and (a.evidence ->> 'told')::boolean) as told
from nsi n
left join nsi_end gone on gone.nsi_id = n.id and gone.which = 'out'
left join lateral (
  select c.id, c.at, c.outcome,
         (select o.pdu_code from contact_outcome o where o.contact_id = c.id and o.n = 1) as made_by
  from contact c
  where c.person_id = n.person_id and c.kind in ('appointment', 'office_visit', 'home_visit')
    and c.outcome <> 'cancelled'
    and (c.at at time zone 'Europe/London')::date >= coalesce(gone.on_day, n.move_on)
  order by c.at, c.id limit 1) first on true
where n.person_id = :person::uuid and n.merged_into is null and not n.quiet
  and n.status not in ('withdrawn', 'returned') and (n.ended_on is null or n.ended_on > :today::date - 92)
order by n.number desc;

-- name: to_tell
-- NSIs whose sender has made the first appointment after the move, and whose receiver has not been told of it.
select n.id as nsi, n.reference, first.id as contact, first.at,
       (select a.n from nsi_action a
        where a.nsi_id = n.id and a.kind = 'first_appointment' and a.done_at is null limit 1) as action
from nsi n
left join nsi_end gone on gone.nsi_id = n.id and gone.which = 'out'
join lateral (
  select c.id, c.at, c.outcome,
         (select o.pdu_code from contact_outcome o where o.contact_id = c.id and o.n = 1) as made_by
  from contact c
  where c.person_id = n.person_id and c.kind in ('appointment', 'office_visit', 'home_visit')
    and c.outcome <> 'cancelled'
    and (c.at at time zone 'Europe/London')::date >= coalesce(gone.on_day, n.move_on)
  order by c.at, c.id limit 1) first on first.outcome = 'planned' and first.made_by = n.sending_pdu
where n.person_id = :person::uuid and n.merged_into is null and not n.quiet
  and n.status not in ('prepared', 'completed', 'withdrawn', 'returned')
  and not exists (select from nsi_history h where h.nsi_id = n.id and h.kind = 'first_appointment')
order by n.id;
