-- Who was in a user group when Slack last listed it. Only to keep somebody from something while Slack does not say: it
-- never gives anybody a role.
create table deadbolt.known_group (
  group_id text primary key,
  members text[] not null,
  seen_at timestamptz not null
);
