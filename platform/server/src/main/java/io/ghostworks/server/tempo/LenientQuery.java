package io.ghostworks.server.tempo;

import io.ghostworks.traceql.ast.Attribute;
import io.ghostworks.traceql.ast.TraceqlQuery;
import io.ghostworks.traceql.parse.TraceqlParseException;
import io.ghostworks.traceql.parse.TraceqlParser;
import io.ghostworks.traceql.parse.TraceqlValidationException;
import java.util.Optional;

/**
 * Reads queries while they are typed: a comparison without its right side counts as true, and
 * braces may be open. What is not a query then is none.
 *
 * <p>Source: Tempo's {@code pkg/traceql/lenient_parser.go}.
 */
final class LenientQuery {

  private static final String COMPARISONS = "=!<>~";

  private final String text;
  private final StringBuilder out = new StringBuilder();
  private int open;

  private LenientQuery(String text) {
    this.text = text;
  }

  static Optional<TraceqlQuery> parse(String text) {
    try {
      return Optional.of(TraceqlParser.parseValid(text));
    } catch (TraceqlValidationException e) {
      return Optional.empty();
    } catch (TraceqlParseException e) {
      return repaired(text);
    }
  }

  private static Optional<TraceqlQuery> repaired(String text) {
    try {
      return Optional.of(TraceqlParser.parseValid(new LenientQuery(text).repaired()));
    } catch (TraceqlParseException | TraceqlValidationException e) {
      return Optional.empty();
    }
  }

  private String repaired() {
    int at = 0;
    int attribute = -1; // where the attribute begins that ends just before
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '|' && !text.startsWith("||", at)) {
        break;
      }
      if (c == '"' || c == '`' || Attribute.isNameCharacter(c)) {
        attribute = out.length();
        at = word(at);
        continue;
      }
      int sign = at;
      while (at < text.length() && COMPARISONS.indexOf(text.charAt(at)) >= 0) {
        at++;
      }
      if (at > sign) {
        if (attribute >= 0 && endsThere(at)) {
          out.setLength(attribute);
          out.append("true ");
        } else {
          out.append(text, sign, at);
        }
        attribute = -1;
        continue;
      }
      open += c == '{' ? 1 : c == '}' ? -1 : 0;
      attribute = Character.isWhitespace(c) ? attribute : -1;
      out.append(c);
      at++;
    }
    out.append(" }".repeat(Math.max(0, open)));
    return out.append(text, at, text.length()).toString();
  }

  /** Copies a name with its quoted parts, or a text; answers where it ends. */
  private int word(int start) {
    int at = start;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '"' || c == '`') {
        at = quoted(at);
      } else if (Attribute.isNameCharacter(c)) {
        at++;
      } else {
        break;
      }
    }
    out.append(text, start, at);
    return at;
  }

  private int quoted(int start) {
    char quote = text.charAt(start);
    int at = start + 1;
    while (at < text.length() && text.charAt(at) != quote) {
      at += quote == '"' && text.charAt(at) == '\\' ? 2 : 1;
    }
    return Math.min(at + 1, text.length());
  }

  /** Whether nothing follows an operator that could be its right side. */
  private boolean endsThere(int operatorEnd) {
    int at = operatorEnd;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at == text.length()
        || text.charAt(at) == '}'
        || text.charAt(at) == ')'
        || text.startsWith("&&", at)
        || text.startsWith("||", at);
  }
}
