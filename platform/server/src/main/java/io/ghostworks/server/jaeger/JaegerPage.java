package io.ghostworks.server.jaeger;

import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Exchange;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What stands at the root of Jaeger's port, where Jaeger has its user interface. */
final class JaegerPage {

  private static final String TEXT =
      """
      Jaeger's query API is here: /api/services, /api/traces, /api/v3/services, /api/v3/trace-summaries.
      Traces are shown on the web port, 3000 unless it was moved. Jaeger's own user interface and Grafana's
      Jaeger data source work with this address.
      """;

  private JaegerPage() {}

  static CompletionStage<Answer> answer(Exchange exchange) {
    return CompletableFuture.completedFuture(Answer.text(200, TEXT));
  }
}
