package io.ghostworks.wire.jaeger.json;

import io.ghostworks.model.record.SpanBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * The references that a span has in Jaeger's model: its parent first, then its links. A link to the
 * parent says of which type that reference is.
 *
 * <p>Source: opentelemetry-collector-contrib pkg/translator/jaeger, traces_to_jaegerproto.
 */
final class ModelReferences {

  /** The warning of a span of which a link was left out that leads nowhere. */
  static final String REMOVED = "Invalid span link removed";

  private ModelReferences() {}

  /**
   * A reference.
   *
   * @param childOf whether it is to a parent; otherwise the span follows from it
   */
  record Reference(boolean childOf, long traceHigh, long traceLow, long spanId) {}

  /**
   * The references of a span.
   *
   * @param parent as it is shown, 0 for none
   * @param raw whether links that lead nowhere are given too
   */
  static List<Reference> of(SpanBatch batch, int row, long parent, boolean raw) {
    long high = batch.traceIdHigh(row);
    long low = batch.traceIdLow(row);
    SpanBatch.Links links = batch.links();
    List<Reference> references = new ArrayList<>();
    if (parent != 0) {
      references.add(new Reference(true, high, low, parent));
    }
    for (int link = batch.linkStart(row); link < batch.linkEnd(row); link++) {
      if (!raw && leadsNowhere(links, link)) {
        continue;
      }
      boolean childOf =
          JaegerNames.CHILD_OF.equals(
              links.attributes().findString(link, JaegerNames.REFERENCE_TYPE));
      Reference reference =
          new Reference(
              childOf, links.traceIdHigh(link), links.traceIdLow(link), links.spanId(link));
      boolean toParent =
          parent != 0
              && reference.traceHigh == high
              && reference.traceLow == low
              && reference.spanId == parent;
      if (toParent) {
        references.set(0, reference);
      } else {
        references.add(reference);
      }
    }
    return references;
  }

  /** How many links of a span lead nowhere. */
  static int removed(SpanBatch batch, int row) {
    int removed = 0;
    for (int link = batch.linkStart(row); link < batch.linkEnd(row); link++) {
      removed += leadsNowhere(batch.links(), link) ? 1 : 0;
    }
    return removed;
  }

  private static boolean leadsNowhere(SpanBatch.Links links, int link) {
    return (links.traceIdHigh(link) | links.traceIdLow(link)) == 0 || links.spanId(link) == 0;
  }
}
