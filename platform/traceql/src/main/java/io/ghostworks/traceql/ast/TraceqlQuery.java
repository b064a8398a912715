package io.ghostworks.traceql.ast;

import java.util.List;

/** A whole query. As text it is as Tempo writes it, which parses to the same query. */
public record TraceqlQuery(QueryExpression expression, List<Hint> hints) {

  public TraceqlQuery {
    hints = List.copyOf(hints);
  }

  /**
   * The value of the first hint of a name that has a type, or {@link Statics#NIL}: hints of other
   * types are passed over.
   */
  public Static hint(String name, StaticType type) {
    for (Hint hint : hints) {
      if (hint.name().equals(name) && hint.value().type() == type) {
        return hint.value();
      }
    }
    return Statics.NIL;
  }

  @Override
  public String toString() {
    return hints.isEmpty()
        ? expression.toString()
        : expression + " with(" + Printer.join(hints, ",") + ")";
  }
}
