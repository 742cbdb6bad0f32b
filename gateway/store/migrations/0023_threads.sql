-- Messages of one conversation stand together: what forwards or answers another, beside it.

alter table inbox
  add column thread uuid,                            -- of the first that came; none of one that stands alone
  add column thread_names text[] not null default '{}';
create index inbox_by_thread on inbox (thread) where thread is not null;
create index inbox_by_thread_name on inbox using gin (thread_names);
