package io.ghostworks.traceql.ast;

/** What happens to series once they are complete. */
public sealed interface SecondStage {

  /** The highest or lowest series at each step. */
  record Top(boolean lowest, long limit) implements SecondStage {
    @Override
    public String toString() {
      return (lowest ? "bottomk(" : "topk(") + limit + ")";
    }
  }

  /** Keeps the values that compare so; a duration in the query is in seconds here. */
  record Compare(Operator operator, double value) implements SecondStage {
    @Override
    public String toString() {
      return operator + " " + GoFloats.plain(value);
    }
  }

  /**
   * Computes with each value.
   *
   * @param numberFirst whether the number is the left operand
   */
  record Arithmetic(Operator operator, double value, boolean numberFirst) implements SecondStage {
    @Override
    public String toString() {
      String number = GoFloats.plain(value);
      return numberFirst ? number + " " + operator + " " : " " + operator + " " + number;
    }
  }

  /** The text of series with this stage behind them. */
  default String after(String series) {
    return switch (this) {
      case Top top -> series + " | " + top;
      case Compare compare -> series + " " + compare;
      case Arithmetic arithmetic ->
          arithmetic.numberFirst()
              ? arithmetic + "(" + series + ")"
              : "(" + series + ")" + arithmetic;
    };
  }
}
