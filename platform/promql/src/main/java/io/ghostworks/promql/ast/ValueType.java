package io.ghostworks.promql.ast;

/** What an expression evaluates to. */
public enum ValueType {
  NONE("none", "none"),
  VECTOR("vector", "instant vector"),
  SCALAR("scalar", "scalar"),
  MATRIX("matrix", "range vector"),
  STRING("string", "string");

  private final String word;
  private final String documented;

  ValueType(String word, String documented) {
    this.word = word;
    this.documented = documented;
  }

  /** The word of the HTTP API's {@code resultType}. */
  public String word() {
    return word;
  }

  /** The word of the documentation and of error messages. */
  public String documented() {
    return documented;
  }
}
