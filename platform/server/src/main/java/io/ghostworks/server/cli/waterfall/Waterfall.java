package io.ghostworks.server.cli.waterfall;

import io.ghostworks.traceql.analysis.Arrival;
import io.ghostworks.traceql.analysis.FirstCause;
import io.ghostworks.traceql.analysis.OperationTime;
import io.ghostworks.traceql.trace.TraceSummary;
import io.ghostworks.traceql.trace.TraceTree;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * A trace as a tree with bars, a line a span. Lines have no more columns than they may. What a
 * trace should not have (missing parents, cycles, ids that come twice, spans that begin before
 * their parent or end before they begin) is marked by a sign, which is explained below the tree.
 */
public final class Waterfall {
  /** Fewer columns than that are drawn as that many. */
  public static final int WIDTH_MIN = 40;

  private static final int DURATION_WIDTH = 8;
  private static final int INDENTS_MAX = 8;
  private static final int SERVICES_MAX = 5;

  private final DrawnTrace trace;
  private final TraceTree tree;
  private final TraceSummary summary;
  private final ShownSpans shown;
  private final SpanBars bars;
  private final Colours colours;
  private final int textWidth;
  private final int width;
  private final PrintWriter out;
  private final TreeMap<Sign, Integer> signs = new TreeMap<>();

  /** What a sign behind a span's name means. */
  private enum Sign {
    FAILED('!', "failed"),
    ORPHAN('?', "names a parent that is not here"),
    CYCLE('@', "was its own ancestor: the cycle is cut here"),
    DUPLICATE('=', "has the id of another span"),
    EARLY('<', "begins before its parent: clocks differ"),
    NEGATIVE('-', "ends before it begins"),
    NO_TIME('0', "has no time");

    private final char letter;
    private final String meaning;

    Sign(char letter, String meaning) {
      this.letter = letter;
      this.meaning = meaning;
    }
  }

  private Waterfall(DrawnTrace trace, int width, int spansMax, boolean coloured, PrintWriter out) {
    this.trace = trace;
    this.tree = trace.tree();
    this.summary = TraceSummary.of(trace.spans());
    this.width = Math.max(WIDTH_MIN, width);
    this.textWidth = this.width * 9 / 20;
    this.shown = ShownSpans.of(trace, spansMax);
    this.colours = new Colours(coloured);
    this.out = out;
    int cells = this.width - textWidth - DURATION_WIDTH - 2;
    this.bars = new SpanBars(trace, shown, summary.startNanos(), summary.durationNanos(), cells);
  }

  /**
   * @param width columns of the terminal
   * @param spansMax so many spans are drawn; what is left out of a longer trace is told
   */
  public static void draw(
      DrawnTrace trace, int width, int spansMax, boolean coloured, PrintWriter out) {
    new Waterfall(trace, width, spansMax, coloured, out).draw();
  }

  private void draw() {
    head();
    for (int i = 0; i < tree.size(); i++) {
      int row = tree.preorder(i);
      sign(row);
      if (shown.isShown(row)) {
        span(row);
        if (shown.hiddenBelow(row) > 0) {
          folded(tree.depth(row) + 1, shown.hiddenBelow(row), shown.failedBelow(row));
        }
      }
    }
    if (shown.hiddenRoots() > 0) {
      folded(0, shown.hiddenRoots(), 0);
    }
    foot();
  }

  private void head() {
    line("trace %016x%016x".formatted(trace.spans().traceIdHigh(0), trace.spans().traceIdLow(0)));
    line(
        "%s  %s  %s  %s"
            .formatted(
                Instant.ofEpochSecond(0, summary.startNanos()),
                ShortDuration.of(summary.durationNanos()),
                counted(summary.spans(), "span"),
                counted(summary.services().size(), "service")
                    + (summary.errors() == 0 ? "" : ", " + summary.errors() + " failed")));
    arrival();
    out.println();
  }

  private void arrival() {
    Arrival arrival = trace.analysis().arrival();
    if (arrival.complete()) {
      return;
    }
    List<String> parts = new ArrayList<>();
    if (arrival.arriving()) {
      parts.add("the newest span ended %s ago".formatted(ShortDuration.of(arrival.quietNanos())));
    }
    if (arrival.rootMissing()) {
      parts.add("the root is missing");
    }
    if (arrival.missing() > 0) {
      parts.add(counted(arrival.missing(), "parent") + " missing");
    }
    line((arrival.arriving() ? "still arriving: " : "incomplete: ") + String.join(", ", parts));
  }

  private void span(int row) {
    String service = trace.service(row);
    String marks = marks(row);
    String prefix = prefix(tree.depth(row));
    int room = textWidth - prefix.length() - (marks.isEmpty() ? 0 : marks.length() + 1);
    String label = fitted((service.isEmpty() ? "" : service + " ") + trace.name(row), room);
    String text = colours.service(service, label);
    String padding = " ".repeat(Math.max(0, room - length(label)));
    String bar = bars.of(row);
    String time = ShortDuration.of(tree.durationNanos(row));
    out.print(prefix + text + padding);
    out.print(marks.isEmpty() ? "" : " " + colours.failed(marks));
    out.print(" " + (trace.failed(row) ? colours.failed(bar) : colours.service(service, bar)));
    out.println(" " + " ".repeat(Math.max(0, DURATION_WIDTH - time.length())) + time);
  }

  private String prefix(int depth) {
    return depth <= INDENTS_MAX
        ? "  ".repeat(depth)
        : ("·".repeat(2 * INDENTS_MAX - 6) + depth + " ");
  }

  private void folded(int depth, int spans, int failed) {
    out.println(
        colours.faint(
            fitted(
                "%s… %s more%s"
                    .formatted(
                        prefix(depth),
                        counted(spans, "span"),
                        failed == 0 ? "" : ", %d failed".formatted(failed)),
                width)));
  }

  private void sign(int row) {
    for (Sign sign : Sign.values()) {
      if (has(row, sign)) {
        signs.merge(sign, 1, Integer::sum);
      }
    }
  }

  private String marks(int row) {
    StringBuilder marks = new StringBuilder();
    for (Sign sign : Sign.values()) {
      marks.append(has(row, sign) ? Character.toString(sign.letter) : "");
    }
    return marks.toString();
  }

  private boolean has(int row, Sign sign) {
    return switch (sign) {
      case FAILED -> trace.failed(row);
      case ORPHAN -> tree.isOrphan(row);
      case CYCLE -> tree.isCut(row);
      case DUPLICATE -> tree.isDuplicate(row);
      case EARLY -> tree.skewNanos(row) > 0;
      case NEGATIVE -> tree.durationNanos(row) < 0;
      case NO_TIME -> trace.spans().startNanos(row) == 0;
    };
  }

  private void foot() {
    out.println();
    line("█ on the critical path  ░ beside it");
    signs.forEach((sign, count) ->
        line("%s %s (%s)".formatted(sign.letter, sign.meaning, counted(count, "span"))));
    services();
    trace.analysis().firstCause().ifPresent(this::cause);
  }

  private void services() {
    List<OperationTime> services = trace.analysis().services();
    long all = Math.max(1, services.stream().mapToLong(OperationTime::selfNanos).sum());
    List<String> parts = new ArrayList<>();
    for (OperationTime time : services.subList(0, Math.min(SERVICES_MAX, services.size()))) {
      parts.add(
          String.format(
              Locale.ROOT,
              "%s %s (%.0f %%)",
              time.service().isEmpty() ? "(no service)" : time.service(),
              ShortDuration.of(time.selfNanos()),
              100.0 * time.selfNanos() / all));
    }
    String more = services.size() > SERVICES_MAX ? ", …" : "";
    line("own work: " + String.join(", ", parts) + more);
  }

  private void cause(FirstCause cause) {
    String what =
        cause
            .exception()
            .map(exception -> exception.type() + ": " + exception.message())
            .orElse(trace.spans().arena().text(trace.spans().statusMessage(cause.row())));
    line(
        "first cause: %s %s%s"
            .formatted(
                trace.service(cause.row()),
                trace.name(cause.row()),
                what.isEmpty() ? "" : ": " + what));
  }

  /** Breaks at blanks, and where a word is longer than a line. */
  private void line(String text) {
    String rest = safe(text);
    String indent = "";
    while (indent.length() + length(rest) > width) {
      int end = rest.offsetByCodePoints(0, width - indent.length());
      int blank = rest.lastIndexOf(' ', end);
      int cut = blank > 0 ? blank : end;
      out.println(indent + rest.substring(0, cut));
      rest = rest.substring(cut).stripLeading();
      indent = "  ";
    }
    out.println(indent + rest);
  }

  private static String counted(int count, String word) {
    return String.format(Locale.ROOT, "%,d %s%s", count, word, count == 1 ? "" : "s");
  }

  /** At most so many characters, without what controls terminals. */
  private static String fitted(String text, int room) {
    String safe = safe(text);
    return length(safe) <= room
        ? safe
        : safe.substring(0, safe.offsetByCodePoints(0, Math.max(0, room - 1))) + "…";
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static String safe(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    text.codePoints().forEach(c -> safe.appendCodePoint(Character.isISOControl(c) ? '·' : c));
    return safe.toString();
  }
}
