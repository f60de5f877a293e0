-- Approvals in stages, with reminders, escalation and a one-time password; decisions bound to one plan each.

-- When a waiting request next needs looking after: a reminder, an escalation, its expiry.
alter table deadbolt.request add column next_deadline timestamptz(3);
-- How often the run of an approved request was put back because the approval no longer held: each try is a run of its own.
alter table deadbolt.request add column attempt integer not null default 0;
-- When its plan was last replaced; limits count a changed request as one that is made then.
alter table deadbolt.request add column changed_at timestamptz(3);
update deadbolt.request set next_deadline = expires_at where state = 'pending';
drop index deadbolt.request_pending_expiry;
create index request_pending_deadline on deadbolt.request (next_deadline) where state = 'pending';

-- Rules that were written before there were stages: one stage of one part.
update deadbolt.request r
set decision = jsonb_set(decision, '{rules}', (
  select coalesce(jsonb_agg(
    (rule - 'approverRoles' - 'count' - 'expiresMilliseconds') || jsonb_build_object(
      'stages', jsonb_build_array(jsonb_build_object('parts', jsonb_build_array(jsonb_build_object(
        'roles', rule -> 'approverRoles', 'people', '[]'::jsonb, 'count', rule -> 'count')))),
      'secondFactor', false,
      'remindAt', '[]'::jsonb,
      'expiresAt', to_char(coalesce(r.expires_at, r.created_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
    ) order by place), '[]'::jsonb)
  from jsonb_array_elements(r.decision -> 'rules') with ordinality as given (rule, place)
  where rule ? 'approverRoles'
))
where jsonb_array_length(r.decision -> 'rules') > 0;

alter table deadbolt.decision drop constraint decision_request_id_person_id_key;
alter table deadbolt.decision add column second_factor boolean not null default false;
-- The person no longer held the role when the run was to start.
alter table deadbolt.decision add column voided_at timestamptz(3);
create index decision_in_force on deadbolt.decision (request_id, person_id) where voided_at is null;

-- People whose access an approved request takes away: until that is lifted they neither ask nor approve.
create table deadbolt.suspension (
  request_id  text primary key references deadbolt.request (id),
  -- Ids and e-mails in lower case.
  names       text[] not null,
  slack_id    text,
  since       timestamptz(3) not null,
  lifted_at   timestamptz(3),
  lifted_by   text
);
create index suspension_in_force on deadbolt.suspension using gin (names) where lifted_at is null;

-- What ran without its approvals must be looked at by somebody else.
create table deadbolt.review (
  request_id   text primary key references deadbolt.request (id),
  approvers    jsonb not null,
  escalate_to  jsonb not null,
  due_at       timestamptz(3) not null,
  escalated_at timestamptz(3),
  closed_at    timestamptz(3),
  closed_by    text
);
create index review_open on deadbolt.review (due_at) where closed_at is null and escalated_at is null;

-- Everything that the permission check was asked, with all that it knew, so that another policy can be tried on it.
create table deadbolt.judgement (
  id             text primary key,
  at             timestamptz(3) not null,
  -- allowed, needs_approval or denied
  answer         text not null,
  rule           text not null,
  policy_version text not null,
  question       jsonb not null
);
create index judgement_by_time on deadbolt.judgement (at, id);

-- The policy in force when something happened. Rows from before have none, and their hashes stay as they were.
alter table deadbolt.audit_event add column policy_version text;
