-- Times are nanoseconds since the epoch. Label sets are packed as LabelSetTable does it.
CREATE TABLE rule_alert (
  tenant TEXT NOT NULL,
  rule_group TEXT NOT NULL,
  rule TEXT NOT NULL,
  labels BLOB NOT NULL,
  annotations BLOB NOT NULL,
  condition TEXT NOT NULL CHECK (condition IN ('pending', 'firing', 'inactive')),
  value_bits INTEGER NOT NULL,
  active_at INTEGER NOT NULL,
  fired_at INTEGER NOT NULL,
  resolved_at INTEGER NOT NULL,
  last_sent_at INTEGER NOT NULL,
  valid_until INTEGER NOT NULL,
  keep_firing_since INTEGER NOT NULL,
  PRIMARY KEY (tenant, rule_group, rule, labels)
) WITHOUT ROWID;

CREATE TABLE received_alert (
  tenant TEXT NOT NULL,
  labels BLOB NOT NULL,
  annotations BLOB NOT NULL,
  starts_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  timeout INTEGER NOT NULL,
  generator_url TEXT NOT NULL,
  PRIMARY KEY (tenant, labels)
) WITHOUT ROWID;

-- firing and resolved are 64-bit hashes, big-endian, ascending as signed numbers.
CREATE TABLE notification_log (
  tenant TEXT NOT NULL,
  group_key TEXT NOT NULL,
  integration TEXT NOT NULL,
  firing BLOB NOT NULL,
  resolved BLOB NOT NULL,
  sent_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (tenant, group_key, integration)
) WITHOUT ROWID;

CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant TEXT NOT NULL,
  group_key TEXT NOT NULL,
  integration TEXT NOT NULL,
  payload BLOB NOT NULL,
  condition TEXT NOT NULL CHECK (condition IN ('PENDING', 'DELIVERED', 'REPLACED', 'FAILED')),
  attempts INTEGER NOT NULL,
  error TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
);

CREATE INDEX outbox_pending ON outbox (tenant, group_key, integration) WHERE condition = 'PENDING';
CREATE INDEX outbox_recent ON outbox (tenant, id);
