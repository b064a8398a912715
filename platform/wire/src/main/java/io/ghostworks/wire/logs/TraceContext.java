package io.ghostworks.wire.logs;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The trace id and span id that one record names: collected from its attributes and, where those
 * have none, from its line. In a line an id is a run of hexadecimal digits (32 or 16 for a trace,
 * 16 for a span; of Datadog's also 17 to 20 decimal ones) behind the name of a field, whether the
 * line is JSON, logfmt or running text; or what {@code traceparent} holds. Every run of 16 digits
 * covers a byte whose place divides by 16, so that one byte in 16 is looked at. Not thread-safe.
 *
 * <p>Source: OpenTelemetry "Trace Context in non-OTLP Log Formats"; W3C Trace Context, "traceparent
 * header"; Datadog documentation, "Correlating logs and traces".
 */
final class TraceContext {
  private static final int RUN_MIN = 16;
  private static final int SEPARATORS_MAX = 8;
  private static final int NAME_MAX = 64;
  private static final ContextNames TRACEPARENT = new ContextNames(List.of("traceparent"));

  private final ContextNames traceNames;
  private final ContextNames spanNames;
  private final List<Pattern> patterns;
  private long traceHigh;
  private long traceLow;
  private long span;

  TraceContext(LogFieldOptions options) {
    this.traceNames = new ContextNames(options.traceIdFields());
    this.spanNames = new ContextNames(options.spanIdFields());
    this.patterns = options.contextPatterns();
  }

  /** Begins a record. */
  void reset() {
    traceHigh = 0;
    traceLow = 0;
    span = 0;
  }

  boolean hasTrace() {
    return (traceHigh | traceLow) != 0;
  }

  long traceHigh() {
    return traceHigh;
  }

  long traceLow() {
    return traceLow;
  }

  /** 0 if there is none. */
  long span() {
    return span;
  }

  boolean isTraceName(byte[] bytes, int from, int to) {
    return traceNames.has(bytes, from, to);
  }

  boolean isSpanName(byte[] bytes, int from, int to) {
    return spanNames.has(bytes, from, to);
  }

  /** Takes the value of a field that has a trace id by its name. */
  void trace(byte[] bytes, int from, int to) {
    if (!hasTrace()) {
      id(bytes, from, to, true);
    }
  }

  /** Takes the value of a field that has a span id by its name. */
  void span(byte[] bytes, int from, int to) {
    if (span == 0) {
      id(bytes, from, to, false);
    }
  }

  /** Looks for ids in a line. */
  void line(byte[] bytes, int from, int to) {
    for (int at = from + RUN_MIN - 1; at < to && (!hasTrace() || span == 0); at += RUN_MIN) {
      if (hex(bytes[at]) >= 0) {
        int start = at;
        while (start > from && hex(bytes[start - 1]) >= 0) {
          start--;
        }
        int end = at + 1;
        while (end < to && hex(bytes[end]) >= 0) {
          end++;
        }
        if (end - start >= RUN_MIN) {
          run(bytes, from, start, end, to);
        }
        at += (end - 1 - at) / RUN_MIN * RUN_MIN;
      }
    }
    if (!hasTrace() && !patterns.isEmpty()) {
      byPattern(new String(bytes, from, to - from, StandardCharsets.UTF_8));
    }
  }

  private void run(byte[] bytes, int from, int start, int end, int to) {
    if (end - start > 32 || (end < to && isName(bytes[end]) && bytes[end] != '-')) {
      return;
    }
    boolean parent = end - start == 32 && start - from > 3 && isVersion(bytes, start);
    int nameEnd = parent ? start - 3 : start;
    int skipped = 0;
    while (nameEnd > from && skipped <= SEPARATORS_MAX && isBetween(bytes[nameEnd - 1])) {
      nameEnd--;
      skipped++;
    }
    int nameStart = nameEnd;
    while (nameStart > from && nameEnd - nameStart < NAME_MAX && isName(bytes[nameStart - 1])) {
      nameStart--;
    }
    if (skipped == 0 || nameStart == nameEnd) {
      return;
    }
    if (parent) {
      if (TRACEPARENT.has(bytes, nameStart, nameEnd)) {
        trace(bytes, start, end);
        if (to - end >= 17) {
          span(bytes, end + 1, end + 17);
        }
      }
    } else if (traceNames.has(bytes, nameStart, nameEnd)) {
      trace(bytes, start, end);
    } else if (spanNames.has(bytes, nameStart, nameEnd)) {
      span(bytes, start, end);
    }
  }

  private static boolean isVersion(byte[] bytes, int start) {
    return bytes[start - 1] == '-' && bytes[start - 2] == '0' && bytes[start - 3] == '0';
  }

  private static boolean isBetween(byte b) {
    return switch (b) {
      case ' ', '\t', '=', ':', '"', '\'', '\\', '[', '(', '{', '<' -> true;
      default -> false;
    };
  }

  private static boolean isName(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || ContextNames.isSeparator(b);
  }

  private void byPattern(String line) {
    for (Pattern pattern : patterns) {
      Matcher matcher = pattern.matcher(line);
      if (matcher.find()) {
        byte[] found = group(matcher, LogFieldOptions.TRACE_ID_GROUP);
        trace(found, 0, found.length);
        if (hasTrace()) {
          byte[] spanFound = group(matcher, LogFieldOptions.SPAN_ID_GROUP);
          span(spanFound, 0, spanFound.length);
          return;
        }
      }
    }
  }

  private static byte[] group(Matcher matcher, String name) {
    boolean named = matcher.pattern().namedGroups().containsKey(name);
    String text = named ? matcher.group(name) : null;
    return text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
  }

  /** Reads an id; what is none is left. */
  private void id(byte[] bytes, int from, int to, boolean trace) {
    long high = 0;
    long low = 0;
    int digits = 0;
    boolean decimal = true;
    for (int i = from; i < to; i++) {
      if (bytes[i] == '-') {
        continue; // of a UUID
      }
      int digit = hex(bytes[i]);
      if (digit < 0 || ++digits > 32) {
        return;
      }
      decimal &= digit < 10;
      high = high << 4 | low >>> 60;
      low = low << 4 | digit;
    }
    if (decimal && digits >= 17 && digits <= 20) {
      low = decimal(bytes, from, to);
      high = 0;
    } else if (digits != 16 && !(trace && digits == 32)) {
      return;
    }
    if (trace) {
      traceHigh = high;
      traceLow = low;
    } else {
      span = low;
    }
  }

  private static long decimal(byte[] bytes, int from, int to) {
    try {
      return Long.parseUnsignedLong(new String(bytes, from, to - from, StandardCharsets.US_ASCII));
    } catch (NumberFormatException e) {
      return 0; // beyond 64 bits: no id
    }
  }

  private static int hex(byte b) {
    if (b >= '0' && b <= '9') {
      return b - '0';
    }
    int letter = b | 0x20;
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
  }
}
