-- name: prison^
-- A prison by its code or its name, with or without what comes before it.
select code, name, male, female from prison
where active and (code = upper(:called::text)
  or regexp_replace(lower(name), '^(hm ?p|yoi|hmyoi|/| )+ ', '') = regexp_replace(lower(:called), '^(hm ?p|yoi|hmyoi|/| )+ ', ''))
order by code = upper(:called) desc, code limit 1;

-- name: prisons
-- Every prison in use, to suggest from: its name, and what comes after `HMP`.
select regexp_replace(name, '^(HMP|YOI|HMYOI|/| )+ ', '') as name from prison where active order by 1;

-- name: pdu^
-- A PDU in force on a day.
select code, region_code from pdu where code = :code and valid @> :today::date;

-- name: responsible_pdu$
-- The PDU that is responsible for a person now, on record.
select coalesce(pdu_code, '') from responsibility where person_id = :person and since <= :now order by since desc limit 1;

-- name: queue
-- Two notices about one person wait for each other.
select pg_advisory_xact_lock(hashtextextended('release:' || :person::uuid::text, 0));

-- name: same^
-- The release that a notice is about: by its external reference, else the person's open one; of temporary licences the
-- open one from that prison for that day.
select id, state from release
where (noticed_by = current_setting('bedspace.actor', true) and external_reference = :reference::text)
   or (person_id = :person and kind = :kind and state not in ('released', 'returned', 'cancelled')
       and (kind = 'release' or (prison_code = :prison and release_on = :release_on)))
order by external_reference is not distinct from :reference desc limit 1;

-- name: keep!
-- A new release, by whoever acts.
insert into release (id, person_id, kind, prison_code, release_on, until, state, address, near, postcode,
                     reside_where_approved, pdu_code, region_code, home_pdu, rosh, needs, gender, nights,
                     before_non_working, officer_name, officer_email, contact_name, contact_email, external_reference,
                     noticed_at, changed_at)
values (:id, :person_id, :kind, :prison_code, :release_on, :until, 'noticed', :address, :near, :postcode,
        :reside_where_approved, :pdu_code, :region_code, :home_pdu, :rosh, :needs, :gender, :nights,
        :before_non_working, :officer_name, :officer_email, :contact_name, :contact_email, :external_reference,
        :now, :now);

-- name: change!
-- What a further notice says. Another address is not checked yet; who is named stays where nobody else is.
update release set
  prison_code = :prison_code, address = :address, near = :near, postcode = :postcode,
  reside_where_approved = reside_where_approved or :reside_where_approved,
  former_pdu = case when pdu_code <> :pdu_code then pdu_code else former_pdu end, pdu_code = :pdu_code,
  region_code = :region_code, home_pdu = coalesce(:home_pdu, home_pdu), rosh = coalesce(:rosh, rosh), needs = :needs,
  nights = :nights, officer_name = coalesce(:officer_name, officer_name),
  officer_email = coalesce(:officer_email, officer_email), contact_name = coalesce(:contact_name, contact_name),
  contact_email = coalesce(:contact_email, contact_email),
  external_reference = coalesce(external_reference, :external_reference),
  address_checked = case when address is not distinct from :address then address_checked end,
  address_checked_on = case when address is not distinct from :address then address_checked_on end,
  address_checked_by = case when address is not distinct from :address then address_checked_by end,
  changed_at = :now
where id = :id;

-- name: of_another_prison$
-- Whether whoever acts works in prisons, and not in this one.
select coalesce(current_setting('bedspace.prisons', true), '') <> ''
   and not :prison::text = any (string_to_array(current_setting('bedspace.prisons', true), ','));
