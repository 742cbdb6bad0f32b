-- name: lock_identities
-- One lock for each identifier and birth date, taken in the order given.
select pg_advisory_xact_lock(hashtextextended(key, 0)) from unnest(:keys::text[]) key;

-- name: people_like
-- Everyone who shares an identifier or the birth date.
select id, crn, noms, pnc, name, birth_date, gender, other_names(id) as other_names from people_like(:crn, :noms, :pnc, :birth_date);

-- name: keep_person!
-- A person not met before.
insert into person (id, crn, noms, pnc, name, birth_date, gender, created_at)
values (:id, :crn, :noms, :pnc, :name, :birth_date, :gender, :now);

-- name: keep_people!
-- People not met before, many at once.
insert into person (id, crn, noms, pnc, name, birth_date, gender, created_at)
select id, crn, noms, pnc, name, birth_date, gender, :now
from unnest(:ids::uuid[], :crns::text[], :noms::text[], :pncs::text[], :names::text[], :born::date[], :genders::text[])
  as people (id, crn, noms, pnc, name, birth_date, gender);

-- name: complete_person!
-- Fills what was not known of a person; changes nothing that was.
update person
set crn = coalesce(crn, :crn), noms = coalesce(noms, :noms), pnc = coalesce(pnc, :pnc),
    birth_date = coalesce(birth_date, :birth_date), gender = coalesce(gender, :gender)
where id = :id
  and (crn, noms, pnc, birth_date, gender) is distinct from (
    coalesce(crn, :crn), coalesce(noms, :noms), coalesce(pnc, :pnc),
    coalesce(birth_date, :birth_date), coalesce(gender, :gender));

-- name: limit_access$
-- Masks a person; answers whether there is one.
select limit_access(:id);

-- name: allow!
-- Names an account that may see a limited-access person.
insert into person_allowed (person_id, actor) values (:id, :actor) on conflict do nothing;
