package io.ghostworks.bench.traces;

import java.util.SplittableRandom;

/**
 * One made-up trace: 5 to 40 spans of a few of 24 services, parents before their children, children
 * inside the time of their parents. It depends on the seed and its number only. Arrays are by span
 * and reused for the next trace; not thread-safe.
 */
final class SpanTree {
  static final int SERVICES = 24;
  static final int PODS = 2;
  static final int SPANS_MIN = 5;
  static final int SPANS_MAX = 40;

  /** Services in which requests begin. */
  static final int ENTRY_SERVICES = 4;

  private static final int ERRORS_PER_MILLE = 17;
  private static final double ROOT_NANOS_MIN = 5e6;
  private static final double ROOT_NANOS_RATIO = 600;

  /** What a span does, which decides its kind and its attributes. */
  enum Form {
    SERVER(2),
    CLIENT(3),
    DATABASE(3),
    INTERNAL(1);

    private final int kind;

    Form(int kind) {
      this.kind = kind;
    }

    /** As OTLP numbers it. */
    int kind() {
      return kind;
    }
  }

  private final long seed;
  private SplittableRandom random = new SplittableRandom(0);
  private long traceIdHigh;
  private long traceIdLow;
  private int spans;
  private final long[] ids = new long[SPANS_MAX];
  private final int[] parents = new int[SPANS_MAX];
  private final int[] services = new int[SPANS_MAX];
  private final Form[] forms = new Form[SPANS_MAX];
  private final long[] starts = new long[SPANS_MAX];
  private final long[] nanos = new long[SPANS_MAX];
  private final boolean[] failed = new boolean[SPANS_MAX];

  SpanTree(long seed) {
    this.seed = seed;
  }

  /**
   * Makes the trace of a number.
   *
   * @param startNanos of its root
   */
  void make(long number, long startNanos) {
    random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L ^ number * 0xC2B2AE3D27D4EB4FL);
    traceIdHigh = random.nextLong();
    traceIdLow = random.nextLong();
    spans = SPANS_MIN + random.nextInt(SPANS_MAX - SPANS_MIN + 1);
    for (int span = 0; span < spans; span++) {
      ids[span] = random.nextLong() | 1;
      failed[span] = random.nextInt(1_000) < ERRORS_PER_MILLE;
      if (span == 0) {
        parents[0] = -1;
        services[0] = random.nextInt(ENTRY_SERVICES);
        forms[0] = Form.SERVER;
        starts[0] = startNanos;
        nanos[0] = (long) (ROOT_NANOS_MIN * Math.pow(ROOT_NANOS_RATIO, random.nextDouble()));
      } else {
        child(span);
      }
    }
  }

  private void child(int span) {
    int parent = parent(span);
    parents[span] = parent;
    forms[span] = form(forms[parent]);
    services[span] =
        forms[span] == Form.SERVER
            ? (services[parent] * 5 + 1 + random.nextInt(4)) % SERVICES
            : services[parent];
    long latest = Math.max(1, nanos[parent] - nanos[parent] / 10);
    long offset = random.nextLong(latest);
    starts[span] = starts[parent] + offset;
    nanos[span] = 1 + (long) ((nanos[parent] - offset - 1) * (0.2 + 0.8 * random.nextDouble()));
  }

  /** One of the last spans that may have children. */
  private int parent(int span) {
    int parent = span - 1 - random.nextInt(Math.min(span, 6));
    while (forms[parent] == Form.DATABASE) {
      parent = parents[parent];
    }
    return parent;
  }

  private Form form(Form parent) {
    if (parent == Form.CLIENT) {
      return Form.SERVER;
    }
    int share = random.nextInt(100);
    return share < 30 ? Form.CLIENT : share < 65 ? Form.DATABASE : Form.INTERNAL;
  }

  /** For what is made up beside the tree; goes on where the tree ended. */
  SplittableRandom random() {
    return random;
  }

  long traceIdHigh() {
    return traceIdHigh;
  }

  long traceIdLow() {
    return traceIdLow;
  }

  int spans() {
    return spans;
  }

  long id(int span) {
    return ids[span];
  }

  /** 0 for the root. */
  long parentId(int span) {
    return parents[span] < 0 ? 0 : ids[parents[span]];
  }

  int service(int span) {
    return services[span];
  }

  Form form(int span) {
    return forms[span];
  }

  long startNanos(int span) {
    return starts[span];
  }

  long endNanos(int span) {
    return starts[span] + nanos[span];
  }

  boolean failed(int span) {
    return failed[span];
  }
}
