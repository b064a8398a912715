package io.ghostworks.server.prometheus;

import io.ghostworks.promql.ast.Expr;
import io.ghostworks.promql.ast.PrettyText;
import io.ghostworks.promql.parse.ParserOptions;
import io.ghostworks.promql.parse.PromqlParseException;
import io.ghostworks.promql.parse.PromqlParser;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.settings.ListenerName;
import java.util.concurrent.CompletableFuture;

/** {@code format_query} and {@code parse_query}: an expression in lines, and as a tree. */
public final class ExpressionApi {

  private final PromqlParser parser;

  public ExpressionApi(ParserOptions promql) {
    this.parser = new PromqlParser(promql);
  }

  public void addTo(Routes routes) {
    routes
        .api(ListenerName.PROMETHEUS, "/prometheus", new PrometheusErrors())
        .getOrForm(
            "/api/v1/format_query",
            Permission.READ,
            Route.Work.QUERY,
            exchange -> {
              String pretty = PrettyText.of(parsed(exchange));
              return CompletableFuture.completedFuture(
                  PrometheusAnswers.success(json -> json.text(pretty)));
            })
        .getOrForm(
            "/api/v1/parse_query",
            Permission.READ,
            Route.Work.QUERY,
            exchange -> {
              Expr expr = parsed(exchange);
              return CompletableFuture.completedFuture(
                  PrometheusAnswers.success(json -> ExprJson.write(json, expr)));
            });
  }

  private Expr parsed(Exchange exchange) {
    try {
      return parser.parse(exchange.parameter("query").orElse(""));
    } catch (PromqlParseException e) {
      throw PrometheusErrors.parameter("query", String.valueOf(e.getMessage()));
    }
  }
}
