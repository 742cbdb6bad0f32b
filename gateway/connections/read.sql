-- name: connections
-- A page of connections with how they go, in the order of their codes.
select c.code, c.title, c.area, c.system, c.channel, c.direction, c.profile, c.codes, c.settings, c.account, c.trusted,
       c.way, c.records_temporary_moves, c.quiet, c.kept_at, c.kept_by, c.paused_at, c.paused_by, c.paused_why, c.broken_until, c.failures,
       c.last_good_at, c.last_error_at, c.last_error,
       case when c.broken_until is null then 'closed' when c.broken_until > :now then 'open' else 'half_open' end as breaker,
       (select count(*) from inbox i where i.connection = c.code and i.state in ('stored', 'reading')) as waiting,
       (select count(*) from inbox i where i.connection = c.code and i.state = 'review') as to_review,
       coalesce((select jsonb_agg(jsonb_build_object('field', k.field, 'code', k.code, 'times', k.times)
                                  order by k.times desc, k.field, k.code)
                 from connection_code k where k.connection = c.code), '[]') as unmapped
from connection c
where (:code::text is null or c.code = :code) and (:area::text is null or c.area = :area)
  and (:after::text is null or c.code > :after)
order by c.code limit :limit::int;
