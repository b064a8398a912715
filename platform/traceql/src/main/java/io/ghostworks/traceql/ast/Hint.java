package io.ghostworks.traceql.ast;

/** Advice to the engine, as in {@code with(sample=0.1)}. */
public record Hint(String name, Static value) {
  @Override
  public String toString() {
    return name + "=" + value;
  }
}
