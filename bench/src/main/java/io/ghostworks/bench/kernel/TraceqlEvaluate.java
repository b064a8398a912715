package io.ghostworks.bench.kernel;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.query.QueryContext;
import io.ghostworks.runtime.memory.MemoryLedger;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.traceql.ast.Pipeline;
import io.ghostworks.traceql.ast.QueryExpression;
import io.ghostworks.traceql.eval.PipelineEvaluation;
import io.ghostworks.traceql.parse.TraceqlParser;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A TraceQL query on the spans of candidate traces of 20 spans, nanoseconds a span. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TraceqlEvaluate {
  private static final int TRACES = 250;
  private static final int SPANS = 20;

  @Param({
    "{ .status >= 500 && resource.service.name = `s1` }",
    "{ .status < 500 } >> { status = error }",
    "{ status = error } | by(name) | avg(duration) > 10ms"
  })
  String query = "{}";

  private final SpanBatch batch = spans();
  private final QueryContext context =
      new QueryContext(
          TenantId.DEFAULT,
          Clock.system(),
          Duration.ofHours(1),
          new MemoryLedger().open("bench", 64 << 20),
          64 << 20);
  private PipelineEvaluation evaluation = evaluation("{}");

  @Setup
  public void compile() {
    evaluation = evaluation(query);
  }

  private static PipelineEvaluation evaluation(String query) {
    QueryExpression expression = TraceqlParser.parseValid(query).expression();
    Pipeline pipeline = ((QueryExpression.Search) expression).pipeline();
    return PipelineEvaluation.of(pipeline);
  }

  private static SpanBatch spans() {
    SplittableRandom random = new SplittableRandom(42);
    SpanBatch spans = new SpanBatch();
    int scope = spans.scopes().end(ByteArena.EMPTY, ByteArena.EMPTY, ByteArena.EMPTY, 0);
    for (int service = 0; service < 8; service++) {
      spans.resources().attributes().add("service.name", "s" + service);
      spans.resources().end(ByteArena.EMPTY, 0);
    }
    for (int row = 0; row < TRACES * SPANS; row++) {
      int span = row % SPANS;
      spans.attributes().add("http.route", "/orders/" + random.nextInt(20));
      spans.attributes().add("status", random.nextInt(10) == 0 ? 500 : 200);
      long startNanos = row * 1_000_000L;
      spans.endRow(
          random.nextInt(8),
          scope,
          7,
          row / SPANS + 1,
          span + 1,
          span == 0 ? 0 : 1 + random.nextInt(span),
          ByteArena.EMPTY,
          0,
          spans.arena().append("operation " + random.nextInt(30)),
          2,
          startNanos,
          startNanos + random.nextInt(50_000_000),
          random.nextInt(10) == 0 ? 2 : 0,
          ByteArena.EMPTY,
          0,
          0,
          0);
    }
    return spans;
  }

  @Benchmark
  @OperationsPerInvocation(TRACES * SPANS)
  public long traces() {
    long[] found = new long[1];
    PipelineEvaluation.forEachTrace(
        batch, evaluation.keys(), context, trace -> found[0] += evaluation.evaluate(trace).size());
    return found[0];
  }
}
