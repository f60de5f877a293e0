-- What was posted in Slack for which event. A row is written as `posting` before the call and becomes `posted` with
-- Slack's answer; after a crash, `posting` means: look whether the message is there before posting again.
create table deadbolt.message (
  id         text primary key,
  request_id text,
  channel    text not null,
  thread_ts  text,
  ts         text,
  state      text not null check (state in ('posting', 'posted')),
  -- Hash of what the message shows, so that an update that changes nothing is not sent.
  digest     text,
  updated_at timestamptz(3) not null,
  check (state = 'posting' or ts is not null)
);

create index message_by_request on deadbolt.message (request_id);
create unique index message_by_slack_place on deadbolt.message (channel, ts) where ts is not null;
