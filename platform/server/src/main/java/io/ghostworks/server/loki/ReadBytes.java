package io.ghostworks.server.loki;

import io.ghostworks.logql.quantity.ByteSizes;
import io.ghostworks.logql.syntax.Expr;
import io.ghostworks.logql.syntax.LogExpr;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.query.record.CountRequest;
import io.ghostworks.query.record.StreamCounts;
import io.ghostworks.server.http.RequestException;
import java.util.List;

/** Refuses queries over more bytes of lines than a tenant may read at once. */
final class ReadBytes {

  private ReadBytes() {}

  /**
   * Checks a query before it reads. One for lines without filters reads no more than it gives and
   * passes, as with Loki; so does every query where there is no limit.
   */
  static void check(LokiRequest request, Expr query, LokiTimes.Range range) {
    long max = request.limits().bytesMax();
    boolean unfiltered = query instanceof LogExpr log && log.stages().isEmpty();
    if (max == 0 || unfiltered) {
      return;
    }
    long bytes = 0;
    for (List<LabelMatcher> matchers : Selectors.of(query)) {
      CountRequest asked =
          CountRequest.whole(List.of(matchers), range.startNanos(), range.endNanos(), false);
      for (StreamCounts counts : request.records().counts(asked, request.context())) {
        bytes += counts.totalBytes();
      }
    }
    if (bytes > max) {
      throw RequestException.bad(
          "the query would read too many bytes (query: %s, limit: %s); consider adding more specific stream selectors or reduce the time range of the query"
              .formatted(ByteSizes.format(bytes), ByteSizes.format(max)));
    }
  }
}
