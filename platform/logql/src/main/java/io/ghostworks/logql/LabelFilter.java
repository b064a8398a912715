package io.ghostworks.logql;

import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;

/** A condition on the labels of one record. */
public sealed interface LabelFilter {

  /** How a label compares with a constant. */
  enum Comparison {
    EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL;

    boolean holds(double value, double constant) {
      return switch (this) {
        case EQUAL -> value == constant;
        case NOT_EQUAL -> value != constant;
        case LESS -> value < constant;
        case LESS_OR_EQUAL -> value <= constant;
        case GREATER -> value > constant;
        case GREATER_OR_EQUAL -> value >= constant;
      };
    }
  }

  /** What a number stands for. */
  enum Unit {
    NUMBER,
    /** Nanoseconds. */
    DURATION,
    BYTES
  }

  /** A text, compared as in a stream selector; a missing label is "". */
  record Text(LabelMatcher matcher) implements LabelFilter {}

  /** A number; a missing label never fulfils it. */
  record Numeric(String label, Comparison comparison, double constant, Unit unit)
      implements LabelFilter {}

  /** Both hold. */
  record And(LabelFilter left, LabelFilter right) implements LabelFilter {}

  /** One holds. */
  record Or(LabelFilter left, LabelFilter right) implements LabelFilter {}

  /**
   * Whether labels fulfil it. A label that is no number keeps its record, as in Loki, and the error
   * is noted.
   */
  default boolean matches(Labels labels, Errors errors) {
    return switch (this) {
      case Text text -> text.matcher().matches(labels.get(text.matcher().label()));
      case Numeric number -> {
        String value = labels.find(number.label());
        if (value == null) {
          yield false;
        }
        try {
          double parsed = Quantities.parse(value, number.unit());
          yield number.comparison().holds(parsed, number.constant());
        } catch (IllegalArgumentException e) {
          errors.note(String.valueOf(e.getMessage()));
          yield true;
        }
      }
      case And and -> and.left().matches(labels, errors) && and.right().matches(labels, errors);
      case Or or -> or.left().matches(labels, errors) || or.right().matches(labels, errors);
    };
  }

  /** Takes what went wrong with a record. */
  @FunctionalInterface
  interface Errors {
    void note(String details);
  }
}
