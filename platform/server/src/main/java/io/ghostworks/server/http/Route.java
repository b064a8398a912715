package io.ghostworks.server.http;

import io.ghostworks.server.access.Permission;
import java.util.Set;

/**
 * One thing that a listener answers.
 *
 * @param path a pattern: {@code {name}} stands for one part, {@code {*name}} at the end for the
 *     rest
 * @param work on which pool the endpoint runs
 */
public record Route(
    Set<String> methods,
    String path,
    Permission permission,
    Work work,
    ErrorForm errors,
    Endpoint endpoint) {

  public Route {
    methods = Set.copyOf(methods);
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException(
          "a route's path must begin with '/', got '%s'".formatted(path));
    }
  }

  /** What an endpoint does. */
  public enum Work {
    /** Answers from memory at once, on the event loop. */
    INSTANT,
    /**
     * Decodes and stores; large bodies on the ingest pool. Held back until the stores are ready.
     */
    INGEST,
    /** Reads stores, on the query pool. Held back until the stores are ready. */
    QUERY
  }
}
