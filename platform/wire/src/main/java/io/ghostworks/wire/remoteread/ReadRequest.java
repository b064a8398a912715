package io.ghostworks.wire.remoteread;

import io.ghostworks.model.label.LabelMatcher;
import java.util.List;

/**
 * What a remote reader asks for.
 *
 * @param streamed whether the answer is a stream of chunks and not one message of samples
 */
public record ReadRequest(List<Query> queries, boolean streamed) {
  public ReadRequest {
    queries = List.copyOf(queries);
  }

  /**
   * One selection.
   *
   * @param startMs the first time that matters, inclusive
   * @param endMs the last time that matters, inclusive
   */
  public record Query(List<LabelMatcher> matchers, long startMs, long endMs) {
    public Query {
      matchers = List.copyOf(matchers);
    }
  }
}
