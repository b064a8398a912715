package io.ghostworks.logql.syntax;

import static io.ghostworks.logql.syntax.TokenKind.CLOSE_BRACE;
import static io.ghostworks.logql.syntax.TokenKind.CLOSE_PARENTHESIS;
import static io.ghostworks.logql.syntax.TokenKind.COMMA;
import static io.ghostworks.logql.syntax.TokenKind.EQ;
import static io.ghostworks.logql.syntax.TokenKind.IDENTIFIER;
import static io.ghostworks.logql.syntax.TokenKind.IP;
import static io.ghostworks.logql.syntax.TokenKind.NEQ;
import static io.ghostworks.logql.syntax.TokenKind.NRE;
import static io.ghostworks.logql.syntax.TokenKind.OPEN_BRACE;
import static io.ghostworks.logql.syntax.TokenKind.OPEN_PARENTHESIS;
import static io.ghostworks.logql.syntax.TokenKind.PIPE;
import static io.ghostworks.logql.syntax.TokenKind.RE;
import static io.ghostworks.logql.syntax.TokenKind.STRING;

import io.ghostworks.model.label.AnchoredRegex;
import io.ghostworks.model.label.LabelMatcher;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parses stream selectors, line filters, groupings, and the stages behind them. */
final class SelectorParser {
  private final TokenStream tokens;
  private final StageParser stages;
  private final LabelFilterParser labelFilters;

  SelectorParser(TokenStream tokens) {
    this.tokens = tokens;
    this.labelFilters = new LabelFilterParser(tokens);
    this.stages = new StageParser(tokens, labelFilters);
  }

  LogExpr logExpr() {
    List<LabelMatcher> matchers = selector();
    List<Stage> all = new ArrayList<>();
    while (true) {
      if (tokens.accept(PIPE)) {
        all.add(stageAfterPipe());
      } else if (isLineFilter()) {
        all.add(lineFilters());
      } else {
        return new LogExpr(matchers, all);
      }
    }
  }

  Stage stageAfterPipe() {
    return stages.afterPipe();
  }

  LabelFilter labelFilter() {
    return labelFilters.parse();
  }

  List<LabelMatcher> selector() {
    tokens.expect(OPEN_BRACE);
    List<LabelMatcher> matchers = new ArrayList<>();
    if (tokens.accept(CLOSE_BRACE)) {
      return matchers;
    }
    if (!tokens.at(IDENTIFIER)) {
      throw tokens.unexpected(IDENTIFIER, CLOSE_BRACE);
    }
    do {
      String label = tokens.expect(IDENTIFIER).text();
      matchers.add(matcher(tokens, label));
    } while (tokens.accept(COMMA));
    tokens.expect(CLOSE_BRACE, COMMA);
    return matchers;
  }

  /** What follows a label's name: {@code ="value"}. */
  private static LabelMatcher matcher(TokenStream tokens, String label) {
    TokenKind kind = tokens.kind();
    if (kind != EQ && kind != NEQ && kind != RE && kind != NRE) {
      throw tokens.unexpected(EQ, NEQ, RE, NRE);
    }
    tokens.next();
    return matcher(label, kind, tokens.expect(STRING).text());
  }

  static LabelMatcher matcher(String label, TokenKind kind, String value) {
    return switch (kind) {
      case EQ -> new LabelMatcher.Equal(label, value);
      case NEQ -> new LabelMatcher.NotEqual(label, value);
      case RE -> new LabelMatcher.Matches(label, regex(value));
      case NRE -> new LabelMatcher.NotMatches(label, regex(value));
      default -> throw new IllegalStateException(kind + " compares no labels");
    };
  }

  private static AnchoredRegex regex(String value) {
    try {
      return AnchoredRegex.compile(value);
    } catch (IllegalArgumentException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new LogqlParseException(String.valueOf(cause.getMessage()));
    }
  }

  boolean isLineFilter() {
    return lineFilterType() != null;
  }

  private LineFilter.@Nullable Type lineFilterType() {
    return switch (tokens.kind()) {
      case PIPE_EXACT -> LineFilter.Type.CONTAINS;
      case NEQ -> LineFilter.Type.NOT_CONTAINS;
      case PIPE_MATCH -> LineFilter.Type.REGEXP;
      case NRE -> LineFilter.Type.NOT_REGEXP;
      case PIPE_PATTERN -> LineFilter.Type.PATTERN;
      case NPA -> LineFilter.Type.NOT_PATTERN;
      default -> null;
    };
  }

  Stage.LineFilters lineFilters() {
    List<LineFilter> filters = new ArrayList<>();
    for (LineFilter.Type type = lineFilterType(); type != null; type = lineFilterType()) {
      tokens.next();
      List<LineFilter.Needle> needles = new ArrayList<>();
      do {
        needles.add(needle());
      } while (tokens.accept(TokenKind.OR));
      if (type.negated()) {
        for (LineFilter.Needle needle : needles) {
          filters.add(new LineFilter(type, List.of(needle)));
        }
      } else {
        filters.add(new LineFilter(type, needles));
      }
    }
    return new Stage.LineFilters(filters);
  }

  private LineFilter.Needle needle() {
    if (!tokens.accept(IP)) {
      return new LineFilter.Needle(tokens.expect(STRING, IP).text(), false);
    }
    tokens.expect(OPEN_PARENTHESIS);
    String pattern = tokens.expect(STRING).text();
    tokens.expect(CLOSE_PARENTHESIS);
    return new LineFilter.Needle(pattern, true);
  }

  /** {@code by (a, b)} or {@code without (a, b)}, or null. */
  MetricExpr.@Nullable Grouping findGrouping() {
    boolean without = tokens.at(TokenKind.WITHOUT);
    if (!without && !tokens.at(TokenKind.BY)) {
      return null;
    }
    tokens.next();
    return new MetricExpr.Grouping(without, labelList());
  }

  /** Names between parentheses. */
  List<String> labelList() {
    tokens.expect(OPEN_PARENTHESIS);
    List<String> labels = new ArrayList<>();
    if (tokens.accept(CLOSE_PARENTHESIS)) {
      return labels;
    }
    if (!tokens.at(IDENTIFIER)) {
      throw tokens.unexpected(IDENTIFIER, CLOSE_PARENTHESIS);
    }
    do {
      labels.add(tokens.expect(IDENTIFIER).text());
    } while (tokens.accept(COMMA));
    tokens.expect(CLOSE_PARENTHESIS, COMMA);
    return labels;
  }
}
