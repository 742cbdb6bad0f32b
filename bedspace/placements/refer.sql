-- name: unknown_needs
-- Codes that are no characteristic in force on a day.
select given.code from unnest(:codes::text[]) with ordinality as given (code, n)
where not exists (select from characteristic c where c.code = given.code and c.valid @> :today::date) order by given.n;

-- name: open_like$
-- An open referral or booking of the same person for the same day.
select reference from placement
where person_id = :person and arrives_on = :arrives_on and state in ('referred', 'offered', 'booked', 'displaced')
order by number limit 1;

-- name: refer$
-- A new AP referral, by whoever acts.
insert into placement (id, person_id, state, gender, type, timeliness, arrives_on, departs_on, need, suitability_id,
                       referring_pdu, referring_region, referred_by, referred_at, officer_name, officer_email, rosh,
                       risk_to_staff, risk_to_residents, risk_note, short_notice_reason, short_notice_note, changed_at)
values (:id, :person, 'referred', :gender, :type, :timeliness, :arrives_on, :departs_on, :need, :suitability,
        :pdu, :region, current_setting('bedspace.actor', true), :now, :officer_name, :officer_email, :rosh,
        :risk_to_staff, :risk_to_residents, :risk_note, :short_notice_reason, :short_notice_note, :now)
returning id;

-- name: keep_zones!
-- Where the bed must not be.
insert into placement_zone (placement_id, kind, lat, lon, miles)
select :placement, 'victim', zone.* from unnest(:lats::float8[], :lons::float8[], :miles::float8[]) zone;
