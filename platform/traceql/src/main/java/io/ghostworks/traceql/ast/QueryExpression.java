package io.ghostworks.traceql.ast;

import java.util.List;

/** What a query asks for: traces, or series. */
public sealed interface QueryExpression {

  /** Matching traces. */
  record Search(Pipeline pipeline) implements QueryExpression {
    @Override
    public String toString() {
      return pipeline.toString();
    }
  }

  /** Series of the spans that a pipeline gives. */
  record Metrics(Pipeline pipeline, MetricsFunction function, List<SecondStage> stages)
      implements QueryExpression {
    public Metrics {
      stages = List.copyOf(stages);
    }

    /** Names the series before the second stages, as Tempo does between its components. */
    public String fragment() {
      return pipeline + " | " + function;
    }

    @Override
    public String toString() {
      return QueryExpression.staged(fragment(), stages);
    }
  }

  /** The series of two queries joined by {@code + - * /}. */
  record Arithmetic(
      Operator operator, QueryExpression left, QueryExpression right, List<SecondStage> stages)
      implements QueryExpression {
    public Arithmetic {
      stages = List.copyOf(stages);
    }

    @Override
    public String toString() {
      return QueryExpression.staged("(" + left + ") " + operator + " (" + right + ")", stages);
    }
  }

  private static String staged(String series, List<SecondStage> stages) {
    String text = series;
    for (SecondStage stage : stages) {
      text = stage.after(text);
    }
    return text;
  }
}
