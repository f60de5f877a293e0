-- One-time passwords for approvals that ask for them (RFC 6238): one secret for each person, sealed.
create table deadbolt.second_factor (
  person_id    text primary key,
  sealed       text not null,
  enrolled_at  timestamptz(3) not null,
  -- The step of 30 seconds whose code was used last: that code and older ones are used up.
  last_step    bigint not null,
  -- Wrong codes since the last right one.
  failures     integer not null default 0 check (failures >= 0),
  locked_until timestamptz(3)
);

-- What was shown to be scanned, until its first right code comes or its time is over.
create table deadbolt.second_factor_enrolment (
  person_id text primary key,
  sealed    text not null,
  begun_at  timestamptz(3) not null
);
