package io.ghostworks.promql.cache;

import io.ghostworks.model.TenantId;
import io.ghostworks.promql.ast.Expr;
import io.ghostworks.promql.ast.ValueType;
import io.ghostworks.promql.eval.EngineOptions;
import io.ghostworks.promql.eval.PromqlEngine;
import io.ghostworks.promql.eval.QueryAnswer;
import io.ghostworks.promql.eval.QueryProfile;
import io.ghostworks.promql.parse.PromqlParseException;
import io.ghostworks.promql.parse.PromqlParser;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.series.SampleChanges;
import io.ghostworks.query.series.SampleChanges.Times;
import io.ghostworks.query.series.SampleChanges.Watch;
import io.ghostworks.query.series.SeriesSource;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers range queries out of what was evaluated before, to the byte as if it were evaluated now.
 * Thread-safe.
 *
 * <p>A step is kept once no sample that it depends on is on its way any more, or may be past its
 * retention; it is forgotten when the store says that one of them has changed all the same. Steps
 * are joined only where each by itself gives what it gives in a longer range: what depends on the
 * whole range, says something beside its values, holds histograms or comes from downsampled rows is
 * evaluated anew. So is a query that might be above a limit of samples or memory, or fails.
 */
public final class ResultCache {
  private static final int QUERY_CHARS_MAX = 20_000;

  /** Steps that are kept of one query beside those asked for last. */
  private static final int OTHER_STEPS_MIN = 512;

  private final SampleChanges changes;
  private final ExtentStore store;
  private final CacheMetrics metrics;

  /**
   * @param changes of the source that queries are evaluated over
   * @param memory of all results together; a limit of 0 keeps nothing
   */
  public ResultCache(SampleChanges changes, MemoryBudget memory, PlatformMetrics metrics) {
    this.changes = changes;
    this.store = new ExtentStore(memory);
    this.metrics = new CacheMetrics(store, metrics);
  }

  /**
   * Answers a query.
   *
   * @throws io.ghostworks.query.QueryException as {@link PromqlEngine#range} does
   */
  public CachedAnswer range(
      RangeQuery query, QueryContext context, SeriesSource source, EngineOptions options) {
    StepReach reach = reach(query, options);
    CachedAnswer answer =
        reach.isRefused()
            ? new CachedAnswer(
                new RangeEvaluation(query, context, source, options).whole(),
                CacheUse.bypass(reach.refusal()))
            : answer(query, reach, new RangeEvaluation(query, context, source, options), options);
    metrics.count(answer.use());
    return answer;
  }

  /**
   * Evaluates a query as if there were no cache.
   *
   * @param profile measures the evaluation; null if nobody asks
   * @param reason why, in words for people
   */
  public CachedAnswer bypass(
      RangeQuery query,
      QueryContext context,
      SeriesSource source,
      EngineOptions options,
      @Nullable QueryProfile profile,
      String reason) {
    CacheUse use = CacheUse.bypass(reason);
    metrics.count(use);
    QueryAnswer answer =
        PromqlEngine.range(
            query.text(),
            query.startMs(),
            query.endMs(),
            query.stepMs(),
            context,
            source,
            options,
            profile);
    return new CachedAnswer(answer, use);
  }

  /** What {@link #range} would find for a query now. */
  public CacheUse find(RangeQuery query, TenantId tenant, EngineOptions options) {
    StepReach reach = reach(query, options);
    if (reach.isRefused()) {
      return CacheUse.bypass(reach.refusal());
    }
    Question question = question(query, reach, tenant, options);
    Found found = found(question);
    if (found == null) {
      return question.quiet == null
          ? CacheUse.bypass("no step is quiet yet, or the oldest samples may be past retention")
          : new CacheUse(CacheUse.Outcome.MISS, 0, "");
    }
    boolean whole = found.run.contains(question.asked);
    return new CacheUse(
        whole ? CacheUse.Outcome.HIT : CacheUse.Outcome.PARTIAL,
        found.run.overlapMs(question.asked) / query.stepMs() + 1,
        "");
  }

  private StepReach reach(RangeQuery query, EngineOptions options) {
    if (!store.isOn()) {
      return refused("results are not kept");
    }
    if (query.text().length() > QUERY_CHARS_MAX) {
      return refused("the query is too long");
    }
    if (query.stepMs() < 1 || query.steps() < 2) {
      return refused("the query has fewer than two steps");
    }
    if (options.resolutionMs() > 0) {
      return refused("downsampled rows are asked for");
    }
    Expr expr;
    try {
      expr = new PromqlParser(options.parser()).parse(query.text());
    } catch (PromqlParseException e) {
      return refused("the query does not parse");
    }
    if (expr.type() != ValueType.VECTOR && expr.type() != ValueType.SCALAR) {
      return refused("the query has no result over a range");
    }
    StepReach reach = StepReach.of(expr, options);
    return reach.subquerySteps(query.endMs() - query.startMs()) > options.samplesMax()
        ? refused("a subquery has too many steps")
        : reach;
  }

  private static StepReach refused(String why) {
    return new StepReach(why, 0, 0, 0, 0, 0);
  }

  /**
   * A query that may have results here.
   *
   * @param asked its steps
   * @param quiet those of them that may be kept, or null
   */
  private record Question(
      ExtentStore.Key key,
      Validity validity,
      Watch watch,
      Validity.Run asked,
      Validity.@Nullable Run quiet) {}

  /** Results that are right, and what was kept. */
  private record Found(ExtentStore.Kept kept, Validity.Run run) {
    Extent extent() {
      return kept.extent().between(run.firstMs(), run.lastMs());
    }
  }

  private Question question(
      RangeQuery query, StepReach reach, TenantId tenant, EngineOptions options) {
    long stepMs = query.stepMs();
    ExtentStore.Key key =
        new ExtentStore.Key(
            tenant, query.text(), stepMs, Math.floorMod(query.startMs(), stepMs), options);
    Validity validity = new Validity(reach);
    Watch watch = changes.watch(tenant);
    Validity.Run asked = new Validity.Run(query.startMs(), query.lastMs());
    return new Question(key, validity, watch, asked, validity.quiet(asked, stepMs, watch));
  }

  /** What is kept for a question and still right; what is not is forgotten. */
  private @Nullable Found found(Question question) {
    ExtentStore.Kept kept = store.find(question.key);
    if (kept == null) {
      return null;
    }
    Extent extent = kept.extent();
    Validity.Run all = new Validity.Run(extent.firstMs(), extent.lastMs());
    Validity.Run seen = question.validity.quiet(all, extent.stepMs(), question.watch);
    if (seen == null) {
      store.remove(question.key);
      return null;
    }
    Times samples = question.validity.samples(seen);
    List<Times> changed =
        changes.since(question.key.tenant(), kept.watch(), samples.startMs(), samples.endMs());
    Validity.Run run = question.validity.unchanged(seen, extent.stepMs(), changed, question.asked);
    if (!changed.isEmpty()) {
      metrics.countInvalidation();
      if (run == null) {
        store.remove(question.key);
      } else {
        store.put(question.key, extent.between(run.firstMs(), run.lastMs()), question.watch);
      }
    }
    return run == null ? null : new Found(kept, run);
  }

  private CachedAnswer answer(
      RangeQuery query, StepReach reach, RangeEvaluation evaluation, EngineOptions options) {
    Question question = question(query, reach, evaluation.tenant(), options);
    Found found = found(question);
    if (found != null && isWorthwhile(found.run, question.asked, reach, query.stepMs())) {
      Extent extent = evaluation.complete(found.extent());
      if (extent != null) {
        boolean whole = found.run.contains(question.asked);
        if (!whole) {
          keep(question, extent, query);
        }
        long steps = found.run.overlapMs(question.asked) / query.stepMs() + 1;
        return new CachedAnswer(
            evaluation.answer(extent.between(query.startMs(), query.lastMs())),
            new CacheUse(
                whole ? CacheUse.Outcome.HIT : CacheUse.Outcome.PARTIAL,
                whole ? query.steps() : steps,
                ""));
      }
    }
    QueryAnswer whole = evaluation.whole();
    if (question.quiet == null) {
      return new CachedAnswer(
          whole, CacheUse.bypass("no step is quiet yet, or its samples may be past retention"));
    }
    Extent extent = evaluation.extentOf(whole);
    if (extent == null) {
      return new CachedAnswer(
          whole, CacheUse.bypass("the answer has annotations, histograms or downsampled samples"));
    }
    keep(question, extent, query);
    return new CachedAnswer(whole, new CacheUse(CacheUse.Outcome.MISS, 0, ""));
  }

  /**
   * Whether it costs less to evaluate what is missing than everything: each part reads the samples
   * before its first step again.
   */
  private static boolean isWorthwhile(
      Validity.Run run, Validity.Run asked, StepReach reach, long stepMs) {
    if (run.contains(asked)) {
      return true;
    }
    long before = run.firstMs() > asked.firstMs() ? reach.lengthMs() : 0;
    long after = run.lastMs() < asked.lastMs() ? reach.lengthMs() : 0;
    long askedMs = asked.lastMs() - asked.firstMs() + stepMs;
    long missingMs = askedMs - run.overlapMs(asked) - stepMs;
    return missingMs + before + after < 0.9 * (askedMs + reach.lengthMs());
  }

  /** Keeps those steps of an extent that are quiet. */
  private void keep(Question question, Extent extent, RangeQuery query) {
    Watch now = changes.watch(question.key.tenant());
    Watch both =
        new Watch(
            question.watch.sequence(),
            Math.max(question.watch.keptFromMs(), now.keptFromMs()),
            question.watch.quietThroughMs());
    Validity.Run all = new Validity.Run(extent.firstMs(), extent.lastMs());
    Validity.Run quiet = question.validity.quiet(all, extent.stepMs(), both);
    if (quiet == null) {
      return;
    }
    long stepsMax = Math.max(OTHER_STEPS_MIN, 2 * query.steps());
    // The oldest steps go first, unless they were asked for.
    long firstMs =
        Math.max(
            quiet.firstMs(),
            Math.min(question.asked.firstMs(), quiet.lastMs() - (stepsMax - 1) * extent.stepMs()));
    long lastMs = Math.min(quiet.lastMs(), firstMs + (stepsMax - 1) * extent.stepMs());
    if (firstMs <= lastMs) {
      store.put(question.key, extent.between(firstMs, lastMs), question.watch);
    }
  }
}
