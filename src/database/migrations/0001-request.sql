-- One row for each thing that was asked for, from the form to the last outcome.
-- Times are kept to the millisecond, as the program reads them, so that a time read from a row and sent back as a
-- page mark compares equal.
create table deadbolt.request (
  id             text primary key,
  playbook       text not null,
  requester_id   text not null,
  requester      jsonb not null,
  -- The target's e-mail in lower case: what "all requests about this person" is looked up by.
  target_key     text not null check (target_key = lower(target_key)),
  target         jsonb not null,
  fields         jsonb not null,
  -- What was shown and approved; only this runs. plan_hash binds every decision to it.
  plan           jsonb not null,
  plan_hash      text not null,
  -- The permission check's answer with its reasons, as of the time of asking.
  decision       jsonb not null,
  state          text not null check (state in (
    'pending', 'scheduled', 'approved', 'running', 'done', 'partly_done', 'failed', 'denied', 'expired', 'cancelled'
  )),
  policy_version text not null,
  channel        text,
  created_at     timestamptz(3) not null,
  expires_at     timestamptz(3),
  decided_at     timestamptz(3),
  started_at     timestamptz(3),
  finished_at    timestamptz(3)
);

-- Lists are newest first and paged by (created_at, id), so that the last page costs what the first does.
create index request_by_time on deadbolt.request (created_at desc, id desc);
create index request_by_requester on deadbolt.request (requester_id, created_at desc, id desc);
create index request_by_target on deadbolt.request (target_key, created_at desc, id desc);
create index request_by_state on deadbolt.request (state, created_at desc, id desc);
-- The few that somebody must still look after, however many are over.
create index request_pending_expiry on deadbolt.request (expires_at) where state = 'pending';
create index request_unfinished on deadbolt.request (created_at, id) where state in ('approved', 'running');

-- What each person decided; a second click of the same person changes nothing.
create table deadbolt.decision (
  id         text primary key,
  request_id text not null references deadbolt.request (id),
  person_id  text not null,
  -- As Slack had it at the click: the same e-mail is the same person, whatever the id.
  email      text,
  verdict    text not null check (verdict in ('approve', 'deny')),
  reason     text,
  -- The plan the person saw.
  plan_hash  text not null,
  -- The roles the person held at the click, which is what the tally counts.
  roles      jsonb not null,
  at         timestamptz(3) not null,
  unique (request_id, person_id)
);

-- What the vendor held before a step changed it: what a person needs to undo it.
create table deadbolt.snapshot (
  request_id text not null references deadbolt.request (id),
  step_id    text not null,
  vendor     text not null,
  data       jsonb not null,
  taken_at   timestamptz(3) not null,
  primary key (request_id, step_id)
);
