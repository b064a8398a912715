package io.ghostworks.saas.domain;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Makes identifiers and secrets from a source of randomness. Thread-safe. */
public final class Ids {
  private static final int ID_BYTES = 8;
  private static final int SECRET_BYTES = 24;

  private final SecureRandom random = new SecureRandom();

  /** A new id with a prefix that tells of what ({@code art-1f...}). */
  public String next(String prefix) {
    return prefix + "-" + hex(ID_BYTES);
  }

  /** A token that nobody can guess. */
  public String secret() {
    return hex(SECRET_BYTES);
  }

  private String hex(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
