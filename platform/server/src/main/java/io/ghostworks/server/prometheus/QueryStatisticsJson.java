package io.ghostworks.server.prometheus;

import io.ghostworks.promql.eval.QueryAnswer;

/** What a query cost, as the parameter {@code stats} asks for it. */
final class QueryStatisticsJson {

  private QueryStatisticsJson() {}

  static String of(QueryAnswer answer) {
    GoJson json = new GoJson();
    json.object().name("timings").object();
    for (String timing :
        new String[] {
          "evalTotalTime",
          "resultSortTime",
          "queryPreparationTime",
          "innerEvalTime",
          "execQueueTime",
          "execTotalTime"
        }) {
      json.name(timing).number(0);
    }
    json.endObject().name("samples").object();
    json.name("totalQueryableSamples").number(answer.samplesLoaded());
    json.name("samplesRead").number(answer.samplesLoaded());
    json.name("peakSamples").number(answer.peakSamples()).endObject().endObject();
    return json.json();
  }
}
