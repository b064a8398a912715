package io.ghostworks.server.jaeger;

import io.ghostworks.model.semconv.AdjustedCount;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.ColumnBatch;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.RecordCursor;
import io.ghostworks.query.record.RecordScan;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.query.record.Signal;
import io.ghostworks.wire.jaeger.json.JaegerNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * Counts spans by the time at which they began, in bins of one step, each as many times as its
 * adjusted count says; what is asked of a step looks back over as many bins as its window covers.
 * Latencies are known to within 1/64.
 */
final class SpanRates {

  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final int STATUS_ERROR = 2;
  private static final int GROUPS_MAX = 2_000;
  private static final List<Field> FIELDS =
      List.of(
          Field.SERVICE_NAME,
          Field.NAME,
          Field.TIME,
          Field.DURATION,
          Field.STATUS_CODE,
          Field.TRACE_STATE);

  private final RecordSource records;
  private final QueryContext context;
  private final Request request;
  private final Map<String, Group> groups = new TreeMap<>();

  SpanRates(RecordSource records, QueryContext context, Request request) {
    this.records = records;
    this.context = context;
    this.request = request;
  }

  /**
   * @param kinds of OTLP
   * @param ratePerMs the window of a step, rounded up to whole steps
   */
  record Request(
      SortedSet<String> services,
      List<Integer> kinds,
      boolean byOperation,
      long endMs,
      long lookbackMs,
      long stepMs,
      long ratePerMs) {

    /** How many steps there are, that at the start of the range included. */
    int points() {
      return (int) Math.min(Integer.MAX_VALUE - 1, lookbackMs / stepMs) + 1;
    }

    int windowBins() {
      return (int) Math.min(Integer.MAX_VALUE / 2, (ratePerMs + stepMs - 1) / stepMs);
    }

    /** Of all windows together; bin 0 is the first of the first step's. */
    long bins() {
      return (long) points() + windowBins() - 1;
    }

    long timeMs(int step) {
      return endMs - lookbackMs + step * stepMs;
    }

    private long firstBinStartMs() {
      return timeMs(0) - windowBins() * stepMs;
    }
  }

  /** All groups that have spans, by service and operation. */
  List<Group> read() {
    List<Filter> services = new ArrayList<>();
    request.services().forEach(name -> services.add(TraceQuery.ofService(name)));
    List<Filter> kinds = new ArrayList<>();
    for (int kind : request.kinds()) {
      kinds.add(
          new Filter.Compare(Field.KIND, Filter.Operator.EQUAL, new Filter.Literal.Whole(kind)));
    }
    RecordScan scan =
        new RecordScan(
            Signal.SPANS,
            request.firstBinStartMs() * NANOS_PER_MILLI + 1,
            request.timeMs(request.points() - 1) * NANOS_PER_MILLI + 1,
            new Filter.And(List.of(new Filter.Or(services), new Filter.Or(kinds))),
            FIELDS,
            RecordScan.Order.OLDEST_FIRST,
            Integer.MAX_VALUE);
    try (RecordCursor cursor = records.scan(scan, context)) {
      for (ColumnBatch batch = cursor.next(); batch != null; batch = cursor.next()) {
        context.check();
        for (int row = 0; row < batch.rows(); row++) {
          add(batch, row);
        }
      }
    }
    groups.values().forEach(Group::finish);
    return List.copyOf(groups.values());
  }

  private void add(ColumnBatch batch, int row) {
    String service = JaegerNames.service(batch.bytes(0).text(row));
    String operation = request.byOperation() ? batch.bytes(1).text(row) : "";
    Group group =
        groups.computeIfAbsent(service + "\0" + operation, key -> newGroup(service, operation));
    long since = batch.longs(2).values()[row] - request.firstBinStartMs() * NANOS_PER_MILLI - 1;
    group.add(
        (int) (since / (request.stepMs() * NANOS_PER_MILLI)),
        batch.longs(3).values()[row],
        batch.longs(4).values()[row] == STATUS_ERROR,
        weight(batch.bytes(5), row));
  }

  /** For how many spans a span stands; itself alone where that is unknown. */
  private static double weight(ColumnBatch.BytesColumn traceStates, int row) {
    double count = AdjustedCount.ofTraceState(traceStates.arena(), traceStates.slices()[row]);
    return count > 0 ? count : 1;
  }

  private Group newGroup(String service, String operation) {
    if (groups.size() >= GROUPS_MAX) {
      throw new io.ghostworks.query.QueryException(
          io.ghostworks.query.QueryException.Kind.LIMIT,
          "the services have more than %d operations: ask without groupByOperation"
              .formatted(GROUPS_MAX));
    }
    context.reserve(request.bins() * 2 * Double.BYTES + Group.SLOTS * Double.BYTES);
    return new Group(service, operation, request, new WeighedSlots(context::reserve));
  }

  /** One line: a service, or an operation of one. Asked by ascending steps. */
  static final class Group {
    private static final int SLOT_BITS = 6;
    private static final int SLOTS = 64 << SLOT_BITS;
    private static final double SMALLEST_WEIGHT = 0.5;

    private final String service;
    private final String operation;
    private final Request request;
    private final double[] calls;
    private final double[] errors;
    private final WeighedSlots latencies;
    private final double[] window = new double[SLOTS];
    private long[] sorted = {};
    private int entered;
    private int left;

    private Group(String service, String operation, Request request, WeighedSlots latencies) {
      this.service = service;
      this.operation = operation;
      this.request = request;
      this.calls = new double[(int) request.bins()];
      this.errors = new double[(int) request.bins()];
      this.latencies = latencies;
    }

    private void add(int bin, long durationNanos, boolean error, double weight) {
      calls[bin] += weight;
      errors[bin] += error ? weight : 0;
      latencies.add((long) bin * SLOTS + slot(Math.max(0, durationNanos)), weight);
    }

    private void finish() {
      sorted = latencies.sortedKeys();
    }

    String service() {
      return service;
    }

    /** "" where operations are not told apart. */
    String operation() {
      return operation;
    }

    double callsPerSecond(int step) {
      return sum(calls, step) * 1_000 / ((double) request.windowBins() * request.stepMs());
    }

    /** NaN where there are no calls. */
    double errorsPerCall(int step) {
      return sum(errors, step) / sum(calls, step);
    }

    /** NaN where there are no calls. */
    double latencyMs(int step, double quantile) {
      advance(step);
      if (entered == left) {
        return Double.NaN;
      }
      double rank = Math.clamp(quantile, 0, 1) * Arrays.stream(window).sum();
      double seen = 0;
      for (int slot = 0; slot < SLOTS; slot++) {
        if (window[slot] > 0 && seen + window[slot] >= rank) {
          double within = Math.max(0, rank - seen) / window[slot];
          return (lowest(slot) + within * (lowest(slot + 1) - lowest(slot))) / NANOS_PER_MILLI;
        }
        seen += window[slot];
      }
      return Double.NaN;
    }

    private void advance(int step) {
      long end = (long) (step + request.windowBins()) * SLOTS;
      while (entered < sorted.length && sorted[entered] < end) {
        enter(sorted[entered++]);
      }
      while (left < entered && sorted[left] < (long) step * SLOTS) {
        leave(sorted[left++]);
      }
    }

    private void enter(long key) {
      window[(int) (key % SLOTS)] += latencies.weight(key);
    }

    /** Weights that are no whole numbers leave a rest of rounding, which is below any span's. */
    private void leave(long key) {
      int slot = (int) (key % SLOTS);
      double rest = window[slot] - latencies.weight(key);
      window[slot] = rest < SMALLEST_WEIGHT ? 0 : rest;
    }

    private double sum(double[] bins, int step) {
      double sum = 0;
      for (int bin = step; bin < step + request.windowBins(); bin++) {
        sum += bins[bin];
      }
      return sum;
    }

    /** 64 slots for each power of two, below which each number has its own. */
    private static int slot(long nanos) {
      if (nanos < 1 << SLOT_BITS) {
        return (int) nanos;
      }
      int shift = 63 - Long.numberOfLeadingZeros(nanos) - SLOT_BITS;
      return ((shift + 1) << SLOT_BITS) + (int) (nanos >>> shift) - (1 << SLOT_BITS);
    }

    /** The smallest duration of a slot, in nanoseconds. */
    private static double lowest(int slot) {
      if (slot < 1 << SLOT_BITS) {
        return slot;
      }
      int shift = (slot >>> SLOT_BITS) - 1;
      return Math.scalb((double) ((slot & ((1 << SLOT_BITS) - 1)) + (1 << SLOT_BITS)), shift);
    }
  }
}
