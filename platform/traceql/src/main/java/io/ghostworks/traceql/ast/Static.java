package io.ghostworks.traceql.ast;

import java.util.List;

/** A value: written in a query, read from a span, or computed. As text it is as in a query. */
public sealed interface Static extends FieldExpression, ScalarExpression {

  @Override
  StaticType type();

  /** As a number: NaN where it is none; durations in nanoseconds. */
  default double toDouble() {
    return Double.NaN;
  }

  default boolean isNil() {
    return this instanceof Nil;
  }

  /** Whether it is the boolean true. */
  default boolean isTrue() {
    return this instanceof Bool bool && bool.value();
  }

  /** As text without quotes, as labels and answers show it. */
  default String text() {
    return StaticText.of(this, false);
  }

  /** No value. */
  record Nil() implements Static {
    @Override
    public StaticType type() {
      return StaticType.NIL;
    }

    @Override
    public String toString() {
      return StaticText.of(this, true);
    }
  }

  record Int(long value) implements Static {
    @Override
    public StaticType type() {
      return StaticType.INT;
    }

    @Override
    public double toDouble() {
      return value;
    }

    @Override
    public String toString() {
      return StaticText.of(this, true);
    }
  }

  record Real(double value) implements Static {
    @Override
    public StaticType type() {
      return StaticType.FLOAT;
    }

    @Override
    public double toDouble() {
      return value;
    }

    @Override
    public String toString() {
      return StaticText.of(this, true);
    }
  }

  record Text(String value) implements Static {
    @Override
    public StaticType type() {
      return StaticType.STRING;
    }

    @Override
    public String toString() {
      return StaticText.of(this, true);
    }
  }

  record Bool(boolean value) implements Static {
    @Override
    public StaticType type() {
      return StaticType.BOOLEAN;
    }

    @Override
    public String toString() {
      return StaticText.of(this, true);
    }
  }

  record Nanos(long value) implements Static {
    @Override
    public StaticType type() {
      return StaticType.DURATION;
    }

    @Override
    public double toDouble() {
      return value;
    }

    @Override
    public String toString() {
      return StaticText.of(this, true);
    }
  }

  record Status(SpanStatus value) implements Static {
    @Override
    public StaticType type() {
      return StaticType.STATUS;
    }

    @Override
    public String toString() {
      return StaticText.of(this, true);
    }
  }

  record Kind(SpanKind value) implements Static {
    @Override
    public StaticType type() {
      return StaticType.KIND;
    }

    @Override
    public String toString() {
      return StaticText.of(this, true);
    }
  }

  /**
   * Several values of one type; an array of values of different types is no value of the language.
   *
   * @param type that of the array
   */
  record Array(StaticType type, List<Static> elements) implements Static {
    public Array {
      elements = List.copyOf(elements);
      if (!type.isArray()) {
        throw new IllegalArgumentException("an array needs the type of one, got " + type);
      }
    }

    @Override
    public String toString() {
      return StaticText.of(this, true);
    }
  }
}
