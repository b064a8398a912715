package io.ghostworks.server.tempo;

import io.ghostworks.query.record.TraceKey;
import io.ghostworks.server.tempo.FoundTrace.FoundSpan;
import io.ghostworks.server.tempo.FoundTrace.ServiceSpans;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is known of one trace while its spans come by, oldest first. Holds no span but a few. */
final class TraceSummary {

  private static final int STATUS_ERROR = 2;

  private final TraceKey id;
  private final Map<String, ServiceSpans> services = new TreeMap<>();
  private final List<FoundSpan> matchedSpans = new ArrayList<>();
  private String rootService = FoundTrace.NO_ROOT;
  private String rootName = "";
  private boolean hasRoot;
  private long startNanos = Long.MAX_VALUE;
  private long endNanos = Long.MIN_VALUE;
  private int matched;

  TraceSummary(TraceKey id) {
    this.id = id;
  }

  /** One of its spans. */
  void add(FoundSpan span, boolean root, String service, long statusCode) {
    startNanos = Math.min(startNanos, span.startNanos());
    endNanos = Math.max(endNanos, span.startNanos() + span.durationNanos());
    services.merge(
        service,
        new ServiceSpans(1, statusCode == STATUS_ERROR ? 1 : 0),
        (before, one) -> before.plus(one.errors() == 1));
    if (root && !hasRoot) {
      hasRoot = true;
      rootService = service;
      rootName = span.name();
    }
  }

  /** One of its spans meets the condition. */
  void match(FoundSpan span, int spansMax) {
    matched++;
    if (matchedSpans.size() < spansMax) {
      matchedSpans.add(span);
    }
  }

  /** Whether any span came, and the whole is as long as wanted. */
  boolean fits(TraceSearch search) {
    if (services.isEmpty()) {
      return false; // deleted since the scan saw it
    }
    Duration length = Duration.ofNanos(endNanos - startNanos);
    return search.minDuration().map(min -> length.compareTo(min) >= 0).orElse(true)
        && search.maxDuration().map(max -> length.compareTo(max) <= 0).orElse(true);
  }

  FoundTrace found() {
    return new FoundTrace(
        id,
        rootService,
        rootName,
        startNanos,
        endNanos - startNanos,
        Map.copyOf(services),
        matched,
        List.copyOf(matchedSpans));
  }
}
