package io.ghostworks.logql.syntax;

import static io.ghostworks.logql.syntax.TokenKind.COMMA;
import static io.ghostworks.logql.syntax.TokenKind.EQ;
import static io.ghostworks.logql.syntax.TokenKind.FUNCTION_FLAG;
import static io.ghostworks.logql.syntax.TokenKind.IDENTIFIER;
import static io.ghostworks.logql.syntax.TokenKind.STRING;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.ghostworks.logql.pattern.LinePattern;
import io.ghostworks.logql.pattern.PatternException;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.UserRegex;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Parses the stages behind a bar, except unwrap. */
final class StageParser {
  private static final String DUPLICATE_NAME = "duplicate capture group name: `";

  private final TokenStream tokens;
  private final LabelFilterParser labelFilters;

  StageParser(TokenStream tokens, LabelFilterParser labelFilters) {
    this.tokens = tokens;
    this.labelFilters = labelFilters;
  }

  Stage afterPipe() {
    return switch (tokens.kind()) {
      case JSON -> json();
      case LOGFMT -> logfmt();
      case REGEXP -> regexp();
      case PATTERN -> pattern();
      case UNPACK -> {
        tokens.next();
        yield new Stage.Unpack();
      }
      case LINE_FORMAT -> {
        tokens.next();
        yield new Stage.LineFormat(tokens.expect(STRING).text());
      }
      case LABEL_FORMAT -> labelFormats();
      case DECOLORIZE -> {
        tokens.next();
        yield new Stage.Decolorize();
      }
      case DROP -> {
        tokens.next();
        yield new Stage.Drop(namedMatchers());
      }
      case KEEP -> {
        tokens.next();
        yield new Stage.Keep(namedMatchers());
      }
      case IDENTIFIER, OPEN_PARENTHESIS -> new Stage.LabelStage(labelFilters.parse());
      default -> throw tokens.unexpected();
    };
  }

  private Stage json() {
    tokens.next();
    return tokens.at(IDENTIFIER) ? new Stage.JsonExpressions(extractions()) : new Stage.Json();
  }

  private Stage logfmt() {
    tokens.next();
    Set<String> flags = new HashSet<>();
    while (tokens.at(FUNCTION_FLAG)) {
      flags.add(tokens.next().text());
    }
    boolean strict = flags.contains("--strict");
    boolean keepEmpty = flags.contains("--keep-empty");
    return tokens.at(IDENTIFIER)
        ? new Stage.LogfmtExpressions(extractions(), strict, keepEmpty)
        : new Stage.Logfmt(strict, keepEmpty);
  }

  private List<Stage.Extraction> extractions() {
    List<Stage.Extraction> extractions = new ArrayList<>();
    do {
      String label = tokens.expect(IDENTIFIER).text();
      String expression = tokens.accept(EQ) ? tokens.expect(STRING).text() : label;
      extractions.add(new Stage.Extraction(label, expression));
    } while (tokens.accept(COMMA));
    return extractions;
  }

  private Stage regexp() {
    tokens.next();
    String expression = tokens.expect(STRING).text();
    checkRegexp(expression);
    return new Stage.Regexp(expression);
  }

  private static void checkRegexp(String expression) {
    String fault;
    try {
      fault = faultOf(UserRegex.compile(expression));
    } catch (PatternSyntaxException e) {
      fault = inGoWords(String.valueOf(e.getMessage()));
    }
    if (!fault.isEmpty()) {
      throw new LogqlParseException("invalid regexp parser: " + fault);
    }
  }

  /** Go takes a name twice, so that Loki refuses it by itself. */
  private static String inGoWords(String message) {
    int name = message.indexOf(DUPLICATE_NAME);
    return name < 0
        ? message
        : "duplicate extracted label name '%s'"
            .formatted(message.substring(name + DUPLICATE_NAME.length(), message.lastIndexOf('`')));
  }

  private static String faultOf(Pattern pattern) {
    return pattern.namedGroups().isEmpty() ? "at least one named capture must be supplied" : "";
  }

  private Stage pattern() {
    tokens.next();
    String pattern = tokens.expect(STRING).text();
    try {
      LinePattern.parser(pattern);
    } catch (PatternException e) {
      throw new LogqlParseException("invalid pattern parser: " + e.getMessage());
    }
    return new Stage.PatternParser(pattern);
  }

  private Stage labelFormats() {
    tokens.next();
    List<Stage.LabelFormat> formats = new ArrayList<>();
    do {
      String label = tokens.expect(IDENTIFIER).text();
      tokens.expect(EQ);
      boolean rename = tokens.at(IDENTIFIER);
      String value = rename ? tokens.next().text() : tokens.expect(STRING, IDENTIFIER).text();
      formats.add(new Stage.LabelFormat(label, value, rename));
    } while (tokens.accept(COMMA));
    return new Stage.LabelFormats(formats);
  }

  private List<Stage.NamedMatcher> namedMatchers() {
    List<Stage.NamedMatcher> matchers = new ArrayList<>();
    do {
      String label = tokens.expect(IDENTIFIER).text();
      LabelMatcher matcher =
          switch (tokens.kind()) {
            case EQ, NEQ, RE, NRE -> {
              TokenKind kind = tokens.next().kind();
              yield SelectorParser.matcher(label, kind, tokens.expect(STRING).text());
            }
            default -> null;
          };
      matchers.add(new Stage.NamedMatcher(label, matcher));
    } while (tokens.accept(COMMA));
    return matchers;
  }
}
