package io.ghostworks.collector.generator;

import org.jspecify.annotations.Nullable;

/**
 * A request between two services, of which one side is known or both. Owned by its store, which
 * links it in the order of arrival.
 */
final class Edge {
  final long traceHigh;
  final long traceLow;

  /** The id of the client's span: the parent of the server's; 0 where that is a root. */
  final long span;

  /** The position of the batch that brought the first side. */
  final long position;

  final long expiresNanos;
  @Nullable Edge next;
  @Nullable Edge before;
  @Nullable Edge after;
  String client = "";
  String server = "";
  String connectionType = "";
  String peer = "";
  String virtualNode = "";
  final String[] dimensions;
  double clientSeconds;
  double serverSeconds;
  long clientEndNanos;
  long serverStartNanos;
  double weight = 1;
  boolean failed;

  /** Whether a side was left out by a filter, so that the other one does not count either. */
  boolean dropped;

  boolean isClientSide;

  Edge(
      long traceHigh,
      long traceLow,
      long span,
      long position,
      long expiresNanos,
      int dimensionCount) {
    this.traceHigh = traceHigh;
    this.traceLow = traceLow;
    this.span = span;
    this.position = position;
    this.expiresNanos = expiresNanos;
    this.dimensions = new String[dimensionCount];
    java.util.Arrays.fill(dimensions, "");
  }

  boolean isComplete() {
    return !client.isEmpty() && !server.isEmpty();
  }
}
