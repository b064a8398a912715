package io.ghostworks.traceql.eval;

import io.ghostworks.traceql.ast.Static;

/** Something computed of the span under a cursor. */
@FunctionalInterface
interface SpanValue {
  Static of(SpanCursor cursor);
}
