package io.ghostworks.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A password, token or key. It prints as {@code <secret>} wherever it is printed, and compares in
 * time that does not depend on where two values differ.
 */
public final class Secret {
  private static final Secret EMPTY = new Secret("");

  private final String text;

  private Secret(String text) {
    this.text = text;
  }

  /** The secret that consists of {@code text}. */
  public static Secret of(String text) {
    return text.isEmpty() ? EMPTY : new Secret(text);
  }

  /** The text itself, to be handed on to where it is needed and nowhere else. */
  public String reveal() {
    return text;
  }

  public boolean isEmpty() {
    return text.isEmpty();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret
        && MessageDigest.isEqual(
            text.getBytes(StandardCharsets.UTF_8), secret.text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return "<secret>";
  }
}
