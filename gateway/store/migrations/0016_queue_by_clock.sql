-- The queue of a PDU by the nearest clock: each NSI knows the day of its next open clock, kept by triggers, so that a
-- queue finds its few rows by an index however many years of NSIs there are.

-- Row-level security binds the owner too, who here changes what is on record.
select set_config('bedspace.nation', 'on', true), set_config('bedspace.everyone', 'on', true);

-- `infinity`: no clock is open. An NSI is queued while it is under way, and after its completion as long as a clock runs.
alter table nsi add column next_due date not null default 'infinity';
-- squawk-ignore adding-field-with-default
alter table nsi add column queued boolean not null generated always as (
  not quiet and merged_into is null and status not in ('withdrawn', 'returned')
  and (status <> 'completed' or next_due < 'infinity')) stored; -- the live table is small
update nsi set next_due = clock.due
from (select nsi_id, min(due) as due from nsi_clock where met_on is null and applies group by nsi_id) clock
where clock.nsi_id = nsi.id;
create index nsi_queued_receiving on nsi (receiving_pdu, next_due) where queued;
create index nsi_queued_sending on nsi (sending_pdu, next_due) where queued;
create index nsi_escalation_open_by_nsi on nsi_escalation (nsi_id) where answered_at is null;

create function keep_next_due() returns trigger language plpgsql as $$
begin
  update nsi set next_due = clock.due
  from (
    select changed.nsi_id, coalesce(min(c.due) filter (where c.met_on is null and c.applies), 'infinity') as due
    from (select distinct nsi_id from changed_clocks) changed
    left join nsi_clock c on c.nsi_id = changed.nsi_id
    group by changed.nsi_id) clock
  where nsi.id = clock.nsi_id and nsi.next_due <> clock.due;
  return null;
end
$$;
create trigger next_due_of_new_clocks after insert on nsi_clock
  referencing new table as changed_clocks for each statement execute function keep_next_due();
create trigger next_due_of_changed_clocks after update on nsi_clock
  referencing new table as changed_clocks for each statement execute function keep_next_due();
create trigger next_due_of_lost_clocks after delete on nsi_clock
  referencing old table as changed_clocks for each statement execute function keep_next_due();
