-- What happened, in order. Each row's hash covers its content and the hash of the row before it.
create table deadbolt.audit_event (
  sequence      bigint primary key check (sequence > 0),
  id            text not null unique,
  -- No foreign key: refusals happen before there is a request, and the trail outlives everything else.
  request_id    text,
  type          text not null,
  actor         text not null,
  at            timestamptz(3) not null,
  data          jsonb not null,
  previous_hash text not null,
  hash          text not null
);

create index audit_event_by_request on deadbolt.audit_event (request_id, sequence);

-- The last row's place and hash, so that rows cut off at the end are missed.
create table deadbolt.audit_head (
  only_row boolean primary key default true check (only_row),
  sequence bigint not null,
  hash     text not null
);

insert into deadbolt.audit_head (sequence, hash) values (0, repeat('0', 64));

create function deadbolt.refuse_audit_change() returns trigger language plpgsql as $$
begin
  raise exception 'The audit trail is append-only: % on % is refused.', tg_op, tg_table_name
    using errcode = 'insufficient_privilege';
end
$$;

create trigger audit_event_append_only
  before update or delete or truncate on deadbolt.audit_event
  for each statement execute function deadbolt.refuse_audit_change();

create trigger audit_head_stays
  before delete or truncate on deadbolt.audit_head
  for each statement execute function deadbolt.refuse_audit_change();

create trigger audit_head_moves_by_one
  before update on deadbolt.audit_head
  for each row when (new.sequence is distinct from old.sequence + 1)
  execute function deadbolt.refuse_audit_change();
