-- What a history shows without reading payloads. carrier is the notification that a digest was sent as, or 0.
ALTER TABLE outbox ADD COLUMN receiver TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN reason TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN group_labels BLOB NOT NULL DEFAULT x'';
ALTER TABLE outbox ADD COLUMN firing INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN resolved INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN told_hash INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN idempotency_key TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN carrier INTEGER NOT NULL DEFAULT 0;

-- What an integration remembers for a group, packed as label sets are.
ALTER TABLE notification_log ADD COLUMN receiver_data BLOB NOT NULL DEFAULT x'';

-- status is the receiver's answer as a number, or 0; exchanges are requests and answers, cut and without secrets.
CREATE TABLE notification_attempt (
  notification INTEGER NOT NULL,
  number INTEGER NOT NULL,
  at INTEGER NOT NULL,
  duration INTEGER NOT NULL,
  error TEXT NOT NULL,
  status INTEGER NOT NULL,
  exchanges BLOB NOT NULL,
  PRIMARY KEY (notification, number)
) WITHOUT ROWID;
