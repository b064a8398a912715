package io.ghostworks.promql.eval;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a query gave.
 *
 * @param warnings in Prometheus's words, with positions; sorted
 * @param infos likewise
 * @param samplesLoaded how many samples were read for it, also more than once
 * @param peakSamples the most that were held at once
 * @param dependsOnRange whether the query might fail in a longer range though it fails in no part
 *     of it
 * @param statistics what it cost; null if that was not measured
 */
public record QueryAnswer(
    QueryResult result,
    List<String> warnings,
    List<String> infos,
    long samplesLoaded,
    long peakSamples,
    boolean dependsOnRange,
    @Nullable QueryStatistics statistics) {
  public QueryAnswer {
    warnings = List.copyOf(warnings);
    infos = List.copyOf(infos);
  }
}
