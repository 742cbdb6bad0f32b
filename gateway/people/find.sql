-- name: person^
-- Somebody within reach, by any one number.
select id, crn, noms, pnc, name, birth_date, gender, limited_access from person
where crn = :crn::text or noms = :noms::text or pnc = :pnc::text limit 1;
