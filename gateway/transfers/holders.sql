-- name: kind_of$
-- What a code is the code of.
select case when :code::text = 'nation' then 'nation'
            when exists (select from pdu where code = :code and valid @> :today::date) then 'pdu'
            when exists (select from region where code = :code) then 'region' end;

-- name: is_ones_own$
-- Whether whoever acts keeps a place: the nation's, or one of their own region.
select current_setting('bedspace.nation', true) = 'on'
  or :place::text = any (string_to_array(current_setting('bedspace.regions', true), ','))
  or exists (select from pdu where code = :place
             and region_code = any (string_to_array(current_setting('bedspace.regions', true), ',')));

-- name: follows$
-- Whether somebody is named from that day on, or later.
select exists (select from grade_holder where grade = :grade and place = :place and lower(during) >= :from_::date);

-- name: end!
-- Whoever held it holds it no longer.
update grade_holder set during = daterange(lower(during), :from_::date)
where grade = :grade and place = :place and during @> :from_::date;

-- name: keep!
-- Who holds it from then on.
insert into grade_holder (grade, place, name, email, during, kept_at)
values (:grade, :place, :name, :email, daterange(:from_::date, null), :now);

-- name: place_of$
-- The place of a holder.
select place from grade_holder where id = :id;

-- name: away!
-- Away, with whoever covers; or back.
update grade_holder set
  away = case when :from_::date is not null then daterange(:from_, :until::date) end,
  cover_name = :cover_name::text, cover_email = :cover_email::text
where id = :id;

-- name: holders
-- Who holds grades, today and later.
select id, grade, place, name, email, lower(during) as "from", lower(away) as away_from, upper(away) as away_until,
       cover_name, cover_email
from grade_holder
where (upper(during) is null or upper(during) > :today::date) and (:place::text is null or place = :place)
order by place, grade, lower(during);
