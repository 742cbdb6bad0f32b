-- name: about^
-- What a letter about a placement is written from, nothing about the person: by the placement, by one approach, or by
-- one proposal of the waiting list. The premises are those asked or proposed, else those where somebody is expected,
-- else where they live.
select pl.id, pl.reference, pl.person_id, pl.officer_email, pl.timeliness, p.id as premises_id, p.code as premises,
       a.answer_by
from placement pl
left join approach a on a.id = :approach::bigint
left join proposal w on w.id = :proposal::bigint
left join relocation m on m.placement_id = pl.id and m.settled_at is null and m.state = 'agreed'
left join premises p on p.id = coalesce(a.premises_id, w.premises_id, m.to_premises, pl.premises_id)
where pl.id = coalesce(:placement::uuid, a.placement_id, w.placement_id);

-- name: contact^
-- Where premises are written to: the first of these purposes that there is.
select email from premises_contact
where premises_id = :premises_id and purpose = any (:purposes::text[])
order by array_position(:purposes::text[], purpose) limit 1;
