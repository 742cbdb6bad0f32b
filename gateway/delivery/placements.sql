-- name: about^
-- What a letter about a placement is written from, nothing about the person: by the placement, by one approach, or by
-- one proposal of the waiting list. The premises are those asked or proposed, else those where somebody is expected,
-- else where they live. Who moves at once is to be there by the usual hour of arrival, or two hours on.
select pl.id, pl.reference, pl.person_id, pl.officer_email, pl.timeliness, p.id as premises_id, p.code as premises,
       p.pdu_code as premises_pdu, pl.referring_pdu, a.answer_by,
       exists (select from relocation of where of.approach_id = a.id) as moves,
       latest.from_premises as departing_id, there_from.code as departing, latest.to_premises as arriving_id,
       there_to.code as arriving,
       greatest((latest.on_day + there_to.arrive_by) at time zone 'Europe/London', latest.asked_at + interval '2 hours')
         as there_by
from placement pl
left join approach a on a.id = :approach::bigint
left join proposal w on w.id = :proposal::bigint
left join relocation m on m.placement_id = pl.id and m.settled_at is null and m.state = 'agreed'
left join lateral (select * from relocation where placement_id = pl.id order by id desc limit 1) latest on true
left join premises there_from on there_from.id = latest.from_premises
left join premises there_to on there_to.id = latest.to_premises
left join premises p on p.id = coalesce(a.premises_id, w.premises_id, m.to_premises, pl.premises_id)
where pl.id = coalesce(:placement::uuid, a.placement_id, w.placement_id);

-- name: contact^
-- Where premises are written to: the first of these purposes that there is.
select email from premises_contact
where premises_id = :premises_id and purpose = any (:purposes::text[])
order by array_position(:purposes::text[], purpose) limit 1;

-- name: resettles_in$
-- The PDU where somebody resettles, as the open release says.
select resettles_in(:person);
