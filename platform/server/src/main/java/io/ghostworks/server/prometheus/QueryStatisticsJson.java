package io.ghostworks.server.prometheus;

import io.ghostworks.promql.eval.QueryStatistics;

/** What a query cost, as the parameter {@code stats} asks for it. */
final class QueryStatisticsJson {
  private static final double SECOND = 1e9;

  private QueryStatisticsJson() {}

  /**
   * @param perStep whether samples are told for each step too
   */
  static String of(QueryStatistics statistics, boolean perStep) {
    double inner = statistics.innerNanos() / SECOND;
    double sort = statistics.sortNanos() / SECOND;
    double prepare = statistics.prepareNanos() / SECOND;
    double queue = statistics.queueNanos() / SECOND;
    double evaluation = prepare + inner + sort;
    GoJson json = new GoJson();
    json.object().name("timings").object();
    json.name("evalTotalTime").number(evaluation);
    json.name("resultSortTime").number(sort);
    json.name("queryPreparationTime").number(prepare);
    json.name("innerEvalTime").number(inner);
    json.name("execQueueTime").number(queue);
    json.name("execTotalTime").number(queue + evaluation);
    json.endObject().name("samples").object();
    if (perStep) {
      steps(json, "totalQueryableSamplesPerStep", statistics, statistics.totalPerStep());
    }
    json.name("totalQueryableSamples").number(statistics.totalSamples());
    if (perStep) {
      steps(json, "samplesReadPerStep", statistics, statistics.readPerStep());
    }
    json.name("samplesRead").number(statistics.samplesRead());
    json.name("peakSamples").number(statistics.peakSamples());
    if (statistics.isDownsampled()) {
      json.name("resolutions").array();
      statistics.resolutions().forEach(json::text);
      json.endArray();
    }
    json.endObject().endObject();
    return json.json();
  }

  private static void steps(
      GoJson json, String name, QueryStatistics statistics, long[] samplesPerStep) {
    json.name(name).array();
    for (int i = 0; i < samplesPerStep.length; i++) {
      json.array();
      json.number((statistics.startMs() + i * statistics.stepMs()) / 1000.0);
      json.number(samplesPerStep[i]).endArray();
    }
    json.endArray();
  }
}
