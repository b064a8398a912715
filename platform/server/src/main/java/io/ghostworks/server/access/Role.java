package io.ghostworks.server.access;

import java.util.Locale;

/** What a credential is for. */
public enum Role {
  /** Everything, for any tenant. */
  ADMIN,
  /** Sends telemetry. */
  INGEST,
  /** Reads telemetry. */
  READ;

  /** The name of its token's file. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether a request that needs {@code permission} is allowed. */
  boolean allows(Permission permission) {
    return switch (permission) {
      case PUBLIC -> true;
      case INGEST -> this != READ;
      case READ, READ_TENANTS -> this != INGEST;
      case ADMIN -> this == ADMIN;
    };
  }
}
