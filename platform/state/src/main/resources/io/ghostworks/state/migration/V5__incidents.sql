-- Times are nanoseconds since the epoch; ended_at and ends_at are 0 while it goes on.
CREATE TABLE incident (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant TEXT NOT NULL,
  group_key TEXT NOT NULL,
  receiver TEXT NOT NULL,
  group_labels BLOB NOT NULL,
  title TEXT NOT NULL,
  summary TEXT NOT NULL,
  severity TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  firing INTEGER NOT NULL,
  reopened INTEGER NOT NULL,
  events INTEGER NOT NULL
);

CREATE INDEX incident_open ON incident (tenant, group_key) WHERE ended_at = 0;
CREATE INDEX incident_of_group ON incident (tenant, group_key, id);
CREATE INDEX incident_recent ON incident (tenant, id);

CREATE TABLE incident_alert (
  incident INTEGER NOT NULL,
  hash INTEGER NOT NULL,
  labels BLOB NOT NULL,
  annotations BLOB NOT NULL,
  starts_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  generator_url TEXT NOT NULL,
  PRIMARY KEY (incident, hash)
) WITHOUT ROWID;

-- notification is the id of the one told of, or 0; author is "" where nobody did it.
CREATE TABLE incident_event (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  incident INTEGER NOT NULL,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  author TEXT NOT NULL,
  text TEXT NOT NULL,
  notification INTEGER NOT NULL
);

CREATE INDEX incident_event_of ON incident_event (incident, id);

-- hashes are the alerts seen, 64 bits each, big-endian, ascending as signed numbers.
CREATE TABLE acknowledgement (
  tenant TEXT NOT NULL,
  group_key TEXT NOT NULL,
  incident INTEGER NOT NULL,
  author TEXT NOT NULL,
  comment TEXT NOT NULL,
  at INTEGER NOT NULL,
  until INTEGER NOT NULL,
  hashes BLOB NOT NULL,
  PRIMARY KEY (tenant, group_key)
) WITHOUT ROWID;
