-- Every address that Slack showed for an account, and when: a changed address must not make two people of one.
create table deadbolt.person_address (
  slack_id    text not null,
  -- In lower case.
  email       text not null,
  first_seen  timestamptz(3) not null,
  last_seen   timestamptz(3) not null,
  primary key (slack_id, email)
);
