package io.ghostworks.config;

/**
 * Something valid that a foreign file asks for and that has no effect here. {@code serve} starts
 * with it and names it at start and on the status page, {@code check} shows it.
 *
 * @param position where the file asks for it
 * @param keyPath the key that asks for it
 * @param consequence what follows for the user, as one sentence without a full stop
 */
public record WithoutEffect(Position position, String keyPath, String consequence) {

  @Override
  public String toString() {
    return "%s: %s has no effect: %s".formatted(position, keyPath, consequence);
  }
}
