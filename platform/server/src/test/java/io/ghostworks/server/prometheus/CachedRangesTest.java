package io.ghostworks.server.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.journal.Durability;
import io.ghostworks.journal.JournalEnvironment;
import io.ghostworks.journal.JournalOptions;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.promql.cache.CacheUse.Outcome;
import io.ghostworks.promql.cache.CachedAnswer;
import io.ghostworks.promql.cache.RangeQuery;
import io.ghostworks.promql.cache.ResultCache;
import io.ghostworks.promql.eval.EngineOptions;
import io.ghostworks.promql.eval.PromqlEngine;
import io.ghostworks.promql.eval.QueryAnswer;
import io.ghostworks.promql.eval.QueryResult;
import io.ghostworks.promql.eval.SeriesPoints;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.QueryException;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.runtime.memory.MemoryLedger;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.runtime.time.SimulatedTime;
import io.ghostworks.series.RetentionPolicy;
import io.ghostworks.series.RetentionPolicy.Durations;
import io.ghostworks.series.RetentionPolicy.Rule;
import io.ghostworks.series.SeriesEngine;
import io.ghostworks.series.SeriesEnvironment;
import io.ghostworks.series.SeriesOptions;
import io.ghostworks.storage.directory.DiskSpaceGuard;
import io.ghostworks.storage.directory.DiskSpaceLimits;
import io.ghostworks.storage.file.DiskFileSystem;
import io.ghostworks.storage.file.FileSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random writes, late ones among them, deletes, imports, merges, retention and time that goes on,
 * against random range queries: the answer with the cache is that without, to the bit.
 */
class CachedRangesTest {
  private static final long START_MS = 1_800_000_000_000L;
  private static final List<TenantId> TENANTS = List.of(new TenantId("a"), new TenantId("b"));
  private static final long MINUTE_MS = 60_000;
  private static final List<String> QUERIES =
      List.of(
          "m0",
          "rate(m1[5m])",
          "sum by (j) (rate(m1[10m]))",
          "topk(2, sum by (i) (rate(m1[5m])))",
          "sum(m0 * on (i, j) m2)",
          "avg(sum by (i) (m0) / sum by (i) (m2))",
          "max_over_time(sum(m0)[30m:1m])",
          "m0 offset 1h",
          "m2 offset -10m",
          "absent(m0{i=\"9\"})",
          "sum(m0) + scalar(sum(m2 @ 1799999000))",
          "quantile_over_time(0.9, m2[20m]) > 2",
          "time() - m0");

  private final long seed = Long.getLong("ghostworks.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final SimulatedTime time = new SimulatedTime(START_MS);
  private final MemoryBudget queries = new MemoryLedger().open("queries", 1 << 28);
  private final PlatformMetrics metrics = new PlatformMetrics();
  private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
  private SeriesEngine engine;
  private ResultCache cache;

  @TempDir private Path folder;

  @AfterEach
  void close() throws IOException {
    engine.close();
  }

  @Test
  void answersAreThoseOfAnEvaluationWhateverChanges() throws IOException {
    open();
    for (int step = 0; step < 250; step++) {
      change();
      ask(step);
      ask(step);
    }
    assertThat(outcomes.getOrDefault(Outcome.HIT, 0)).isPositive();
    assertThat(outcomes.getOrDefault(Outcome.PARTIAL, 0)).isGreaterThan(20);
  }

  @Test
  void whatIsAcknowledgedLateIsInTheNextAnswer() throws IOException {
    open();
    Labels labels = Labels.of("__name__", "m0");
    for (int i = 120; i > 0; i--) {
      offer(TENANTS.getFirst(), labels, START_MS - i * MINUTE_MS, i);
    }
    RangeQuery query =
        new RangeQuery("sum(m0)", START_MS - 100 * MINUTE_MS, START_MS - 5 * MINUTE_MS, MINUTE_MS);
    assertThat(cached(query, TENANTS.getFirst()).use().outcome()).isEqualTo(Outcome.MISS);
    assertThat(cached(query, TENANTS.getFirst()).use().outcome()).isEqualTo(Outcome.HIT);
    assertThat(cached(query, TENANTS.getLast()).use().outcome()).isEqualTo(Outcome.MISS);

    offer(
        TENANTS.getFirst(),
        Labels.of("__name__", "m0", "late", "1"),
        START_MS - 10 * MINUTE_MS - 1,
        7);
    CachedAnswer late = cached(query, TENANTS.getFirst());
    assertThat(late.use().outcome()).isEqualTo(Outcome.PARTIAL);
    assertThat(text(late.answer())).isEqualTo(text(fresh(query, TENANTS.getFirst())));
    assertThat(cached(query, TENANTS.getFirst()).use().outcome()).isEqualTo(Outcome.HIT);
  }

  @Test
  void aLimitOfSamplesRefusesAsWithoutTheCache() throws IOException {
    open();
    Labels labels = Labels.of("__name__", "m0");
    for (int i = 120; i > 0; i--) {
      offer(TENANTS.getFirst(), labels, START_MS - i * MINUTE_MS, i);
    }
    EngineOptions few =
        new EngineOptions(
            EngineOptions.DEFAULT.parser(), 300_000, 60, 60_000, false, false, false, 0);
    String refused = "";
    for (int steps = 40; steps < 100; steps += 5) {
      RangeQuery query =
          new RangeQuery(
              "m0", START_MS - 110 * MINUTE_MS, START_MS - (110 - steps) * MINUTE_MS, MINUTE_MS);
      assertThat(answer(query, few, true)).isEqualTo(answer(query, few, false));
      refused = answer(query, few, true);
    }
    assertThat(refused).contains("too many samples");
  }

  private void open() throws IOException {
    FileSystem files = new DiskFileSystem();
    MemoryLedger ledger = new MemoryLedger();
    Durations days = new Durations(Duration.ofDays(2), Duration.ofDays(5), Duration.ofDays(9));
    Durations day = new Durations(Duration.ofDays(1), Duration.ofDays(5), Duration.ofDays(9));
    engine =
        new SeriesEngine(
            new SeriesEnvironment(
                new JournalEnvironment(
                    files,
                    new DrivenClock(),
                    random,
                    new DiskSpaceGuard(files, folder, new DiskSpaceLimits(2, 1, 0, 0)),
                    ledger.open("journal", 16 << 20),
                    Runnable::run),
                folder.resolve("journal"),
                folder.resolve("series"),
                time,
                ledger.open("head", 64 << 20),
                ledger.open("selections", 1 << 20),
                Runnable::run,
                metrics),
            SeriesOptions.defaults()
                .withJournal(
                    JournalOptions.defaults()
                        .withDurability(new Durability.Interval(Duration.ofMillis(100))))
                .withRetention(
                    new RetentionPolicy(
                        days,
                        List.of(
                            new Rule(
                                Optional.of(TENANTS.getLast()),
                                List.of(new LabelMatcher.Equal("__name__", "m2")),
                                day)),
                        RetentionPolicy.defaults().sizeBytesMax(),
                        Map.of(TENANTS.getLast(), 30_000L))));
    engine.open();
    cache = new ResultCache(engine, ledger.open("results", 1 << 18), metrics);
  }

  /** The simulated time for samples, the machine's for the journal's thread. */
  private final class DrivenClock implements Clock {
    @Override
    public long epochNanos() {
      return time.epochNanos();
    }

    @Override
    public long monotonicNanos() {
      return System.nanoTime();
    }
  }

  private void change() throws IOException {
    switch (random.nextInt(20)) {
      case 0, 1 -> offer(tenant(), batch(Duration.ofDays(2).toMillis(), 3));
      case 2 -> offer(tenant(), batch(20 * MINUTE_MS, 40));
      case 3 -> engine.imports().offer(tenant(), batch(Duration.ofDays(3).toMillis(), 30)).join();
      case 4 -> {
        long startMs = time.epochMs() - random.nextLong(Duration.ofHours(8).toMillis());
        LabelMatcher metric = new LabelMatcher.Equal("__name__", "m" + random.nextInt(3));
        long endMs = startMs + random.nextLong(60 * MINUTE_MS);
        engine.delete(tenant(), List.of(metric), startMs, endMs).join();
      }
      case 5 -> engine.flush();
      case 6 -> engine.merge();
      case 7 -> engine.downsample();
      case 8 -> engine.clean();
      case 9 -> engine.expire();
      case 10 -> time.advance(Duration.ofHours(random.nextInt(12)));
      default -> {
        time.advance(Duration.ofSeconds(random.nextInt(600)));
        for (TenantId tenant : TENANTS) {
          offer(tenant, batch(90_000, 60));
        }
      }
    }
  }

  private TenantId tenant() {
    return TENANTS.get(random.nextInt(TENANTS.size()));
  }

  private SeriesBatch batch(long reachMs, int rows) {
    SeriesBatch batch = new SeriesBatch("");
    for (int i = 0; i < rows; i++) {
      Labels labels =
          Labels.of(
              "__name__",
              "m" + random.nextInt(3),
              "i",
              "" + random.nextInt(6),
              "j",
              "" + random.nextInt(3));
      batch.add(
          batch.sets().add(labels),
          time.epochMs() - random.nextLong(reachMs),
          random.nextInt(4) == 0 ? random.nextInt(5) : random.nextDouble() * 1e3);
    }
    return batch;
  }

  private void offer(TenantId tenant, SeriesBatch batch) {
    engine.offer(tenant, batch).join();
  }

  private void offer(TenantId tenant, Labels labels, long timestampMs, double value) {
    SeriesBatch batch = new SeriesBatch("");
    batch.add(batch.sets().add(labels), timestampMs, value);
    offer(tenant, batch);
  }

  private void ask(int step) {
    long stepMs = random.nextBoolean() ? MINUTE_MS : 5 * MINUTE_MS;
    long endMs = time.epochMs() / stepMs * stepMs - stepMs * random.nextInt(20);
    if (random.nextInt(10) == 0) {
      endMs -= Duration.ofHours(random.nextInt(50)).toMillis();
    }
    RangeQuery query =
        new RangeQuery(
            QUERIES.get(random.nextInt(QUERIES.size())),
            endMs - stepMs * (20 + random.nextInt(60)),
            endMs,
            stepMs);
    TenantId tenant = tenant();
    CachedAnswer answer = cached(query, tenant);
    outcomes.merge(answer.use().outcome(), 1, Integer::sum);
    assertThat(text(answer.answer()))
        .as("%s of %s, %s, step %d, seed %d", query, tenant, answer.use(), step, seed)
        .isEqualTo(text(fresh(query, tenant)));
  }

  private CachedAnswer cached(RangeQuery query, TenantId tenant) {
    try (QueryContext context = context(tenant)) {
      return cache.range(query, context, engine, EngineOptions.DEFAULT);
    }
  }

  private QueryAnswer fresh(RangeQuery query, TenantId tenant) {
    try (QueryContext context = context(tenant)) {
      return PromqlEngine.range(
          query.text(),
          query.startMs(),
          query.endMs(),
          query.stepMs(),
          context,
          engine,
          EngineOptions.DEFAULT);
    }
  }

  private String answer(RangeQuery query, EngineOptions options, boolean cached) {
    try (QueryContext context = context(TENANTS.getFirst())) {
      return text(
          cached
              ? cache.range(query, context, engine, options).answer()
              : PromqlEngine.range(
                  query.text(),
                  query.startMs(),
                  query.endMs(),
                  query.stepMs(),
                  context,
                  engine,
                  options));
    } catch (QueryException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private QueryContext context(TenantId tenant) {
    return new QueryContext(tenant, time, Duration.ofDays(1), queries, 1 << 28);
  }

  /** All bits of an answer. */
  private static String text(QueryAnswer answer) {
    StringBuilder out = new StringBuilder();
    out.append(answer.warnings()).append(answer.infos());
    for (SeriesPoints points : ((QueryResult.Matrix) answer.result()).series()) {
      out.append('\n').append(points.labels());
      for (int i = 0; i < points.size(); i++) {
        out.append(' ').append(points.timestampMs(i)).append('=');
        out.append(Long.toHexString(Double.doubleToRawLongBits(points.value(i))));
      }
    }
    return out.toString();
  }
}
