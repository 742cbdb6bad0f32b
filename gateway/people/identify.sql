-- name: add_alias$
-- Another name; answers whether it is new.
insert into person_alias (person_id, name, source, at)
select :person::uuid, :name::text, 'said', :now::timestamptz
where :name <> (select name from person where id = :person) on conflict do nothing returning true;

-- name: alone!
-- Lets those who record one identifier wait for each other, until this transaction ends.
select pg_advisory_xact_lock(hashtextextended(:kind::text || ':' || :value::text, 0));

-- name: of_another$
-- Whether another record has an identifier, now or formerly. Prison and police numbers are shared by slips; a CRN is not.
select exists (select from person p where p.id <> :person::uuid
               and case :kind::text when 'crn' then p.crn when 'noms' then p.noms when 'pnc' then p.pnc else p.cro end
                 = :value::text)
    or exists (select from person_identifier i where i.person_id <> :person and i.kind = :kind and i.value = :value);

-- name: present$
-- The one that counts now.
select case :kind::text when 'crn' then crn when 'noms' then noms when 'pnc' then pnc else cro end from person
where id = :person;

-- name: known$
-- Whether it is on record as a further one.
select exists (select from person_identifier where kind = :kind::text and value = :value::text);

-- name: replace!
-- The one that counts from now on.
update person set
  crn = case :kind::text when 'crn' then :value::text else crn end,
  noms = case :kind when 'noms' then :value else noms end,
  pnc = case :kind when 'pnc' then :value else pnc end,
  cro = case :kind when 'cro' then :value else cro end
where id = :person;

-- name: add!
-- A former or further one.
insert into person_identifier (person_id, kind, value, since) values (:person, :kind, :value, :now)
on conflict do nothing;
