package io.ghostworks.server.status;

import io.ghostworks.server.alerts.Heartbeat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code /api/platform/status} answers; see docs/openapi.yaml for each property. */
public record PlatformStatus(
    String version,
    String startedAt,
    double uptimeSeconds,
    boolean ready,
    String dataDirectory,
    String durability,
    Disk disk,
    List<ListenerState> listeners,
    List<EngineStorage> storage,
    List<RetentionState> retention,
    List<SignalIngest> ingest,
    List<ConfigurationFile> configurationFiles,
    List<String> restartNeeds,
    List<PipelineState> pipelines,
    List<ScrapePool> scrapePools,
    List<UnfinishedQuery> unfinishedQueries,
    Heartbeat.@Nullable View heartbeat) {

  public record UnfinishedQuery(
      String tenant,
      String language,
      String query,
      String startedAt,
      int uncleanStops,
      String refusedUntil) {}

  public record Disk(long totalBytes, long freeBytes) {}

  public record ListenerState(String name, String address, String state, @Nullable String reason) {}

  public record EngineStorage(String engine, long journalBytes, long partBytes) {}

  public record RetentionState(
      String name,
      String signal,
      long keepSeconds,
      int parts,
      long bytes,
      @Nullable String oldestDay) {}

  public record SignalIngest(
      String signal, long acceptedItems, double acceptedPerSecond, List<RejectedItems> rejected) {}

  public record RejectedItems(String reason, long items) {}

  public record ConfigurationFile(
      String kind, String path, List<String> warnings, List<WithoutEffect> withoutEffect) {}

  public record WithoutEffect(String place, String key, String consequence) {}

  public record PipelineState(
      String name,
      String signal,
      List<String> receivers,
      List<String> processors,
      List<String> exporters,
      boolean stored,
      @Nullable String reason) {}

  public record ScrapePool(
      String job, double intervalSeconds, int targetsUp, int targetsDown, int targetsUnknown) {}
}
