-- Adds events to the chain, in the order given, in one statement: while one transaction adds, all others wait, so
-- nothing in between may wait for an answer to travel. `before` and `after` are what a row's hash covers on both sides
-- of the hash of the row before it. An event that is there already keeps its place.
create function deadbolt.append_audit_events(lock_space integer, lock_name integer, events json)
returns table (place bigint, is_new boolean) language plpgsql as $$
declare
  head record;
  event record;
  last_sequence bigint;
  last_hash text;
  next_hash text;
  known bigint;
begin
  perform pg_advisory_xact_lock(lock_space, lock_name);
  -- Each statement here sees what the lock's last holder committed.
  select sequence, hash into head from deadbolt.audit_head;
  if not found then
    raise exception 'The audit trail has lost its head row: run the audit verification.' using errcode = 'system_error';
  end if;
  last_sequence := head.sequence;
  last_hash := head.hash;
  for event in
    select * from json_to_recordset(events) as one (
      id text, request_id text, type text, actor text, at timestamptz, data text, policy_version text,
      before text, after text
    )
  loop
    select sequence into known from deadbolt.audit_event where audit_event.id = event.id;
    if known is not null then
      place := known;
      is_new := false;
    else
      next_hash := encode(sha256(convert_to(event.before || last_hash || event.after, 'UTF8')), 'hex');
      last_sequence := last_sequence + 1;
      insert into deadbolt.audit_event
        (sequence, id, request_id, type, actor, at, data, policy_version, previous_hash, hash)
      values
        (last_sequence, event.id, event.request_id, event.type, event.actor, event.at, event.data::jsonb,
         event.policy_version, last_hash, next_hash);
      last_hash := next_hash;
      place := last_sequence;
      is_new := true;
    end if;
    return next;
  end loop;
  if last_sequence > head.sequence then
    update deadbolt.audit_head set sequence = last_sequence, hash = last_hash;
  end if;
end
$$;
