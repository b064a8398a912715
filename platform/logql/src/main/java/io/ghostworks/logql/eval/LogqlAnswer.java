package io.ghostworks.logql.eval;

import java.util.List;

/**
 * A result and what its reader should know about it.
 *
 * @param warnings in words for people; empty where there is nothing to say
 */
public record LogqlAnswer(LogqlResult result, List<String> warnings) {
  public LogqlAnswer {
    warnings = List.copyOf(warnings);
  }
}
