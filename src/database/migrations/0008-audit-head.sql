-- Events that come at the same moment are written together, so the head may go on by several rows: only to a row
-- that is there, with that row's hash, and over none that is missing.
create function deadbolt.refuse_audit_head_jump() returns trigger language plpgsql as $$
begin
  if new.sequence > old.sequence
    and exists (select from deadbolt.audit_event where sequence = new.sequence and hash = new.hash)
    and new.sequence - old.sequence =
      (select count(*) from deadbolt.audit_event where sequence > old.sequence and sequence <= new.sequence)
  then
    return new;
  end if;
  raise exception 'The audit trail is append-only: % on % is refused.', tg_op, tg_table_name
    using errcode = 'insufficient_privilege';
end
$$;

drop trigger audit_head_moves_by_one on deadbolt.audit_head;

create trigger audit_head_follows_rows
  before update on deadbolt.audit_head
  for each row when (new.sequence is distinct from old.sequence + 1)
  execute function deadbolt.refuse_audit_head_jump();
