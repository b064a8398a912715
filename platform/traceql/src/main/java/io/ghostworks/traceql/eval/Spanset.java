package io.ghostworks.traceql.eval;

import io.ghostworks.traceql.ast.Static;
import java.util.ArrayList;
import java.util.List;

/**
 * Some spans of a trace.
 *
 * @param spans their numbers, ascending; not to be changed
 * @param attributes what the pipeline computed of them so far
 */
public record Spanset(int[] spans, List<Computed> attributes) {

  /** A value that a step of the pipeline computed, named as the step is written. */
  public record Computed(String name, Static value) {}

  public Spanset {
    attributes = List.copyOf(attributes);
  }

  Spanset withSpans(int[] others) {
    return new Spanset(others, attributes);
  }

  Spanset with(String name, Static value) {
    List<Computed> more = new ArrayList<>(attributes);
    more.add(new Computed(name, value));
    return new Spanset(spans, more);
  }
}
