-- Dashboards that people store. tags is a JSON array; folder_uid is empty in the general folder;
-- file_hash names the provisioned file that a stored dashboard stands before, and is empty else;
-- bytes is what its kept versions take.
CREATE TABLE dashboard (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant TEXT NOT NULL,
  uid TEXT NOT NULL,
  version INTEGER NOT NULL,
  title TEXT NOT NULL,
  tags TEXT NOT NULL,
  folder_uid TEXT NOT NULL,
  file_hash TEXT NOT NULL,
  bytes INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  UNIQUE (tenant, uid)
);

-- Every version of them; original is what came, document what is served where that is another text.
CREATE TABLE dashboard_version (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  dashboard INTEGER NOT NULL REFERENCES dashboard (id) ON DELETE CASCADE,
  version INTEGER NOT NULL,
  parent_version INTEGER NOT NULL,
  restored_from INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  author TEXT NOT NULL,
  message TEXT NOT NULL,
  original BLOB NOT NULL,
  document BLOB,
  UNIQUE (dashboard, version)
);

CREATE TABLE dashboard_star (
  tenant TEXT NOT NULL,
  uid TEXT NOT NULL,
  PRIMARY KEY (tenant, uid)
) WITHOUT ROWID;

CREATE TABLE dashboard_folder (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant TEXT NOT NULL,
  uid TEXT NOT NULL,
  parent_uid TEXT NOT NULL,
  title TEXT NOT NULL,
  description TEXT NOT NULL,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT NOT NULL,
  UNIQUE (tenant, uid)
);

-- Notes on the time line; times are milliseconds, tags a JSON array, data JSON or empty.
CREATE TABLE annotation (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant TEXT NOT NULL,
  dashboard_uid TEXT NOT NULL,
  panel_id INTEGER NOT NULL,
  time INTEGER NOT NULL,
  time_end INTEGER NOT NULL,
  text TEXT NOT NULL,
  tags TEXT NOT NULL,
  data TEXT NOT NULL,
  login TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
);

CREATE INDEX annotation_of_range ON annotation (tenant, time_end, time);
