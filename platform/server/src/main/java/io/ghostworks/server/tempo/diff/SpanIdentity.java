package io.ghostworks.server.tempo.diff;

import io.ghostworks.model.record.SpanBatch;

/** By what spans of two traces are the same operation. */
record SpanIdentity(String service, String name, String kind) {

  private static final String SERVICE = "service.name";

  /** Of a span; its own {@code service.name} counts before that of its resource. */
  static SpanIdentity of(SpanBatch spans, int row) {
    String own = spans.attributes().findString(row, SERVICE);
    String shared = spans.resources().attributes().findString(spans.resource(row), SERVICE);
    String service = own != null && !own.isEmpty() ? own : shared == null ? "" : shared;
    return new SpanIdentity(service, spans.arena().text(spans.name(row)), kind(spans.kind(row)));
  }

  private static String kind(int kind) {
    return switch (kind) {
      case 1 -> "internal";
      case 2 -> "server";
      case 3 -> "client";
      case 4 -> "producer";
      case 5 -> "consumer";
      default -> "unspecified";
    };
  }
}
