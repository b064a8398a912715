package io.ghostworks.traceql.eval;

import io.ghostworks.model.label.AnchoredRegex;
import io.ghostworks.traceql.ast.Attribute;
import io.ghostworks.traceql.ast.AttributeScope;
import io.ghostworks.traceql.ast.FieldExpression;
import io.ghostworks.traceql.ast.Operator;
import io.ghostworks.traceql.ast.Static;
import io.ghostworks.traceql.ast.StaticMath;
import io.ghostworks.traceql.ast.Statics;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * An expression over one span, compiled. Where it names attributes of events or links it is true if
 * it is so with some event and some link of the span, so that what is joined by {@code &&} is
 * looked for in one and the same event, as in Tempo.
 */
final class SpanExpression {
  private final SpanValue value;
  private final boolean usesEvents;
  private final boolean usesLinks;

  private SpanExpression(SpanValue value, boolean usesEvents, boolean usesLinks) {
    this.value = value;
    this.usesEvents = usesEvents;
    this.usesLinks = usesLinks;
  }

  static SpanExpression of(FieldExpression expression, KeyTable keys) {
    return new SpanExpression(
        compile(expression, new AttributeValues(keys)),
        Attributes.of(expression).stream().anyMatch(AttributeValues::isOfEvent),
        Attributes.of(expression).stream().anyMatch(AttributeValues::isOfLink));
  }

  /** Whether it is true of a span. */
  boolean holds(SpanCursor cursor) {
    return !first(cursor, Static::isTrue).isNil();
  }

  /** Its value; of several events or links that of the first with which there is one. */
  Static value(SpanCursor cursor) {
    return first(cursor, found -> !found.isNil());
  }

  /** Gives all its values, one for each event and link of the span. */
  void forEach(SpanCursor cursor, Consumer<Static> action) {
    first(
        cursor,
        found -> {
          action.accept(found);
          return false;
        });
  }

  /** The first value that is wanted; nil if there is none. */
  private Static first(SpanCursor cursor, Predicate<Static> wanted) {
    int events = usesEvents ? cursor.batch.eventEnd(cursor.row) : 0;
    int links = usesLinks ? cursor.batch.linkEnd(cursor.row) : 0;
    int event = usesEvents ? cursor.batch.eventStart(cursor.row) : 0;
    cursor.event = event < events ? event : SpanCursor.NONE;
    do {
      int link = usesLinks ? cursor.batch.linkStart(cursor.row) : 0;
      cursor.link = link < links ? link : SpanCursor.NONE;
      do {
        Static found = value.of(cursor);
        if (wanted.test(found)) {
          return found;
        }
        cursor.link = ++link;
      } while (link < links);
      cursor.event = ++event;
    } while (event < events);
    return Statics.NIL;
  }

  private static SpanValue compile(FieldExpression expression, AttributeValues attributes) {
    return switch (expression) {
      case Static constant -> cursor -> constant;
      case Attribute attribute -> attributes.of(attribute);
      case FieldExpression.Unary unary -> unary(unary, attributes);
      case FieldExpression.Binary binary -> binary(binary, attributes);
    };
  }

  /** Of what a span lacks there is nothing to negate; Tempo never looks at such spans. */
  private static SpanValue unary(FieldExpression.Unary unary, AttributeValues attributes) {
    Operator operator = unary.operator();
    if (operator == Operator.NOT_EXISTS
        && unary.operand() instanceof Attribute attribute
        && attribute.isUnscoped()) {
      return absent(attribute, attributes);
    }
    SpanValue operand = compile(unary.operand(), attributes);
    boolean needsValue = operator == Operator.NOT || operator == Operator.SUB;
    return cursor -> {
      Static value = operand.of(cursor);
      return needsValue && value.isNil() ? value : StaticMath.unary(operator, value);
    };
  }

  /** An attribute without scope is absent where one of its scopes lacks it, as in Tempo. */
  private static SpanValue absent(Attribute attribute, AttributeValues attributes) {
    SpanValue ofSpan = attributes.of(attribute.in(AttributeScope.SPAN));
    SpanValue ofResource = attributes.of(attribute.in(AttributeScope.RESOURCE));
    return cursor -> Statics.of(ofSpan.of(cursor).isNil() || ofResource.of(cursor).isNil());
  }

  private static SpanValue binary(FieldExpression.Binary binary, AttributeValues attributes) {
    Operator operator = binary.operator();
    SpanValue left = compile(binary.left(), attributes);
    if (operator.isRegex() && binary.right() instanceof Static.Text text) {
      AnchoredRegex regex = AnchoredRegex.compile(text.value());
      return cursor -> StaticMath.matches(operator, left.of(cursor), regex);
    }
    SpanValue right = compile(binary.right(), attributes);
    if (operator == Operator.AND) {
      return cursor ->
          left.of(cursor).isTrue() ? Statics.of(right.of(cursor).isTrue()) : Statics.FALSE;
    }
    return cursor -> StaticMath.binary(operator, left.of(cursor), right.of(cursor));
  }
}
