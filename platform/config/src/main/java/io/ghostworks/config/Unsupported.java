package io.ghostworks.config;

/**
 * Something valid that a file asks for and this version does not do. {@code check} shows it as a
 * warning, {@code serve} refuses to start with it, so that nothing asked for is silently left out.
 *
 * @param position where the file asks for it
 * @param keyPath the key that asks for it
 * @param reason what is not done, and what to do instead, as one sentence
 */
public record Unsupported(Position position, String keyPath, String reason) {

  @Override
  public String toString() {
    return position + ": " + (keyPath.isEmpty() ? "" : keyPath + ": ") + reason;
  }
}
