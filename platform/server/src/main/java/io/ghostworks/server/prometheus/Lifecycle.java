package io.ghostworks.server.prometheus;

/**
 * What may be done to the process by HTTP.
 *
 * @param enabled whether it may at all
 * @param quit begins the end of the process; may be called again
 */
public record Lifecycle(boolean enabled, Reload reload, Runnable quit) {

  /** Reads the configuration anew. */
  @FunctionalInterface
  public interface Reload {
    /**
     * @throws Failure if it has a mistake; what held before holds on
     */
    void reload() throws Failure;

    /** Why the configuration was not taken. */
    final class Failure extends Exception {
      private static final long serialVersionUID = 1L;

      public Failure(String message, Throwable cause) {
        super(message, cause);
      }
    }
  }
}
