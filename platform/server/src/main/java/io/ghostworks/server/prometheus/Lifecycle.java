package io.ghostworks.server.prometheus;

import java.util.List;

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
     * What changed in the files and counts from the next start only, as sentences.
     *
     * @throws Failure if it has a mistake; what held before holds on
     */
    List<String> reload() throws Failure;

    /** Why the configuration was not taken. */
    final class Failure extends Exception {
      private static final long serialVersionUID = 1L;

      public Failure(String message, Throwable cause) {
        super(message, cause);
      }
    }
  }
}
