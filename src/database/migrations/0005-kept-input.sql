-- Secrets and files that somebody entered, sealed, from the form until the request has ended; then they are deleted.
-- The plan has only their hash.
create table deadbolt.kept_input (
  request_id text not null references deadbolt.request (id),
  step_id    text not null,
  path       text not null,
  sealed     text not null,
  primary key (request_id, step_id, path)
);

-- How often one operation ran on one Zoom user of late: Zoom takes some only so often.
create index request_by_zoom_user on deadbolt.request (playbook, (target ->> 'zoomUserId'), started_at desc)
  where started_at is not null;
