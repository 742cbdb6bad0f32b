-- The life of an NSI in full: what each source reports, folded; clocks that warn, pause and escalate; an action list with
-- owners and evidence; documents; components decided one by one; challenges; and both ends of every move.

-- Row-level security binds the owner too, who here changes what is on record.
select set_config('bedspace.nation', 'on', true), set_config('bedspace.everyone', 'on', true);

-- `move_on` and `until` are the expected start and end. An active NSI has no end date.
alter table nsi
  add column way text not null default 'planned'
    constraint an_nsi_comes_a_known_way check (way in
      ('planned', 'short_notice', 'unannounced', 'rotl', 'return', 'retrospective')),
  add column sub_type text,
  add column event_number int check (event_number > 0),  -- of the order or licence, as the case system counts them
  add column requirement text,      -- of that order or licence, where the NSI is about one
  add column started_on date,
  add column ended_on date,
  add column outcome text,          -- code of the list `nsi_outcome`
  add column intended_provider text check (intended_provider ~ '^[A-Z0-9]{3}$'),
  add column team text,             -- to whom it is allocated
  add column officer text,
  add column officer_email text,
  add column source text not null default 'bedspace',    -- who owns its fields; its status is folded of what all report
  add column quiet boolean not null default false,       -- history: it sends nothing and chases nobody
  add column hard_to_place_since timestamptz,            -- in the queue of the nation
  add column merged_into uuid references nsi;
update nsi set ended_on = coalesce(
  (select max(at)::date from nsi_history h where h.nsi_id = nsi.id and h.status = nsi.status), referred_on)
where status in ('completed', 'withdrawn', 'returned');
alter table nsi
  add constraint an_active_nsi_has_no_end_date check (
    (ended_on is not null) = (status in ('completed', 'withdrawn', 'returned'))),
  add constraint an_nsi_started_before_it_ended check (started_on is null or ended_on is null or started_on <= ended_on),
  add constraint an_nsi_is_not_merged_into_itself check (merged_into is null or merged_into <> id),
  add constraint what_is_merged_is_over check (merged_into is null or status = 'withdrawn');
create index nsi_merged on nsi (merged_into) where merged_into is not null;

-- What other systems call it. What they report under that reference goes to it, or to the one it was merged into.
create table nsi_known_as (
  source text not null check (source <> 'bedspace'),
  reference text not null check (length(reference) between 1 and 100),
  nsi_id uuid not null references nsi,
  since timestamptz not null,
  primary key (source, reference)
);
create index nsi_known_as_by_nsi on nsi_known_as (nsi_id);

-- Every status that anybody reported, of any source, in any order of arrival: appended, never rewritten. The status of
-- the NSI is the fold of these by their source's version.
create table nsi_report (
  nsi_id uuid not null references nsi,
  source text not null,             -- `bedspace` for what is done here
  record text not null default '',  -- what the source calls it
  version bigint not null check (version > 0),           -- of the record at its source
  status text not null check (status in
    ('prepared', 'raised', 'received', 'allocated', 'in_progress', 'completed', 'withdrawn', 'returned')),
  at timestamptz not null,          -- since when, as the source says
  started_on date,                  -- where the source says so
  ended_on date,
  outcome text,                     -- code of the list `nsi_outcome`
  received_at timestamptz not null,
  by_whom text not null default current_setting('bedspace.actor', true),
  primary key (nsi_id, source, record, version)
);
insert into nsi_report (nsi_id, source, version, status, at, received_at, by_whom)
select nsi_id, 'bedspace', row_number() over (partition by nsi_id order by at, id), status, at, at, by_whom
from nsi_history where status is not null;

-- What a change before the move found: the NSI holds what is.
create table nsi_change (
  nsi_id uuid not null references nsi,
  n int not null check (n > 0),
  at timestamptz not null,
  by_whom text not null default current_setting('bedspace.actor', true),
  reason text not null,             -- code of the list `nsi_change`
  status text not null,
  move_on date not null,
  until date,
  address text,
  postcode text,
  receiving_pdu text not null references pdu,
  spoc_id int references spoc,
  primary key (nsi_id, n)
);

-- Cases in flight at cut-over: an NSI each, or they stay on the tracker of their region until they are done.
alter table region add column cases_in_flight text not null default 'retrospective'
  check (cases_in_flight in ('retrospective', 'tracker'));

-- A sequence that should not be: somebody looks.
create table nsi_question (
  id bigint generated always as identity primary key,
  nsi_id uuid not null references nsi,
  kind text not null,               -- `impossible_sequence`, `out_without_in`, `in_without_out`, `register_mismatch`, …
  said text not null,               -- in words, nothing about the person
  asked_at timestamptz not null,
  answered_at timestamptz,
  answered_by text,
  answer text not null default '',
  constraint an_answered_question_was_answered_by_somebody check ((answered_at is null) = (answered_by is null))
);
create unique index a_question_is_open_once on nsi_question (nsi_id, kind, said) where answered_at is null;

-- Notes are appended. They are about the person.
create table nsi_note (
  id bigint generated always as identity primary key,
  nsi_id uuid not null references nsi,
  at timestamptz not null,
  by_whom text not null default current_setting('bedspace.actor', true),
  text text not null check (length(text) between 1 and 4000)
);
create index nsi_note_by_nsi on nsi_note (nsi_id, id);

-- Clocks: of the notification and of the move, kept apart. Each has an owner, and knows whom it was escalated to.
alter table nsi_clock
  add column phase text not null default 'move' constraint a_clock_is_of_a_phase check (phase in ('notification', 'move')),
  add column owner text not null default 'sending practitioner',
  -- False where the rule is no longer for this case, after its risk or its order changed: kept with what was told of it.
  add column applies boolean not null default true,
  add column looked_on date;        -- when it was last looked at for whom to tell that it is overdue
update nsi_clock set phase = 'notification' where rule in ('T-01', 'T-02', 'T-03', 'T-04', 'T-05');

create table nsi_pause (
  id bigint generated always as identity primary key,
  nsi_id uuid not null,
  rule text not null,
  during daterange not null constraint a_pause_has_a_limit check (not isempty(during) and not lower_inf(during) and not upper_inf(during)),
  reason text not null,             -- code of the list `clock_pause`
  note text not null default '',
  paused_at timestamptz not null,
  paused_by text not null default current_setting('bedspace.actor', true),
  foreign key (nsi_id, rule) references nsi_clock (nsi_id, rule),
  constraint a_clock_is_paused_once_a_day exclude using gist (nsi_id with =, rule with =, during with &&)
);

-- A rule that is due again and again: each time it was met.
create table nsi_round (
  nsi_id uuid not null,
  rule text not null,
  due date not null,
  met_on date not null,
  primary key (nsi_id, rule, due),
  foreign key (nsi_id, rule) references nsi_clock (nsi_id, rule)
);

-- Whom an overdue clock was told to, step by step; and the concern that somebody raised, which has no step.
create table nsi_escalation (
  id bigint generated always as identity primary key,
  nsi_id uuid not null references nsi,
  rule text,                        -- a concern may be about the NSI as a whole
  step int check (step > 0),
  due date,                         -- the day that was missed
  grade text not null,              -- of the regime's ladder: `practitioner`, `spo`, `aco`, `national_lead`, …
  pdu text references pdu,          -- of the side that is told; null: of the nation
  at_once boolean not null default false,
  raised_at timestamptz not null,
  raised_by text not null,          -- `gateway`, or who is concerned
  said text not null default '',    -- why, where a person raised it: nothing about the person on probation
  answered_at timestamptz,
  answered_by text,
  answer text not null default '',
  foreign key (nsi_id, rule) references nsi_clock (nsi_id, rule),
  constraint a_step_of_the_ladder_is_about_a_rule check (step is null or (rule is not null and due is not null)),
  constraint a_concern_says_why check (step is not null or said <> ''),
  constraint an_answered_escalation_was_answered_by_somebody check ((answered_at is null) = (answered_by is null))
);
create unique index a_step_is_told_once on nsi_escalation (nsi_id, rule, due, step) where step is not null;
create index nsi_escalation_open on nsi_escalation (raised_at) where answered_at is null;
create index nsi_escalation_by_nsi on nsi_escalation (nsi_id, id);

-- Who holds a grade, of a PDU (`spo`), a region (`aco`, `mappa_coordinator`) or the nation (`national_lead`); and who
-- covers while they are away.
create table grade_holder (
  id int generated always as identity primary key,
  grade text not null check (grade in ('spo', 'aco', 'mappa_coordinator', 'national_lead')),
  place text not null,              -- code of the PDU or region; `nation`
  name text not null,
  email text not null,
  during daterange not null check (not isempty(during) and not lower_inf(during)),
  away daterange,
  cover_name text,
  cover_email text,
  kept_by text not null default current_setting('bedspace.actor', true),
  kept_at timestamptz not null,
  constraint a_grade_of_a_place_is_held_by_one_a_day exclude using gist (grade with =, place with =, during with &&),
  constraint who_covers_has_a_name_and_an_address check ((cover_name is null) = (cover_email is null)),
  constraint cover_is_for_an_absence check (cover_email is null or away is not null)
);

-- What somebody was told in one mail a day, so that nobody is told twice.
create table digest (
  id bigint generated always as identity unique,
  email text not null,
  day date not null,
  at timestamptz not null,
  nsis uuid[] not null,
  primary key (email, day)
);

-- So many police checks of a force overdue in one PDU are one alert, until they are fewer again.
create table pattern_alert (
  id bigint generated always as identity primary key,
  kind text not null,               -- of action: `police_check`
  pdu text not null references pdu,
  about text not null,              -- the police force
  overdue int not null check (overdue > 0),
  raised_at timestamptz not null,
  ended_at timestamptz
);
create unique index a_pattern_is_told_once on pattern_alert (kind, pdu, about) where ended_at is null;

-- An action is of a kind, whose fields of evidence are data. It is closed by evidence, or not applicable with a reason.
alter table nsi_action
  add column kind text not null default 'other',
  add column mandatory boolean not null default false,    -- the NSI completes only when it is closed
  add column evidence jsonb not null default '{}',
  add column done_by text,
  add column not_applicable text,   -- why
  add column assigned_to text,
  add constraint what_is_not_applicable_is_closed check (not_applicable is null or done_at is not null),
  add constraint what_is_not_applicable_says_why check (not_applicable <> ''),
  add constraint what_is_mandatory_is_closed_by_evidence_or_a_reason check (
    not mandatory or done_at is null or not_applicable is not null or evidence <> '{}'),
  add constraint what_is_closed_was_closed_by_somebody check (done_by is null or done_at is not null);
create index nsi_action_open on nsi_action (kind) where done_at is null;
create unique index an_action_list_has_a_kind_once on nsi_action (nsi_id, kind) where kind <> 'other';

update nsi_action set kind = known.kind from (values
  ('Complete what is missing from the NSI and confirm it', 'complete_nsi'),
  ('Speak with the receiving practitioner before the move', 'conversation'),
  ('Send the transfer report for risk management', 'risk_report'),
  ('Send the full information: assessment, risk management plan, order or licence, contact log', 'full_information'),
  ('Visit the home, or confirm that the address is suitable', 'address_check'),
  ('Ask for the police checks', 'police_check'),
  ('Arrange the three-way handover', 'three_way_handover'),
  ('Check that the documents have come, and are complete', 'documents_check'),
  ('Reassess risk of harm and need in OASys', 'oasys_reassessment'),
  ('Review the supervision plan', 'plan_review'),
  ('Review the case when the person is back at the original address', 'review_on_return')) known (title, kind)
where known.title = nsi_action.title;

-- What a far system says has happened is kept, and asked about; here nobody goes on without what is mandatory.
create function close_the_mandatory_first() returns trigger language plpgsql as $$
declare
  open_ones text;
begin
  if new.status <> 'completed' or old.status = 'completed' or new.quiet then
    return new;
  end if;
  select string_agg(title, '; ' order by n) into open_ones
  from nsi_action where nsi_id = new.id and mandatory and done_at is null;
  if open_ones is null then
    return new;
  end if;
  if not exists (select from nsi_report where source <> 'bedspace' and status = 'completed'
                 and nsi_id in (select id from nsi where id = new.id or merged_into = new.id)) then
    raise exception using errcode = '23514', constraint = 'what_is_mandatory_is_closed_first', message = open_ones;
  end if;
  insert into nsi_question (nsi_id, kind, said, asked_at)
  values (new.id, 'mandatory_open', 'Completed at its source with this still open: ' || open_ones || '.', now())
  on conflict do nothing;
  return new;
end
$$;
create trigger what_is_mandatory_is_closed_first before update of status on nsi
  for each row execute function close_the_mandatory_first();

-- What travels with the person.
create table nsi_document (
  nsi_id uuid not null references nsi,
  kind text not null,               -- of `documents.toml`
  need text not null check (need in ('required', 'conditional', 'not_applicable')),
  why text not null default '',     -- of a condition, or of what is not applicable
  sent_on date,
  sent_by text,
  received_on date,
  received_by text,
  complete boolean,
  lacking text not null default '', -- what was missing from it
  primary key (nsi_id, kind),
  constraint what_is_complete_was_received check (complete is null or received_on is not null)
);

-- Header and components: each is decided on its own.
create table nsi_component (
  nsi_id uuid not null references nsi,
  n int not null check (n > 0),
  kind text not null check (kind in
    ('supervision', 'order', 'requirement', 'licence_condition', 'nsi', 'unpaid_work', 'programme')),
  title text not null,
  decision text not null default 'pending' check (decision in ('pending', 'transferred', 'stays', 'withdrawn')),
  reason text not null default '',
  decided_at timestamptz,
  decided_by text,
  primary key (nsi_id, n),
  constraint a_decision_has_a_time_and_a_name check (
    (decision = 'pending') = (decided_at is null) and (decided_at is null) = (decided_by is null)),
  constraint what_stays_says_why check (decision <> 'stays' or reason <> '')
);

-- The receiver challenges on risk, and on nothing else. Somebody else decides.
create table nsi_challenge (
  id uuid primary key,
  nsi_id uuid not null references nsi,
  reason text not null,             -- code of the list `challenge`
  said text not null,               -- about the person
  raised_at timestamptz not null,
  raised_by text not null default current_setting('bedspace.actor', true),
  raised_pdu text references pdu,
  adjudicate_by date not null,
  decision text check (decision in ('goes_on', 'goes_on_with_conditions', 'withdrawn', 'returned_to_sender')),
  decided_at timestamptz,
  decided_by text,
  decided_role text,
  why text not null default '',
  constraint a_challenge_is_decided_by_somebody_with_a_reason check (
    (decision is null) = (decided_at is null) and (decided_at is null) = (decided_by is null)
    and (decision is null or why <> ''))
);
create unique index an_nsi_has_one_open_challenge on nsi_challenge (nsi_id) where decision is null;

-- Both ends say, each for itself, that somebody went and came.
create table nsi_end (
  nsi_id uuid not null references nsi,
  which text not null check (which in ('out', 'in')),
  on_day date not null,
  reported_at timestamptz not null,
  reported_by text not null default current_setting('bedspace.actor', true),
  primary key (nsi_id, which)
);
-- Regions that do not report an end: that stands apart from "missing".
create table not_reporting (
  region_code text not null references region,
  which text not null check (which in ('out', 'in')),
  during daterange not null check (not isempty(during) and not lower_inf(during)),
  said_by text not null,
  constraint a_region_does_not_report_once_a_day exclude using gist (region_code with =, which with =, during with &&)
);

-- A named reader looks at a file and answers the questions of the inspection.
create table case_review (
  id uuid primary key,
  nsi_id uuid not null references nsi,
  read_at timestamptz not null,
  read_by text not null default current_setting('bedspace.actor', true),
  question text not null,           -- id of `review.toml`
  answer text not null,
  why text not null default '',
  constraint a_question_is_answered_once_by_a_reader unique (nsi_id, read_by, question)
);

do $$
declare
  t text;
begin
  foreach t in array array['nsi_report', 'nsi_known_as', 'nsi_question', 'nsi_pause', 'nsi_round', 'nsi_escalation', 'nsi_document', 'nsi_component',
                           'nsi_challenge', 'nsi_end'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy of_an_nsi_in_scope on %I using (exists (select from nsi where nsi.id = nsi_id))', t);
  end loop;
  -- What is about the person is masked with the person.
  foreach t in array array['case_review'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy of_a_person_one_may_see on %I using (exists (
      select from nsi join person on person.id = nsi.person_id where nsi.id = nsi_id))', t);
  end loop;
  -- A system brings them also about somebody whom it may not see.
  foreach t in array array['nsi_note', 'nsi_change'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy of_a_person_one_may_see on %I for select using (exists (
      select from nsi join person on person.id = nsi.person_id where nsi.id = nsi_id))', t);
    execute format('create policy of_an_nsi_in_scope on %I for insert with check (
      exists (select from nsi where nsi.id = nsi_id))', t);
  end loop;
end
$$;

-- What clocks, actions and documents hang on: also for a reader from whom the person is masked, since nothing of this
-- tells who it is.
create function case_facts(this_nsi uuid, today date) returns jsonb language plpgsql as $$
declare
  nation text := current_setting('bedspace.nation', true);
  everyone text := current_setting('bedspace.everyone', true);
  found_facts jsonb;
begin
  if not exists (select from nsi where id = this_nsi) then
    return null;
  end if;
  perform set_config('bedspace.nation', 'on', true), set_config('bedspace.everyone', 'on', true);
  select to_jsonb(f) into found_facts from (
    select n.type, n.status, n.regime, n.way, n.rosh, n.mappa, n.quiet, n.move_on, n.referred_on,
           coalesce(arrived.on_day, gone.on_day, n.move_on) as moved_on,
           arrived.on_day as arrival,
           case when n.type = 'temporary_move' then coalesce(n.ended_on, n.until) end as back,
           case when n.way = 'retrospective' then n.referred_on
                else (coalesce(i.received_at, n.created_at) at time zone 'Europe/London')::date end as notified_on,
           (select min(r.at at time zone 'Europe/London')::date from nsi_report r
            where (r.nsi_id = n.id or (r.source <> 'bedspace' and r.nsi_id in (select id from nsi where merged_into = n.id)))
              and r.status in ('received', 'allocated', 'in_progress')) as receipt,
           least((select min(h.at at time zone 'Europe/London')::date from nsi_history h
                  where h.nsi_id = n.id and h.kind = 'passed'),
                 (select min(lower(c.during)) from caretaking c where c.nsi_id = n.id)) as passed,
           (select max(c.raised_at at time zone 'Europe/London')::date from nsi_challenge c where c.nsi_id = n.id)
             as challenge,
           exists (select from nsi_challenge c where c.nsi_id = n.id and c.decision is null) as disputed,
           (select max(c.decided_at at time zone 'Europe/London')::date from nsi_challenge c where c.nsi_id = n.id)
             as decided,
           coalesce(s.kinds, '{}') as sentences, coalesce(s.codes, '{}') as codes,
           coalesce(r.rosh, '{}') as registered_rosh, coalesce(r.high_risk, false) as high_risk_register,
           r.mappa_level::int as mappa_level, r.mappa_category::int as mappa_category,
           coalesce((select jsonb_agg(jsonb_build_array(c.kind, (c.at at time zone 'Europe/London')::date) order by c.at)
                     from contact c where c.person_id = n.person_id and c.outcome = 'attended'
                       and c.at >= n.created_at - interval '60 days'), '[]') as contacts,
           (select coalesce(jsonb_object_agg(status, day), '{}') from (
              select r.status, min(r.at at time zone 'Europe/London')::date as day from nsi_report r
              where r.nsi_id = n.id or (r.source <> 'bedspace' and r.nsi_id in (select id from nsi where merged_into = n.id))
              group by r.status) d) as statuses
    from nsi n
    left join inbox i on i.id = n.inbox_id
    left join nsi_end arrived on arrived.nsi_id = n.id and arrived.which = 'in'
    left join nsi_end gone on gone.nsi_id = n.id and gone.which = 'out'
    left join lateral (
      select array_agg(distinct kind) as kinds, array_agg(distinct code) as codes from sentence
      where person_id = n.person_id and (n.event_number is null or event_number = n.event_number)
        and (ends_on is null or ends_on > n.move_on)) s on true
    left join lateral (
      select array_agg(level) filter (where kind = 'rosh') as rosh,
             bool_or(kind = 'high_risk_register') as high_risk,
             max(nullif(level, '')) filter (where kind = 'mappa') as mappa_level,
             max(nullif(category, '')) filter (where kind = 'mappa') as mappa_category
      from registration where person_id = n.person_id and (until is null or until > today)) r on true
    where n.id = this_nsi) f;
  perform set_config('bedspace.nation', nation, true), set_config('bedspace.everyone', everyone, true);
  return found_facts;
end
$$;

-- Where mail goes to: who holds a grade or covers for them, else whom the region or the PDU names as contact.
create function told_at(which text, at_pdu text, today date) returns text stable language sql as $$
  select coalesce(
    (select case when h.away @> today and h.cover_email is not null then h.cover_email else h.email end
     from grade_holder h
     where h.grade = which and h.during @> today
       and h.place = case which when 'spo' then at_pdu when 'national_lead' then 'nation'
                                else (select region_code from pdu where code = at_pdu) end),
    (select coalesce(cover.email, s.email)
     from spoc s
     left join spoc_absence a on a.spoc_id = s.id and a.during @> today
     left join spoc cover on cover.id = a.cover_id
     where s.valid @> today and (
       (which = 'spo' and s.kind = 'region_spo' and s.region_code = (select region_code from pdu where code = at_pdu))
       or (which = 'mappa_coordinator' and s.kind = 'spoc' and s.purpose = 'mappa' and s.pdu_code = at_pdu))
     order by s.id limit 1))
$$;
create function receiver_of(contact_id int, today date) returns text stable language sql as $$
  select coalesce(cover.email, s.email)
  from spoc s
  left join spoc_absence a on a.spoc_id = s.id and a.during @> today
  left join spoc cover on cover.id = a.cover_id
  where s.id = contact_id
$$;

-- Who has something due of an NSI that runs: those who own a clock, and those it was told to.
create function owed_to(today date, soon date) returns table (email text, nsi_id uuid) stable language sql as $$
  select lower(d.email), d.nsi_id from (
    select case c.owner
             when 'sending practitioner' then n.sender_email
             when 'receiving practitioner' then coalesce(n.officer_email, receiver_of(n.spoc_id, today))
             when 'sending SPO' then told_at('spo', n.sending_pdu, today)
             when 'receiving SPO' then told_at('spo', n.receiving_pdu, today)
             when 'MAPPA co-ordinator' then told_at('mappa_coordinator', n.receiving_pdu, today)
             when 'national lead' then told_at('national_lead', null, today)
           end as email, n.id as nsi_id
    from nsi_clock c join nsi n on n.id = c.nsi_id
    where c.met_on is null and c.applies and c.due <= soon
      and not n.quiet and n.merged_into is null and n.status not in ('withdrawn', 'returned')
    union
    select told_at(e.grade, e.pdu, today), n.id
    from nsi_escalation e
    join nsi n on n.id = e.nsi_id
    join nsi_clock c on c.nsi_id = e.nsi_id and c.rule = e.rule and c.due = e.due and c.met_on is null and c.applies
    where e.step is not null and not e.at_once and e.answered_at is null and e.grade <> 'practitioner'
      and not n.quiet and n.merged_into is null and n.status not in ('withdrawn', 'returned')
  ) d
  where d.email <> ''
$$;

-- Police checks that were asked for before a day, and have not come back.
create function checks_overdue(before date) returns table (pdu text, force text, overdue int) stable language sql as $$
  select n.receiving_pdu, a.evidence ->> 'force', count(*)::int
  from nsi_action a join nsi n on n.id = a.nsi_id
  where a.kind = 'police_check' and a.done_at is null and a.evidence ->> 'force' is not null
    and (a.evidence ->> 'asked_on')::date < before and a.evidence ->> 'returned_on' is null
    and not n.quiet and n.merged_into is null and n.status not in ('completed', 'withdrawn', 'returned')
  group by 1, 2
$$;

grant update (cases_in_flight) on region to bedspace_app;
grant select, insert on nsi_report, nsi_known_as, nsi_change, nsi_note, nsi_end, nsi_round, digest to bedspace_app;
grant select, insert, update on grade_holder, pattern_alert, nsi_question, nsi_pause, nsi_escalation, nsi_document, nsi_component, nsi_challenge,
  case_review, not_reporting to bedspace_app;
