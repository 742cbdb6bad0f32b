-- name: records
-- All that their staff keep of some premises, or of all of them. Temporary beds are not theirs to keep.
select p.code, jsonb_build_object(
  'code', p.code, 'name', p.name, 'postcode', p.postcode, 'lat', p.lat, 'lon', p.lon, 'pdu', p.pdu_code,
  'gender', p.gender, 'type', p.type, 'invented', p.invented, 'decides', p.decides,
  'arrive_by', to_char(p.arrive_by, 'HH24:MI'), 'depart_by', to_char(p.depart_by, 'HH24:MI'),
  'turnaround_nights', p.turnaround_nights, 'closed_from', p.closed_from,
  'characteristics', array(select c.code from premises_characteristic c where c.premises_id = p.id order by c.code),
  'rooms', coalesce((
    select jsonb_agg(jsonb_build_object(
             'name', r.name,
             'characteristics', array(select c.code from room_characteristic c where c.room_id = r.id order by c.code),
             'beds', coalesce((
               select jsonb_agg(jsonb_build_object('code', b.code, 'opens', lower(b.open), 'closes', upper(b.open))
                                order by b.code)
               from bed b where b.room_id = r.id and b.temporary_reason is null), '[]')) order by r.id)
    from room r where r.premises_id = p.id
      and exists (select from bed b where b.room_id = r.id and b.temporary_reason is null)), '[]'),
  'contacts', coalesce((
    select jsonb_agg(jsonb_build_object('purpose', c.purpose, 'name', c.name, 'phone', c.phone, 'email', c.email,
                                        'hours', c.hours) order by c.purpose)
    from premises_contact c where c.premises_id = p.id), '[]'),
  'restrictions', coalesce((
    select jsonb_agg(jsonb_build_object('id', s.id, 'characteristic', s.code, 'from', lower(s.valid),
                                        'until', upper(s.valid), 'reason', s.reason) order by lower(s.valid), s.id)
    from premises_restriction s where s.premises_id = p.id), '[]'))::text as record
from premises p where :codes::text[] is null or p.code = any (:codes::text[])
order by p.code;
