package io.ghostworks.server.access;

/** What a route needs. */
public enum Permission {
  /** Nothing: liveness, readiness, the files of the web UI. Gives nothing of any tenant. */
  PUBLIC,
  /** May send telemetry. */
  INGEST,
  /** May read telemetry. */
  READ,
  /** May read telemetry, where the credential allows it of several tenants in one request. */
  READ_TENANTS,
  /** May change what the platform does, or see all of it. */
  ADMIN
}
