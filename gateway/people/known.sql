-- name: person$
-- Somebody within reach, by a CRN they have or had, or by the id of a record that leads to theirs.
select id from person where id = kept_of(:id::uuid)
union
select p.id from person p where p.crn = :crn::text
union
select p.id from person p join person_identifier i on i.person_id = p.id where i.kind = 'crn' and i.value = :crn::text;

-- name: anybody_with_crn$
-- Somebody with a CRN, within reach or not.
select id from people_like(:crn::text, null, null, null);

-- name: placement^
-- A placement within reach, by id or reference.
select id, person_id from placement where id = :id::uuid or reference = :reference::text;

-- name: zones
-- Where a placement must not be.
select lat, lon, miles from placement_zone where placement_id = :placement::uuid;
