package io.ghostworks.server.prometheus;

import io.ghostworks.server.access.Permission;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.Route;
import io.ghostworks.server.http.Routes;
import io.ghostworks.server.settings.ListenerName;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * {@code status/config}, {@code status/flags}, {@code status/runtimeinfo}, {@code
 * status/buildinfo}, {@code status/walreplay}, {@code alertmanagers} and {@code features}: what
 * runs, with which settings.
 */
public final class StatusApi {

  private final ServerFacts facts;

  public StatusApi(ServerFacts facts) {
    this.facts = facts;
  }

  public void addTo(Routes routes) {
    Routes.Api api = routes.api(ListenerName.PROMETHEUS, "/prometheus", new PrometheusErrors());
    add(api, "/api/v1/status/config", Permission.READ, this::config);
    add(api, "/api/v1/status/flags", Permission.READ, exchange -> flags());
    add(api, "/api/v1/status/runtimeinfo", Permission.READ, exchange -> runtimeInfo());
    add(api, "/api/v1/status/buildinfo", Permission.READ, exchange -> buildInfo());
    add(api, "/api/v1/status/walreplay", Permission.READ, exchange -> walReplay());
    add(api, "/api/v1/alertmanagers", Permission.READ, this::alertmanagers);
    add(api, "/api/v1/features", Permission.READ, exchange -> features());
  }

  private static void add(
      Routes.Api api, String path, Permission permission, Function<Exchange, Answer> endpoint) {
    api.get(
        path,
        permission,
        Route.Work.INSTANT,
        exchange -> CompletableFuture.completedFuture(endpoint.apply(exchange)));
  }

  /** The operator's file; another tenant is told of none. */
  private Answer config(Exchange exchange) {
    String yaml = exchange.tenant().equals(facts.operator()) ? facts.configurationYaml() : "";
    return PrometheusAnswers.success(json -> json.object().name("yaml").text(yaml).endObject());
  }

  /** Those of the operator's file; all of them are this process. */
  private Answer alertmanagers(Exchange exchange) {
    List<String> urls =
        exchange.tenant().equals(facts.operator()) ? facts.alertmanagers() : List.of();
    return PrometheusAnswers.success(json -> {
      json.object().name("activeAlertmanagers").array();
      urls.forEach(url -> json.object().name("url").text(url).endObject());
      json.endArray().name("droppedAlertmanagers").array().endArray().endObject();
    });
  }

  private Answer flags() {
    return PrometheusAnswers.success(json -> {
      json.object();
      facts.flags().forEach((name, value) -> json.name(name).text(value));
      json.endObject();
    });
  }

  private Answer runtimeInfo() {
    ServerFacts.RuntimeFacts runtime = facts.runtime();
    return PrometheusAnswers.success(json -> {
      json.object().name("startTime").text(GoTimes.ofNanos(runtime.startedNanos()));
      json.name("CWD").text(runtime.workingDirectory()).name("hostname").text(runtime.hostname());
      json.name("serverTime").text(GoTimes.ofNanos(runtime.nowNanos()));
      json.name("reloadConfigSuccess").bool(runtime.reloadSucceeded());
      json.name("lastConfigTime").text(GoTimes.ofMs(runtime.configurationMs()));
      json.name("corruptionCount").number(0);
      json.name("goroutineCount").number(runtime.threads());
      json.name("GOMAXPROCS").number(runtime.cores());
      json.name("GOMEMLIMIT").number(runtime.memoryLimitBytes());
      json.name("GOGC").text("").name("GODEBUG").text("");
      json.name("storageRetention").text(runtime.retention()).endObject();
    });
  }

  private Answer buildInfo() {
    return PrometheusAnswers.success(this::buildInfo);
  }

  /** Clients choose what they ask for by the version of Prometheus whose interface this is. */
  private void buildInfo(GoJson json) {
    BuildInfo.write(json, facts.version());
  }

  /** Replay is over when this can be asked. */
  private Answer walReplay() {
    return PrometheusAnswers.success(json ->
        json.object()
            .name("min")
            .number(0)
            .name("max")
            .number(0)
            .name("current")
            .number(0)
            .endObject());
  }

  private Answer features() {
    return PrometheusAnswers.success(json -> {
      json.object();
      for (Map.Entry<String, SortedMap<String, Boolean>> group : Features.of(facts).entrySet()) {
        json.plainName(group.getKey()).object();
        group.getValue().forEach((name, there) -> json.plainName(name).bool(there));
        json.endObject();
      }
      json.endObject();
    });
  }
}
