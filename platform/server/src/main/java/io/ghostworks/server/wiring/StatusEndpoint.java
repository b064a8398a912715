package io.ghostworks.server.wiring;

import io.ghostworks.collector.config.Pipeline;
import io.ghostworks.collector.config.Signal;
import io.ghostworks.model.TenantId;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.scrape.ActiveTarget;
import io.ghostworks.scrape.ScrapePools;
import io.ghostworks.scrape.TargetHealth;
import io.ghostworks.server.alerts.Heartbeat;
import io.ghostworks.server.files.ConfigurationFiles;
import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.http.Views;
import io.ghostworks.server.queries.QueriesEndpoint;
import io.ghostworks.server.queries.UnfinishedQueries;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.settings.Settings;
import io.ghostworks.server.status.IngestTotals;
import io.ghostworks.server.status.PlatformStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** {@code /api/platform/status}: gathers what the parts say of themselves. */
final class StatusEndpoint {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final Facts facts;
  private volatile @Nullable Listeners listeners;

  /** What does not change while the process runs, and whom to ask for what does. */
  record Facts(
      String version,
      long startedNanos,
      TenantId operator,
      Path data,
      Settings settings,
      ConfigurationReload reload,
      Stores stores,
      Collection collection,
      IngestTotals totals,
      ScrapePools scraping,
      UnfinishedQueries unfinished,
      Heartbeat heartbeat,
      Clock clock) {}

  StatusEndpoint(Facts facts) {
    this.facts = facts;
  }

  /** Says which listeners are bound, once they are. */
  void setListeners(Listeners bound) {
    listeners = bound;
  }

  CompletionStage<Answer> answer(Exchange exchange) {
    if (!exchange.tenant().equals(facts.operator())) {
      throw new RequestException(
          403,
          "the status is answered to the operator's tenant '%s' only".formatted(facts.operator()));
    }
    return CompletableFuture.completedFuture(Views.answer(status()));
  }

  private PlatformStatus status() {
    long now = facts.clock().epochNanos();
    return new PlatformStatus(
        facts.version(),
        Instant.ofEpochSecond(
                facts.startedNanos() / NANOS_PER_SECOND, facts.startedNanos() % NANOS_PER_SECOND)
            .toString(),
        (now - facts.startedNanos()) / (double) NANOS_PER_SECOND,
        true,
        facts.data().toString(),
        facts.settings().storage().fsyncInterval().isZero() ? "fsync" : "interval",
        disk(),
        listeners(),
        storage(),
        retention(),
        facts.totals().totals(),
        facts.reload().files().read().stream().map(StatusEndpoint::file).toList(),
        facts.reload().restartNeeds(),
        pipelines(),
        pools(),
        QueriesEndpoint.views(facts.unfinished().list()),
        facts.heartbeat().view().orElse(null));
  }

  private static PlatformStatus.ConfigurationFile file(ConfigurationFiles.ReadFile file) {
    return new PlatformStatus.ConfigurationFile(
        file.kind().word(),
        file.path().toString(),
        file.warnings(),
        file.withoutEffect().stream()
            .map(request ->
                new PlatformStatus.WithoutEffect(
                    request.position().toString(), request.keyPath(), request.consequence()))
            .toList());
  }

  private PlatformStatus.Disk disk() {
    try {
      var store = Files.getFileStore(facts.data());
      return new PlatformStatus.Disk(store.getTotalSpace(), store.getUsableSpace());
    } catch (IOException e) {
      throw new UncheckedIOException("the disk of the data directory cannot be measured", e);
    }
  }

  private List<PlatformStatus.ListenerState> listeners() {
    List<PlatformStatus.ListenerState> states = new ArrayList<>();
    Listeners bound = listeners;
    if (bound != null) {
      bound
          .addresses()
          .forEach((name, address) ->
              states.add(
                  new PlatformStatus.ListenerState(
                      word(name), RunFile.text(address), "bound", null)));
      bound
          .skipped()
          .forEach((name, reason) ->
              states.add(
                  new PlatformStatus.ListenerState(
                      word(name), RunFile.text(bound.wanted(name)), "skipped", reason)));
    }
    return states;
  }

  private static String word(ListenerName name) {
    return name.word().replace('_', '-');
  }

  private List<PlatformStatus.EngineStorage> storage() {
    var series = facts.stores().series().statistics();
    return List.of(
        new PlatformStatus.EngineStorage("series", series.journal().bytes(), series.partBytes()),
        new PlatformStatus.EngineStorage(
            "records",
            facts.stores().records().journalBytes(),
            facts.stores().records().partBytes()));
  }

  private List<PlatformStatus.RetentionState> retention() {
    return facts.stores().records().retentionUse().stream()
        .map(use ->
            new PlatformStatus.RetentionState(
                use.name(),
                use.signal(),
                use.keep().toSeconds(),
                use.parts(),
                use.bytes(),
                use.oldestDay() == null ? null : LocalDate.ofEpochDay(use.oldestDay()).toString()))
        .toList();
  }

  private List<PlatformStatus.PipelineState> pipelines() {
    List<PlatformStatus.PipelineState> states = new ArrayList<>();
    List<Pipeline> pipelines = facts.collection().config().pipelines();
    for (Pipeline pipeline : pipelines) {
      boolean stored = !facts.settings().pipelinesNotStored().contains(pipeline.id());
      states.add(
          new PlatformStatus.PipelineState(
              pipeline.id(),
              pipeline.signal().word(),
              pipeline.receivers().stream().map(Object::toString).toList(),
              pipeline.processors().stream().map(Object::toString).toList(),
              pipeline.exporters().stream().map(Object::toString).toList(),
              stored,
              stored ? null : "collector.not_stored names it"));
    }
    for (Signal signal : Signal.values()) {
      if (pipelines.stream().noneMatch(pipeline -> pipeline.signal() == signal)) {
        states.add(
            new PlatformStatus.PipelineState(
                signal.word(), signal.word(), List.of("otlp"), List.of(), List.of(), true, null));
      }
    }
    return states;
  }

  private List<PlatformStatus.ScrapePool> pools() {
    Map<String, List<ActiveTarget>> byPool = new LinkedHashMap<>();
    for (ActiveTarget target : facts.scraping().targets().active()) {
      byPool.computeIfAbsent(target.scrapePool(), pool -> new ArrayList<>()).add(target);
    }
    List<PlatformStatus.ScrapePool> pools = new ArrayList<>();
    byPool.forEach((pool, targets) ->
        pools.add(
            new PlatformStatus.ScrapePool(
                pool,
                targets.getFirst().scrapeInterval().toMillis() / 1e3,
                count(targets, TargetHealth.UP),
                count(targets, TargetHealth.DOWN),
                count(targets, TargetHealth.UNKNOWN))));
    return pools;
  }

  private static int count(List<ActiveTarget> targets, TargetHealth health) {
    return (int) targets.stream().filter(target -> target.health() == health).count();
  }
}
