package io.ghostworks.model.record;

import java.util.List;
import java.util.Locale;

/**
 * The level of a log record in Loki's words, as LogQL finds it under {@code detected_level}.
 *
 * <p>Source: the behaviour of Loki's distributor; OpenTelemetry logs data model, "SeverityNumber".
 */
public final class DetectedLevel {

  /** The name under which the level stands. */
  public static final String NAME = "detected_level";

  /** The names under which senders put a level, in the order in which they are looked for. */
  public static final List<String> FIELDS =
      List.of(
          "level",
          "LEVEL",
          "Level",
          "log.level",
          "severity",
          "SEVERITY",
          "Severity",
          "SeverityText",
          "lvl",
          "LVL",
          "Lvl",
          "severity_text",
          "Severity_Text",
          "SEVERITY_TEXT");

  private static final List<String> BY_SEVERITY =
      List.of("trace", "debug", "info", "warn", "error", "fatal");

  private DetectedLevel() {}

  /** The level of an OTLP severity, 1 to 24; "unknown" for any other number. */
  public static String ofSeverityNumber(int severityNumber) {
    return severityNumber < 1 || severityNumber > 24
        ? "unknown"
        : BY_SEVERITY.get((severityNumber - 1) / 4);
  }

  /** A level as Loki spells it; a word that it does not know stays as it is. */
  public static String normalize(String level) {
    return switch (level.toLowerCase(Locale.ROOT)) {
      case "trace", "trc" -> "trace";
      case "debug", "dbg" -> "debug";
      case "info", "inf", "information" -> "info";
      case "warn", "wrn", "warning" -> "warn";
      case "error", "err" -> "error";
      case "critical" -> "critical";
      case "fatal" -> "fatal";
      default -> level;
    };
  }
}
