package io.ghostworks.model;

/**
 * The name of a tenant, {@code [A-Za-z0-9_-]{1,64}}. Every stored byte and every request has one;
 * no path is ever built from it.
 */
public record TenantId(String value) implements Comparable<TenantId> {

  /**
   * The tenant of requests that name none, of the operator's files and of the platform's own
   * telemetry.
   */
  public static final TenantId DEFAULT = new TenantId("default");

  private static final int LENGTH_MAX = 64;

  public TenantId {
    if (!isValid(value)) {
      throw new IllegalArgumentException(
          "a tenant id must match [A-Za-z0-9_-]{1,64}, got '%s'"
              .formatted(
                  value.length() > LENGTH_MAX ? value.substring(0, LENGTH_MAX) + "…" : value));
    }
  }

  /** Whether a text is a tenant id. */
  public static boolean isValid(String value) {
    if (value.isEmpty() || value.length() > LENGTH_MAX) {
      return false;
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean allowed =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '_'
              || c == '-';
      if (!allowed) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int compareTo(TenantId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
