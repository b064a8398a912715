package io.ghostworks.server.loki;

import io.ghostworks.logql.LogqlParseException;
import io.ghostworks.logql.LogqlParser;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.server.http.RequestException;
import java.util.List;

/** Stream selectors of requests that look up what there is. */
final class Selectors {

  private Selectors() {}

  /**
   * Reads a selector that must not select every stream.
   *
   * @throws RequestException in Loki's words if it does, or is none
   */
  static List<LabelMatcher> selective(LokiRequest request, String text) {
    List<LabelMatcher> matchers = parsed(request, text);
    if (matchers.stream().allMatch(matcher -> matcher.matches(""))) {
      throw RequestException.bad(
          "parse error : queries require at least one regexp or equality matcher that does not"
              + " have an empty-compatible value. For instance, app=~\".*\" does not meet this"
              + " requirement, but app=~\".+\" will");
    }
    return matchers;
  }

  /** Reads the query of a request for which none, and {@code {}}, stand for every stream. */
  static List<LabelMatcher> anyOf(LokiRequest request) {
    String text = request.query();
    return text.isEmpty() || isEmpty(text) ? List.of() : selective(request, text);
  }

  static boolean isEmpty(String text) {
    return text.replace(" ", "").equals("{}");
  }

  private static List<LabelMatcher> parsed(LokiRequest request, String text) {
    List<LabelMatcher> matchers;
    try {
      matchers = LogqlParser.parseSelector(text);
    } catch (LogqlParseException e) {
      throw new RequestException(400, String.valueOf(e.getMessage()), e);
    }
    checkCount(request, matchers.size());
    return matchers;
  }

  /** Refuses more matchers than a tenant may use. */
  static void checkCount(LokiRequest request, int matchers) {
    int max = request.limits().matchersMax();
    if (max != 0 && matchers > max) {
      throw RequestException.bad(
          "max streams matchers per query exceeded, matchers-count > limit (%d > %d)"
              .formatted(matchers, max));
    }
  }
}
