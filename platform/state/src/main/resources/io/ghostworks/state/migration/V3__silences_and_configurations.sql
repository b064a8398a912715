-- matchers is JSON, [["name", "=~", "value"], ...]; schedule is what recurs, or "".
CREATE TABLE silence (
  tenant TEXT NOT NULL,
  id TEXT NOT NULL,
  matchers TEXT NOT NULL,
  starts_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  comment TEXT NOT NULL,
  annotations BLOB NOT NULL,
  schedule TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (tenant, id)
) WITHOUT ROWID;

-- Versions of a tenant's configuration count from 1; templates is JSON, {"name": "text", ...}. A deleted one has neither.
CREATE TABLE alertmanager_configuration (
  tenant TEXT NOT NULL,
  version INTEGER NOT NULL,
  configuration TEXT NOT NULL,
  templates TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  deleted INTEGER NOT NULL,
  PRIMARY KEY (tenant, version)
) WITHOUT ROWID;
