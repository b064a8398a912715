package io.ghostworks.promql.parse;

import io.ghostworks.promql.ast.PositionRange;
import io.ghostworks.promql.text.QuotedText;

/**
 * A token of a query.
 *
 * @param text as written; for an error its message
 * @param position in bytes
 */
record Token(TokenType type, String text, PositionRange position) {

  /** As Prometheus names a token that it did not expect. */
  String description() {
    return switch (type.kind()) {
      case LITERAL ->
          type == TokenType.END_OF_INPUT ? type.text() : type.text() + " " + quotedLiteral();
      case KEYWORD -> "<" + text + ">";
      case OPERATOR -> "<op:" + text + ">";
      case AGGREGATOR -> "<aggr:" + text + ">";
      case PUNCTUATION, PREPROCESSOR -> QuotedText.quote(text);
    };
  }

  private String quotedLiteral() {
    boolean whole = type == TokenType.IDENTIFIER || type == TokenType.METRIC_IDENTIFIER;
    int codePoints = text.codePointCount(0, text.length());
    if (whole || text.length() <= 10) {
      return QuotedText.quote(text);
    }
    int end = codePoints <= 10 ? text.length() : text.offsetByCodePoints(0, 10);
    return QuotedText.quote(text.substring(0, end)) + "...";
  }
}
