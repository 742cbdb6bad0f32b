-- name: area_is_there$
-- Whether a code is a PDU's, an area's of 2003, or a region's.
select exists (select from pdu where code = :code) or exists (select from area_2003 where code = :code)
  or exists (select from region where code = :code);

-- name: keep$
-- Keeps a connection; answers whether it is new. Its health, its pause and what waits of it stay.
insert into connection as c (code, title, area, system, channel, direction, profile, codes, settings, account, trusted,
                             way, records_temporary_moves, quiet, kept_at)
values (:code, :title, :area, :system, :channel, :direction, :profile, :codes, :settings, :account, :trusted, :way,
        :records_temporary_moves, :quiet, :now)
on conflict (code) do update set title = :title, area = :area, system = :system, channel = :channel,
  direction = :direction, profile = :profile, codes = :codes, settings = :settings, account = :account,
  trusted = :trusted, way = :way, records_temporary_moves = :records_temporary_moves, quiet = :quiet, kept_at = :now, kept_by = current_setting('bedspace.actor', true)
returning xmax = 0;

-- name: forget_mapped!
-- Codes that have a word now are asked for no more.
delete from connection_code where connection = :code and (:codes::jsonb -> field) ? connection_code.code;
