package io.ghostworks.logql.syntax;

import io.ghostworks.model.label.LabelMatcher;

/** A condition on the labels of one record. */
public sealed interface LabelFilter {

  /** How a label compares with a constant. */
  enum Comparison {
    EQUAL("=="),
    NOT_EQUAL("!="),
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    LESS("<"),
    LESS_OR_EQUAL("<=");

    private final String sign;

    Comparison(String sign) {
      this.sign = sign;
    }

    public String sign() {
      return sign;
    }
  }

  /** A text, compared as in a stream selector; a missing label is "". */
  record Text(LabelMatcher matcher) implements LabelFilter {
    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  /** A number; a missing label never fulfils it. */
  record Numeric(String label, Comparison comparison, double value) implements LabelFilter {
    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  /** A duration, in nanoseconds. */
  record Duration(String label, Comparison comparison, long nanos) implements LabelFilter {
    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  /** A size, an unsigned number of bytes. */
  record Bytes(String label, Comparison comparison, long bytes) implements LabelFilter {
    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  /** An address in the label's value; see {@link LineFilter.Needle}. */
  record Ip(String label, boolean negated, String pattern) implements LabelFilter {
    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  /** Both hold; the right one is tested even where the left one fails, since errors count. */
  record And(LabelFilter left, LabelFilter right) implements LabelFilter {
    @Override
    public String toString() {
      return Printer.print(this);
    }
  }

  /** One holds. */
  record Or(LabelFilter left, LabelFilter right) implements LabelFilter {
    @Override
    public String toString() {
      return Printer.print(this);
    }
  }
}
