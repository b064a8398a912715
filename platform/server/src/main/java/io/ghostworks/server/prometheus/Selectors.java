package io.ghostworks.server.prometheus;

import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.promql.parse.PromqlParseException;
import io.ghostworks.promql.parse.PromqlParser;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import java.util.ArrayList;
import java.util.List;

/** The parameter {@code match[]}. */
final class Selectors {

  private Selectors() {}

  /**
   * All selectors of a request; each must have a condition that an absent label does not fulfil.
   *
   * @param prefix of errors, which are not told alike by all endpoints
   */
  static List<List<LabelMatcher>> of(Exchange exchange, PromqlParser parser, String prefix) {
    List<List<LabelMatcher>> selectors = parsed(exchange, parser, prefix);
    for (List<LabelMatcher> matchers : selectors) {
      if (matchers.stream().allMatch(matcher -> matcher.matches(""))) {
        throw RequestException.bad(prefix + "match[] must contain at least one non-empty matcher");
      }
    }
    return selectors;
  }

  /** All selectors of a request as they are. */
  static List<List<LabelMatcher>> parsed(Exchange exchange, PromqlParser parser, String prefix) {
    List<List<LabelMatcher>> selectors = new ArrayList<>();
    for (String text : exchange.parameters("match[]")) {
      try {
        selectors.add(parser.parseSelector(text));
      } catch (PromqlParseException e) {
        throw new RequestException(400, prefix + e.getMessage(), e);
      }
    }
    return selectors;
  }
}
