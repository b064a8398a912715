package io.ghostworks.bench.alerts;

import java.util.ArrayList;
import java.util.List;

/**
 * What the command line asks for.
 *
 * @param alerts how many fire
 * @param groups how many groups they make
 * @param seconds over which they arrive
 * @param batch alerts of one request
 * @param alertmanager the binary of Alertmanager; "" where Ghostworks is measured
 */
record AlertsOptions(int alerts, int groups, int seconds, int batch, String alertmanager) {

  static final String USAGE =
      """
      usage: ./ghostworks bench alerts [--alerts N] [--groups N] [--seconds N] [--batch N] [--alertmanager BINARY]
      starts Ghostworks (or Alertmanager) with one webhook, posts alerts to its API v2 over so many seconds,
      and counts what the webhook is told, until all alerts are told as firing and then as resolved
      """;

  /**
   * @throws IllegalArgumentException with what is wrong
   */
  static AlertsOptions parse(String[] arguments) {
    int alerts = 100_000;
    int groups = 2_000;
    int seconds = 60;
    int batch = 64;
    String alertmanager = "";
    List<String> rest = new ArrayList<>(List.of(arguments));
    while (!rest.isEmpty()) {
      String option = rest.removeFirst();
      if (rest.isEmpty()) {
        throw new IllegalArgumentException("%s needs a value".formatted(option));
      }
      String value = rest.removeFirst();
      switch (option) {
        case "--alerts" -> alerts = number(option, value);
        case "--groups" -> groups = number(option, value);
        case "--seconds" -> seconds = number(option, value);
        case "--batch" -> batch = number(option, value);
        case "--alertmanager" -> alertmanager = value;
        default -> throw new IllegalArgumentException("unknown option '%s'".formatted(option));
      }
    }
    return new AlertsOptions(alerts, groups, seconds, batch, alertmanager);
  }

  private static int number(String option, String value) {
    try {
      int number = Integer.parseInt(value);
      if (number >= 1) {
        return number;
      }
    } catch (NumberFormatException e) {
      // the message below says it
    }
    throw new IllegalArgumentException(
        "%s must be a whole number from 1, got '%s'".formatted(option, value));
  }
}
