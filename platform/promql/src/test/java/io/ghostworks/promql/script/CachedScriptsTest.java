package io.ghostworks.promql.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.promql.cache.CacheUse;
import io.ghostworks.promql.cache.CachedAnswer;
import io.ghostworks.promql.cache.RangeQuery;
import io.ghostworks.promql.cache.ResultCache;
import io.ghostworks.promql.eval.EngineOptions;
import io.ghostworks.promql.eval.PromqlEngine;
import io.ghostworks.promql.eval.QueryAnswer;
import io.ghostworks.promql.eval.QueryResult;
import io.ghostworks.promql.eval.SeriesPoints;
import io.ghostworks.promql.parse.ParserOptions;
import io.ghostworks.promql.text.HistogramText;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.QueryException;
import io.ghostworks.query.series.SampleChanges;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.runtime.memory.MemoryLedger;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Asks each query of Prometheus's scripts over random ranges, with a cache and without: both give
 * the same bits, the same notes and the same errors.
 */
class CachedScriptsTest {
  private static final long MEMORY_BYTES = 256L << 20;
  private static final List<EngineOptions> OPTIONS =
      List.of(
          new EngineOptions(ParserOptions.ALL, 300_000, 50_000_000, 60_000, false, false, false, 0),
          new EngineOptions(ParserOptions.ALL, 300_000, 50_000_000, 60_000, true, true, true, 0));

  private final long seed = Long.getLong("ghostworks.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final MemoryBudget budget = new MemoryLedger().open("script", MEMORY_BYTES);
  private final Map<CacheUse.Outcome, Integer> outcomes = new EnumMap<>(CacheUse.Outcome.class);

  @Test
  void answersAreThoseOfAnEvaluation() throws IOException {
    Path scripts = Path.of(System.getenv("GHOSTWORKS_SHARED"), "conformance", "promql");
    try (Stream<Path> files = Files.walk(scripts)) {
      for (Path script :
          files.filter(file -> file.toString().endsWith(".test")).sorted().toList()) {
        run(script);
      }
    }
    assertThat(outcomes.getOrDefault(CacheUse.Outcome.PARTIAL, 0)).isGreaterThan(300);
    assertThat(outcomes.getOrDefault(CacheUse.Outcome.HIT, 0)).isGreaterThan(100);
  }

  private void run(Path script) throws IOException {
    MemorySeries series = new MemorySeries();
    for (ScriptCommand command : ScriptParser.parse(Files.readString(script))) {
      switch (command) {
        case ScriptCommand.Clear clear -> series.clear();
        case ScriptCommand.Load load -> load.into(series);
        case ScriptCommand.Unreadable unreadable -> {}
        case ScriptCommand.Eval eval -> compare(script, eval, series);
      }
    }
  }

  private void compare(Path script, ScriptCommand.Eval eval, MemorySeries series) {
    EngineOptions options = OPTIONS.get(random.nextInt(OPTIONS.size()));
    long stepMs = List.of(15_000L, 60_000L, 300_000L).get(random.nextInt(3));
    long aroundMs = eval.isRange() ? eval.startMs() : eval.timeMs();
    long firstMs = aroundMs - stepMs * random.nextInt(20);
    ResultCache cache =
        new ResultCache(
            new QuietChanges(),
            new MemoryLedger().open("cache", MEMORY_BYTES),
            new PlatformMetrics());
    for (int request = 0; request < 4; request++) {
      long startMs = firstMs + stepMs * random.nextInt(12);
      RangeQuery query =
          new RangeQuery(
              eval.query(), startMs, startMs + stepMs * (1 + random.nextInt(25)) + 7, stepMs);
      String cached = text(() -> cached(cache, query, series, options));
      String fresh = text(() -> fresh(query, series, options));
      assertThat(cached)
          .as("%s:%d %s, seed %d", script.getFileName(), eval.line(), query, seed)
          .isEqualTo(fresh);
    }
  }

  /** Of the last answer with a cache. */
  private long peakSamples;

  private QueryAnswer cached(
      ResultCache cache, RangeQuery query, MemorySeries series, EngineOptions options) {
    try (QueryContext context = context()) {
      CachedAnswer answer = cache.range(query, context, series, options);
      outcomes.merge(answer.use().outcome(), 1, Integer::sum);
      peakSamples = answer.answer().peakSamples();
      return answer.answer();
    }
  }

  private QueryAnswer fresh(RangeQuery query, MemorySeries series, EngineOptions options) {
    try (QueryContext context = context()) {
      QueryAnswer answer =
          PromqlEngine.range(
              query.text(),
              query.startMs(),
              query.endMs(),
              query.stepMs(),
              context,
              series,
              options);
      assertThat(peakSamples)
          .as("most samples of %s, seed %d", query, seed)
          .isGreaterThanOrEqualTo(answer.peakSamples());
      return answer;
    }
  }

  private QueryContext context() {
    return new QueryContext(
        TenantId.DEFAULT, Clock.system(), Duration.ofSeconds(100), budget, MEMORY_BYTES);
  }

  /** All bits of an answer, or its error. */
  private static String text(Supplier<QueryAnswer> evaluation) {
    QueryAnswer answer;
    try {
      answer = evaluation.get();
    } catch (QueryException e) {
      return e.kind() + " " + e.getMessage();
    }
    StringBuilder out = new StringBuilder();
    out.append(answer.warnings()).append(answer.infos());
    for (SeriesPoints points : ((QueryResult.Matrix) answer.result()).series()) {
      out.append('\n').append(points.labels());
      for (int i = 0; i < points.size(); i++) {
        out.append(' ').append(points.timestampMs(i)).append('=');
        FloatHistogram histogram = points.histogram(i);
        if (histogram == null) {
          out.append(Long.toHexString(Double.doubleToRawLongBits(points.value(i))));
        } else {
          out.append(HistogramText.format(histogram));
        }
      }
    }
    return out.toString();
  }

  /** A store in which everything is old and nothing changes. */
  private static final class QuietChanges implements SampleChanges {
    @Override
    public Watch watch(TenantId tenant) {
      return new Watch(0, -(1L << 50), 1L << 50);
    }

    @Override
    public List<Times> since(TenantId tenant, Watch watch, long startMs, long endMs) {
      return List.of();
    }
  }
}
