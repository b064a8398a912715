package io.ghostworks.server.grafana;

import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.http.Views;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * {@code /api/datasources}: the APIs of this process, as Grafana lists and proxies data sources.
 * They cannot be changed.
 */
final class DataSourceRoutes {

  private static final String PATH = "/api/datasources";
  private static final String REFUSED =
      "data sources are the APIs of this process: they cannot be added, changed or deleted";

  private final Addresses addresses;
  private final ForwardedCalls calls;

  DataSourceRoutes(Addresses addresses, ForwardedCalls calls) {
    this.addresses = addresses;
    this.calls = calls;
  }

  void addTo(Routes.Api api) {
    Route.Work work = Route.Work.INSTANT;
    api.get(PATH, Permission.READ, work, Requests.endpoint(exchange -> list()))
        .post(PATH, Permission.ADMIN, work, Requests.endpoint(e -> refuse()))
        .get(PATH + "/id/{name}", Permission.READ, work, Requests.endpoint(this::idOf))
        .get(PATH + "/name/{name}", Permission.READ, work, Requests.endpoint(this::byName))
        .get(PATH + "/uid/{uid}", Permission.READ, work, Requests.endpoint(this::byUid))
        .put(PATH + "/uid/{uid}", Permission.ADMIN, work, Requests.endpoint(e -> refuse()))
        .delete(PATH + "/uid/{uid}", Permission.ADMIN, work, Requests.endpoint(e -> refuse()))
        .get(PATH + "/uid/{uid}/health", Permission.READ, work, Requests.endpoint(this::health))
        .get(PATH + "/{id}", Permission.READ, work, Requests.endpoint(this::byId))
        .put(PATH + "/{id}", Permission.ADMIN, work, Requests.endpoint(e -> refuse()))
        .delete(PATH + "/{id}", Permission.ADMIN, work, Requests.endpoint(e -> refuse()))
        .get(PATH + "/{id}/health", Permission.READ, work, Requests.endpoint(this::healthById));
    Route.Work query = Route.Work.QUERY;
    for (String below : Set.of("/proxy/uid/{uid}/{*rest}", "/uid/{uid}/resources/{*rest}")) {
      api.getOrForm(PATH + below, Permission.READ, query, e -> forward(e, uid(e)));
    }
    api.getOrForm(PATH + "/proxy/{id}/{*rest}", Permission.READ, query, e -> forward(e, number(e)));
  }

  private static Answer refuse() {
    throw new RequestException(403, REFUSED);
  }

  private static DataSource found(Optional<DataSource> source) {
    return source.orElseThrow(() -> new RequestException(404, "Data source not found"));
  }

  private static DataSource uid(Exchange exchange) {
    return found(DataSource.find(exchange.variable("uid")));
  }

  private static DataSource number(Exchange exchange) {
    long id = Requests.number(exchange, "id");
    return found(
        Arrays.stream(DataSource.values()).filter(source -> source.id() == id).findFirst());
  }

  private Answer list() {
    return Views.answer(
        Arrays.stream(DataSource.values()).map(source -> source.view(addresses)).toList());
  }

  private Answer byUid(Exchange exchange) {
    return Views.answer(uid(exchange).view(addresses));
  }

  private Answer byId(Exchange exchange) {
    return Views.answer(number(exchange).view(addresses));
  }

  private Answer byName(Exchange exchange) {
    return Views.answer(found(DataSource.findByTitle(exchange.variable("name"))).view(addresses));
  }

  private record Id(int id) {}

  private Answer idOf(Exchange exchange) {
    return Views.answer(new Id(found(DataSource.findByTitle(exchange.variable("name"))).id()));
  }

  private record Health(String status, String message) {}

  private static Health healthy(DataSource source) {
    return new Health("OK", "%s is a part of this process".formatted(source.title()));
  }

  private Answer health(Exchange exchange) {
    return Views.answer(healthy(uid(exchange)));
  }

  private Answer healthById(Exchange exchange) {
    return Views.answer(healthy(number(exchange)));
  }

  private CompletionStage<Answer> forward(Exchange exchange, DataSource source) {
    return calls.call(exchange, source.path(exchange.variable("rest")));
  }
}
