package io.ghostworks.server.wiring;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.ghostworks.server.http.Bodies;
import io.ghostworks.server.settings.Settings;
import java.lang.management.ManagementFactory;
import java.util.OptionalLong;

/**
 * How the heap is shared out: every budget is a share of it, so that a smaller heap makes smaller
 * budgets and not a process that ends. What no budget has is for decoding, garbage and everything
 * small.
 *
 * @param requestsBytes bodies of requests and what is decoded from them
 * @param requestBytesMax of one body after decompression; smaller than what is configured where the
 *     heap has no room for that
 * @param seriesBytes the newest samples
 * @param selectionsBytes which series queries selected
 * @param resultsBytes kept results of range queries
 * @param recordsBytes the newest log records and spans
 * @param queriesBytes all queries of people together
 * @param rulesBytes all queries of rules together, half as much
 * @param journalBytes buffers of one of the two journals
 * @param generatorBytes series of the metrics generator
 */
record MemoryPlan(
    long requestsBytes,
    long requestBytesMax,
    long seriesBytes,
    long selectionsBytes,
    long resultsBytes,
    long recordsBytes,
    long queriesBytes,
    long rulesBytes,
    long journalBytes,
    long generatorBytes) {

  private static final long MIB = 1L << 20;

  /** Code, class metadata, stacks and the native libraries' own memory. */
  private static final long BESIDE_MIB = 160;

  private static final long HEAP_MIB_MIN = 128;
  private static final int REQUESTS_PERCENT = 20;
  private static final int SERIES_PERCENT = 35;
  private static final int SELECTIONS_PERCENT = 2;
  private static final int RECORDS_PERCENT = 12;
  private static final int QUERIES_PERCENT = 12;
  private static final int JOURNAL_PERCENT = 2;
  private static final int RESULTS_PERCENT = 2;
  private static final int RESULTS_PERCENT_MAX = 10;
  private static final int GENERATOR_PERCENT = 1;
  private static final int ALL_PERCENT_MAX = 95;

  /**
   * The plan for a heap.
   *
   * @param resultCacheBytes of kept results; a share of the heap if it is empty
   * @throws StartException if the configured part of it is too large
   */
  static MemoryPlan of(long heapBytes, Settings.Limits limits, OptionalLong resultCacheBytes) {
    if (heapBytes < HEAP_MIB_MIN * MIB) {
      throw new StartException(
          "the heap must be at least %d MiB, got %d MiB: start with GHOSTWORKS_JAVA_OPTIONS=-Xmx%dm or more"
              .formatted(HEAP_MIB_MIN, heapBytes / MIB, HEAP_MIB_MIN));
    }
    long results = resultCacheBytes.orElse(share(heapBytes, RESULTS_PERCENT));
    checkResults(results, heapBytes);
    long queriesMax =
        (share(
                    heapBytes,
                    ALL_PERCENT_MAX
                        - REQUESTS_PERCENT
                        - SERIES_PERCENT
                        - SELECTIONS_PERCENT
                        - RECORDS_PERCENT
                        - 2 * JOURNAL_PERCENT
                        - GENERATOR_PERCENT)
                - results)
            * 2
            / 3;
    long queries =
        limits.queryMemoryBytes().orElse(Math.min(share(heapBytes, QUERIES_PERCENT), queriesMax));
    if (queries > queriesMax) {
      throw new StartException(
          "limits.query_memory must be at most %d MiB with a heap of %d MiB, got %d MiB: make it smaller, or give more heap with GHOSTWORKS_JAVA_OPTIONS=-Xmx..."
              .formatted(queriesMax / MIB, heapBytes / MIB, queries / MIB));
    }
    long requests = share(heapBytes, REQUESTS_PERCENT);
    return new MemoryPlan(
        requests,
        Math.min(limits.requestBytesMax(), requests / Bodies.MEMORY_FACTOR),
        share(heapBytes, SERIES_PERCENT),
        share(heapBytes, SELECTIONS_PERCENT),
        results,
        share(heapBytes, RECORDS_PERCENT),
        queries,
        queries / 2,
        share(heapBytes, JOURNAL_PERCENT),
        share(heapBytes, GENERATOR_PERCENT));
  }

  private static void checkResults(long resultsBytes, long heapBytes) {
    long resultsMax = share(heapBytes, RESULTS_PERCENT_MAX);
    if (resultsBytes > resultsMax) {
      throw new StartException(
          "promql.result_cache_memory must be at most %d MiB with a heap of %d MiB, got %d MiB: make it smaller, or give more heap with GHOSTWORKS_JAVA_OPTIONS=-Xmx..."
              .formatted(resultsMax / MIB, heapBytes / MIB, resultsBytes / MIB));
    }
  }

  private static long share(long heapBytes, int percent) {
    return heapBytes * percent / 100;
  }

  /**
   * Refuses a process that would be ended by its control group under load.
   *
   * @throws StartException with what to do
   */
  static void checkFits(long heapBytes, long directBytes, OptionalLong limitBytes) {
    if (limitBytes.isEmpty()) {
      return;
    }
    long limitMib = limitBytes.getAsLong() / MIB;
    long neededMib = heapBytes / MIB + directBytes / MIB + BESIDE_MIB;
    if (neededMib <= limitMib) {
      return;
    }
    long heapMib = Math.min(1280, (limitMib - BESIDE_MIB) * 4 / 5);
    String told =
        "heap (%d MiB), direct memory (%d MiB) and %d MiB beside them need %d MiB, but the control group of this process may use %d MiB: "
            .formatted(heapBytes / MIB, directBytes / MIB, BESIDE_MIB, neededMib, limitMib);
    throw new StartException(
        told
            + (heapMib < HEAP_MIB_MIN
                ? "raise the group's limit to %d MiB at least"
                    .formatted(HEAP_MIB_MIN * 5 / 4 + BESIDE_MIB)
                : "start with GHOSTWORKS_JAVA_OPTIONS='-Xmx%dm -XX:MaxDirectMemorySize=%dm', or raise the group's limit"
                    .formatted(heapMib, Math.min(512, (limitMib - BESIDE_MIB) / 5))));
  }

  /** What {@code -Xmx} says; collectors keep a little of it to themselves. */
  static long heapBytesMax() {
    return flag("MaxHeapSize");
  }

  /** What direct buffers may take: what their flag says, or as much as the heap. */
  static long directBytesMax() {
    long bytes = flag("MaxDirectMemorySize");
    return bytes > 0 ? bytes : heapBytesMax();
  }

  private static long flag(String name) {
    HotSpotDiagnosticMXBean hotSpot =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    return Long.parseLong(hotSpot.getVMOption(name).getValue());
  }
}
