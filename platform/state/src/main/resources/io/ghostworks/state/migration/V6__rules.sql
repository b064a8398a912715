-- The slot for which a group was evaluated last, to within a second before a crash.
CREATE TABLE rule_position (
  tenant TEXT NOT NULL,
  rule_group TEXT NOT NULL,
  slot INTEGER NOT NULL,
  PRIMARY KEY (tenant, rule_group)
) WITHOUT ROWID;

-- Slots of a group that passed while the program did not run: the first, the last, how many.
CREATE TABLE rule_gap (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant TEXT NOT NULL,
  rule_group TEXT NOT NULL,
  first_slot INTEGER NOT NULL,
  last_slot INTEGER NOT NULL,
  iterations INTEGER NOT NULL,
  noticed_at INTEGER NOT NULL
);

CREATE INDEX rule_gap_recent ON rule_gap (tenant, id);

-- Groups that clients of the ruler API store; body is YAML.
CREATE TABLE stored_rule_group (
  tenant TEXT NOT NULL,
  language TEXT NOT NULL,
  namespace TEXT NOT NULL,
  name TEXT NOT NULL,
  version INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (tenant, language, namespace, name)
) WITHOUT ROWID;

-- Every version of them; body is empty where the group was deleted.
CREATE TABLE rule_group_version (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant TEXT NOT NULL,
  language TEXT NOT NULL,
  namespace TEXT NOT NULL,
  name TEXT NOT NULL,
  version INTEGER NOT NULL,
  change TEXT NOT NULL CHECK (change IN ('set', 'delete', 'restore')),
  body TEXT NOT NULL,
  author TEXT NOT NULL,
  changed_at INTEGER NOT NULL
);

CREATE INDEX rule_group_version_of ON rule_group_version (tenant, language, namespace, name, version);
