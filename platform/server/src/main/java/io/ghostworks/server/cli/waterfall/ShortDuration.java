package io.ghostworks.server.cli.waterfall;

import java.util.Locale;

/** Durations in few characters: three digits that count, and a unit. */
public final class ShortDuration {
  private static final long MINUTE = 60_000_000_000L;

  private ShortDuration() {}

  public static String of(long nanos) {
    if (nanos < 0) {
      return nanos == Long.MIN_VALUE ? "-292y" : "-" + of(-nanos);
    }
    if (nanos >= 60 * MINUTE) {
      return "%dh%dm".formatted(nanos / MINUTE / 60, nanos / MINUTE % 60);
    }
    if (nanos >= MINUTE) {
      return "%dm%ds".formatted(nanos / MINUTE, nanos % MINUTE / 1_000_000_000);
    }
    if (nanos >= 1_000_000_000) {
      return digits(nanos / 1e9) + "s";
    }
    if (nanos >= 1_000_000) {
      return digits(nanos / 1e6) + "ms";
    }
    return nanos >= 1_000 ? digits(nanos / 1e3) + "µs" : nanos + "ns";
  }

  private static String digits(double value) {
    String text =
        String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
    return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
  }
}
