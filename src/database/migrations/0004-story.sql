-- Which requests have events that Slack has not been told of yet. Whoever tells a request's story sets `told` to
-- the last event it took into account; a crash in between leaves the row as it was, and the story is told again.
create table deadbolt.story (
  request_id text primary key,
  wanted     bigint not null,
  told       bigint not null default 0
);

create index story_untold on deadbolt.story (wanted) where told < wanted;

create function deadbolt.want_story() returns trigger language plpgsql as $$
begin
  insert into deadbolt.story (request_id, wanted) values (new.request_id, new.sequence)
  on conflict (request_id) do update set wanted = greatest(story.wanted, excluded.wanted);
  return null;
end
$$;

create trigger audit_event_wants_story
  after insert on deadbolt.audit_event
  for each row when (new.request_id is not null)
  execute function deadbolt.want_story();
