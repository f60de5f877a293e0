-- Lockouts: tried again in the same thread, others from the same thread, watched while they stand, and released.

-- How often what failed was tried again after the request had ended.
alter table deadbolt.request add column round integer not null default 0;
-- The request in whose thread this one is told.
alter table deadbolt.request add column thread_of text references deadbolt.request (id);

create table deadbolt.lockout (
  request_id    text primary key references deadbolt.request (id),
  target_key    text not null,
  since         timestamptz(3) not null,
  -- When it is next looked whether it holds; not before its run has ended.
  next_watch_at timestamptz(3),
  watched_at    timestamptz(3),
  -- Since when it cannot be looked.
  blind_since   timestamptz(3),
  released_at   timestamptz(3),
  released_by   text references deadbolt.request (id)
);
create index lockout_to_watch on deadbolt.lockout (next_watch_at) where released_at is null;
create index lockout_standing on deadbolt.lockout (target_key, since desc) where released_at is null;
