package io.ghostworks.logql.syntax;

import static io.ghostworks.logql.syntax.TokenKind.CLOSE_PARENTHESIS;
import static io.ghostworks.logql.syntax.TokenKind.COMMA;
import static io.ghostworks.logql.syntax.TokenKind.IDENTIFIER;
import static io.ghostworks.logql.syntax.TokenKind.NUMBER;
import static io.ghostworks.logql.syntax.TokenKind.OPEN_BRACE;
import static io.ghostworks.logql.syntax.TokenKind.OPEN_PARENTHESIS;
import static io.ghostworks.logql.syntax.TokenKind.PIPE;
import static io.ghostworks.logql.syntax.TokenKind.RANGE;

import io.ghostworks.logql.quantity.GoFloat;
import io.ghostworks.logql.quantity.QuantityException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parses range aggregations. The range may stand behind the selector, behind the stages or behind
 * the unwrap, and parentheses around either.
 */
final class RangeParser {
  private final TokenStream tokens;
  private final SelectorParser selectors;
  private final Faults faults;

  RangeParser(TokenStream tokens, SelectorParser selectors, Faults faults) {
    this.tokens = tokens;
    this.selectors = selectors;
    this.faults = faults;
  }

  MetricExpr aggregation(RangeOperation operation) {
    tokens.next();
    tokens.expect(OPEN_PARENTHESIS);
    String parameter = null;
    if (tokens.at(NUMBER)) {
      parameter = tokens.next().text();
      tokens.expect(COMMA);
      if (!tokens.at(OPEN_BRACE) && !tokens.at(OPEN_PARENTHESIS)) {
        throw tokens.unexpected(OPEN_BRACE, OPEN_PARENTHESIS);
      }
    } else if (!tokens.at(OPEN_BRACE) && !tokens.at(OPEN_PARENTHESIS)) {
      throw tokens.unexpected(NUMBER, OPEN_BRACE, OPEN_PARENTHESIS);
    }
    LogRange range = range();
    tokens.expect(CLOSE_PARENTHESIS);
    MetricExpr.Grouping grouping = selectors.findGrouping();
    return aggregation(operation, range, parameter, grouping);
  }

  private MetricExpr aggregation(
      RangeOperation operation,
      LogRange range,
      @Nullable String parameter,
      MetricExpr.@Nullable Grouping grouping) {
    String word = operation.word();
    Double quantile = null;
    if (parameter != null && operation != RangeOperation.QUANTILE_OVER_TIME) {
      return faults.at("parameter %s not supported for operation %s".formatted(parameter, word));
    }
    if (parameter != null) {
      try {
        quantile = GoFloat.parse(parameter);
      } catch (QuantityException e) {
        return faults.at("invalid parameter for operation %s: %s".formatted(word, e.getMessage()));
      }
    } else if (operation == RangeOperation.QUANTILE_OVER_TIME) {
      return faults.at("parameter required for operation " + word);
    }
    if (grouping != null && !operation.takesGrouping()) {
      return faults.at("grouping not allowed for %s aggregation".formatted(word));
    }
    if (range.unwrap() != null && !operation.takesUnwrap()) {
      return faults.at("invalid aggregation %s with unwrap".formatted(word));
    }
    if (range.unwrap() == null && !operation.takesRecords()) {
      return faults.at("invalid aggregation %s without unwrap".formatted(word));
    }
    return new MetricExpr.RangeAggregation(operation, range, quantile, grouping);
  }

  private LogRange range() {
    tokens.enter();
    Draft draft = new Draft();
    if (!tokens.accept(OPEN_PARENTHESIS)) {
      open(draft, false);
    } else if (tokens.at(OPEN_PARENTHESIS)) {
      LogRange inner = range();
      tokens.expect(CLOSE_PARENTHESIS);
      tokens.leave();
      return inner;
    } else {
      if (!tokens.at(OPEN_BRACE)) {
        throw tokens.unexpected(OPEN_BRACE, OPEN_PARENTHESIS);
      }
      enclosed(draft);
    }
    tokens.leave();
    return draft.toRange();
  }

  /** {@code selector stages [5m]} or {@code selector [5m] stages}. */
  private void open(Draft draft, boolean within) {
    draft.selector(selectors);
    if (!tokens.at(RANGE)) {
      stages(draft);
      if (!tokens.at(RANGE)) {
        throw draft.unwrap == null
            ? tokens.unexpected()
            : within
                ? tokens.unexpected(RANGE, PIPE, CLOSE_PARENTHESIS)
                : tokens.unexpected(RANGE, PIPE);
      }
      window(draft);
      return;
    }
    window(draft);
    stages(draft);
  }

  /** After an opening parenthesis: the range stands before the closing one or behind it. */
  private void enclosed(Draft draft) {
    draft.selector(selectors);
    if (tokens.at(RANGE)) {
      window(draft);
      stages(draft);
      tokens.expect(CLOSE_PARENTHESIS);
      return;
    }
    boolean bare = !isStage();
    stages(draft);
    if (tokens.at(RANGE)) {
      window(draft);
      tokens.expect(CLOSE_PARENTHESIS);
      return;
    }
    if (!tokens.accept(CLOSE_PARENTHESIS)) {
      throw draft.unwrap == null
          ? tokens.unexpected()
          : tokens.unexpected(RANGE, PIPE, CLOSE_PARENTHESIS);
    }
    if (!tokens.at(RANGE)) {
      throw tokens.unexpected(RANGE);
    }
    window(draft);
    if (bare && tokens.at(PIPE)) {
      tokens.next();
      unwrap(draft);
    }
  }

  private boolean isStage() {
    return tokens.at(PIPE) || selectors.isLineFilter();
  }

  private void window(Draft draft) {
    draft.intervalNanos = tokens.expect(RANGE).number();
    if (tokens.accept(TokenKind.OFFSET)) {
      draft.offsetNanos = tokens.expect(TokenKind.DURATION).number();
    }
  }

  private void stages(Draft draft) {
    while (isStage()) {
      if (tokens.at(PIPE)) {
        tokens.next();
        if (tokens.at(TokenKind.UNWRAP)) {
          unwrap(draft);
          return;
        }
        draft.stages.add(selectors.stageAfterPipe());
      } else {
        draft.stages.add(selectors.lineFilters());
      }
    }
  }

  /** After the bar: {@code unwrap bytes(size) | size > 1KB}. */
  private void unwrap(Draft draft) {
    if (!tokens.accept(TokenKind.UNWRAP)) {
      throw tokens.unexpected(TokenKind.UNWRAP);
    }
    Unwrap.Conversion conversion =
        switch (tokens.kind()) {
          case BYTES_CONV -> Unwrap.Conversion.BYTES;
          case DURATION_CONV -> Unwrap.Conversion.DURATION;
          case DURATION_SECONDS_CONV -> Unwrap.Conversion.DURATION_SECONDS;
          default -> Unwrap.Conversion.NONE;
        };
    String label;
    if (conversion == Unwrap.Conversion.NONE) {
      label =
          tokens
              .expect(
                  IDENTIFIER,
                  TokenKind.BYTES_CONV,
                  TokenKind.DURATION_CONV,
                  TokenKind.DURATION_SECONDS_CONV)
              .text();
    } else {
      tokens.next();
      tokens.expect(OPEN_PARENTHESIS);
      label = tokens.expect(IDENTIFIER).text();
      tokens.expect(CLOSE_PARENTHESIS);
    }
    List<LabelFilter> filters = new ArrayList<>();
    while (tokens.accept(PIPE)) {
      filters.add(selectors.labelFilter());
    }
    draft.unwrap = new Unwrap(label, conversion, filters);
  }

  /** What has been read of a range. */
  private static final class Draft {
    private List<io.ghostworks.model.label.LabelMatcher> matchers = List.of();
    private final List<Stage> stages = new ArrayList<>();
    private long intervalNanos;
    private long offsetNanos;
    private @Nullable Unwrap unwrap;

    void selector(SelectorParser selectors) {
      matchers = selectors.selector();
    }

    LogRange toRange() {
      return new LogRange(new LogExpr(matchers, stages), intervalNanos, offsetNanos, unwrap);
    }
  }
}
