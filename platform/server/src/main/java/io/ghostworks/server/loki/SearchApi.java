package io.ghostworks.server.loki;

import io.ghostworks.logql.eval.LogqlRequest;
import io.ghostworks.logql.search.FieldCondition;
import io.ghostworks.logql.search.FieldOrder;
import io.ghostworks.logql.search.LogSearch;
import io.ghostworks.logql.search.LogSearchEngine;
import io.ghostworks.logql.syntax.LogExpr;
import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import java.util.List;
import java.util.Optional;

/**
 * {@code /api/platform/logs/search}: a log query with what LogQL has no words for, each by a
 * parameter of its own: order by a field, distinct values, commonest values, spans, either case.
 */
final class SearchApi {

  private static final int REPEATED_MAX = 16;
  private static final int VALUES_DEFAULT = 10;
  private static final int VALUES_MAX = 1_000;

  private final LokiEndpoints endpoints;

  SearchApi(LokiEndpoints endpoints) {
    this.endpoints = endpoints;
  }

  void addTo(Routes.Api api) {
    var _ =
        api.get(
            "/api/platform/logs/search",
            Permission.READ,
            Route.Work.QUERY,
            endpoints.evaluation(SearchApi::search));
  }

  private static Answer search(LokiRequest request) {
    LokiTimes.Range range = LokiTimes.range(request);
    LogExpr query = Selectors.lines(request);
    Exchange exchange = request.exchange();
    LogSearch search =
        new LogSearch(
            request.query(),
            range.startNanos(),
            range.endNanos(),
            QueryApi.direction(exchange),
            repeated(exchange, "contains_ignoring_case"),
            joinsSpans(exchange),
            given(exchange, "where").map(FieldCondition::parse),
            repeated(exchange, "distinct"),
            sort(exchange),
            limit(request),
            given(exchange, "top"),
            isOn(exchange, "facets"),
            values(exchange));
    if (!search.endsAtLimit() || !query.stages().isEmpty()) {
      ReadBytes.check(request, query, range);
    }
    return SearchAnswer.of(
        search,
        LogSearchEngine.answer(search, request.context(), request.records()),
        request.context());
  }

  private static Optional<String> given(Exchange exchange, String name) {
    return exchange.parameter(name).filter(text -> !text.isEmpty());
  }

  private static List<String> repeated(Exchange exchange, String name) {
    List<String> texts = exchange.parameters(name);
    if (texts.size() > REPEATED_MAX) {
      throw RequestException.bad(
          "the parameter '%s' may be given at most %d times, got %d"
              .formatted(name, REPEATED_MAX, texts.size()));
    }
    if (texts.contains("")) {
      throw RequestException.bad("the parameter '%s' must not be empty".formatted(name));
    }
    return texts;
  }

  private static boolean joinsSpans(Exchange exchange) {
    Optional<String> join = given(exchange, "join");
    join.ifPresent(text -> oneOf("join", text, "spans"));
    return join.isPresent();
  }

  private static Optional<FieldOrder> sort(Exchange exchange) {
    Optional<String> order = given(exchange, "order");
    Optional<String> field = given(exchange, "sort");
    order.ifPresent(text -> oneOf("order", text, "asc", "desc"));
    if (order.isPresent() && field.isEmpty()) {
      throw RequestException.bad("the parameter 'order' needs 'sort', the field to sort by");
    }
    return field.map(name -> new FieldOrder(name, order.orElse("asc").equals("desc")));
  }

  private static boolean isOn(Exchange exchange, String name) {
    Optional<String> text = given(exchange, name);
    text.ifPresent(value -> oneOf(name, value, "true", "false"));
    return text.orElse("false").equals("true");
  }

  private static void oneOf(String name, String text, String... words) {
    if (!List.of(words).contains(text)) {
      throw RequestException.bad(
          "the parameter '%s' must be %s, got '%s'"
              .formatted(name, String.join(" or ", words), text));
    }
  }

  /** 0 where only counts are wanted. */
  private static int limit(LokiRequest request) {
    return request.exchange().parameter("limit").orElse("").equals("0")
        ? 0
        : LokiParameters.entries(
            request.exchange(), request.limits(), "limit", LogqlRequest.LIMIT_DEFAULT);
  }

  private static int values(Exchange exchange) {
    int values = LokiParameters.integer(exchange, "values", VALUES_DEFAULT);
    if (values < 1 || values > VALUES_MAX) {
      throw RequestException.bad(
          "the parameter 'values' must be from 1 to %d, got %d".formatted(VALUES_MAX, values));
    }
    return values;
  }
}
