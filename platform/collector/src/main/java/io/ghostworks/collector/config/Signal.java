package io.ghostworks.collector.config;

import java.util.Locale;

/** What a pipeline carries. */
public enum Signal {
  TRACES,
  METRICS,
  LOGS;

  /** The word in pipeline ids. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
