-- name: about^
-- What a letter about a release is written from: nothing about the person. Premises are those of the placement, else those
-- that were asked last.
select r.id, r.reference, r.person_id, r.kind, r.pdu_code, r.former_pdu, coalesce(r.home_pdu, r.pdu_code) as home,
       r.officer_email, r.contact_email as prison_email, pr.pdu_code as premises_pdu, pl.reference as placement,
       n.reference as nsi,
       (select email from premises_contact
        where premises_id = pr.id order by purpose = 'general' desc, purpose = 'referral' desc limit 1) as premises_email
from release r
left join placement pl on pl.id = r.placement_id
left join premises pr on pr.id = coalesce(pl.premises_id,
  (select premises_id from approach where placement_id = pl.id order by id desc limit 1))
left join nsi n on n.id = r.nsi_id
where r.id = :id;
