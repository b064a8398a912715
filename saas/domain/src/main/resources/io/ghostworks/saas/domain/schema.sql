-- The schema of the reference SaaS, for H2 and PostgreSQL alike. Every statement may run again.
create table if not exists tenant (
  id varchar(64) primary key,
  name varchar(200) not null,
  tier varchar(20) not null,
  price_cents bigint not null,
  plan_id varchar(64) not null,
  status varchar(20) not null,
  created_at timestamp with time zone not null,
  cancelled_at timestamp with time zone
);
create table if not exists app_user (
  id varchar(64) primary key,
  tenant_id varchar(64) not null references tenant (id),
  email varchar(200) not null unique,
  name varchar(200) not null,
  password_salt varchar(64) not null,
  password_hash varchar(128) not null,
  activation_code varchar(64) not null,
  created_at timestamp with time zone not null,
  activated_at timestamp with time zone
);
create table if not exists login_session (
  token_hash varchar(64) primary key,
  user_id varchar(64) not null references app_user (id),
  tenant_id varchar(64) not null references tenant (id),
  created_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  ended_at timestamp with time zone
);
create index if not exists login_session_seen on login_session (last_seen_at);
create table if not exists artifact (
  id varchar(64) primary key,
  tenant_id varchar(64) not null references tenant (id),
  owner_id varchar(64) not null references app_user (id),
  name varchar(200) not null,
  size_bytes bigint not null,
  created_at timestamp with time zone not null,
  processed_at timestamp with time zone,
  deleted_at timestamp with time zone
);
create index if not exists artifact_recent on artifact (tenant_id, created_at desc);
create table if not exists artifact_tag (
  artifact_id varchar(64) not null references artifact (id),
  tag varchar(50) not null,
  primary key (artifact_id, tag)
);
create table if not exists artifact_share (
  id varchar(64) primary key,
  artifact_id varchar(64) not null references artifact (id),
  tenant_id varchar(64) not null references tenant (id),
  shared_with varchar(200) not null,
  created_at timestamp with time zone not null
);
create table if not exists invoice (
  id varchar(64) primary key,
  tenant_id varchar(64) not null references tenant (id),
  amount_cents bigint not null,
  issued_at timestamp with time zone not null,
  paid_at timestamp with time zone
);
create index if not exists invoice_of_tenant on invoice (tenant_id, issued_at);
create table if not exists payment (
  id varchar(64) primary key,
  invoice_id varchar(64) not null references invoice (id),
  tenant_id varchar(64) not null references tenant (id),
  amount_cents bigint not null,
  created_at timestamp with time zone not null
);
create table if not exists plan_change (
  id varchar(64) primary key,
  tenant_id varchar(64) not null references tenant (id),
  kind varchar(20) not null,
  from_tier varchar(20) not null,
  to_tier varchar(20) not null,
  created_at timestamp with time zone not null
);
create table if not exists usage_event (
  id varchar(64) primary key,
  tenant_id varchar(64) not null references tenant (id),
  user_id varchar(64) not null,
  feature varchar(50) not null,
  created_at timestamp with time zone not null
);
create index if not exists usage_event_recent on usage_event (tenant_id, created_at);
create table if not exists scheduled_tasks (
  task_name varchar(100) not null,
  task_instance varchar(100) not null,
  task_data bytea,
  execution_time timestamp with time zone not null,
  picked boolean not null,
  picked_by varchar(100),
  last_success timestamp with time zone,
  last_failure timestamp with time zone,
  consecutive_failures int,
  last_heartbeat timestamp with time zone,
  version bigint not null,
  priority smallint,
  state varchar(100),
  primary key (task_name, task_instance)
);
create index if not exists scheduled_tasks_due on scheduled_tasks (execution_time);
create index if not exists scheduled_tasks_heartbeat on scheduled_tasks (last_heartbeat);
