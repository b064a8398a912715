package io.ghostworks.traceql.parse;

import io.ghostworks.traceql.ast.Attribute;
import io.ghostworks.traceql.ast.Hint;
import io.ghostworks.traceql.ast.Operator;
import io.ghostworks.traceql.ast.Pipeline;
import io.ghostworks.traceql.ast.PipelineElement;
import io.ghostworks.traceql.ast.QueryExpression;
import io.ghostworks.traceql.ast.ScalarExpression;
import io.ghostworks.traceql.ast.ScalarFilter;
import io.ghostworks.traceql.ast.SecondStage;
import io.ghostworks.traceql.ast.SpansetExpression;
import io.ghostworks.traceql.ast.TraceqlQuery;
import io.ghostworks.traceql.parse.QueryPart.Form;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/**
 * Parses TraceQL as Tempo does (pkg/traceql/expr.y), with its messages. Whether types fit is told
 * by {@link Validation}.
 */
public final class TraceqlParser {
  /** Tempo's default bound. */
  private static final int QUERY_BYTES_MAX = 128 * 1_024;

  private final TokenStream tokens;
  private final PartParser parts;

  private TraceqlParser(String query) {
    this.tokens = new TokenStream(query);
    this.parts = new PartParser(tokens);
  }

  /**
   * The tree of a query.
   *
   * @throws TraceqlParseException if the text is none
   */
  public static TraceqlQuery parse(String query) {
    if (query.getBytes(StandardCharsets.UTF_8).length > QUERY_BYTES_MAX) {
      throw new TraceqlParseException(
          "the query is longer than %d bytes".formatted(QUERY_BYTES_MAX), 0, 0);
    }
    return new TraceqlParser(query).query();
  }

  /**
   * Parses a query and checks its types.
   *
   * @throws TraceqlParseException if the text is no query
   * @throws TraceqlValidationException if its types do not fit or something is not supported
   */
  public static TraceqlQuery parseValid(String query) {
    TraceqlQuery parsed = parse(query);
    Validation.check(parsed);
    return parsed;
  }

  /**
   * An attribute or intrinsic as written in a query, such as {@code span.http.route} or {@code
   * status}.
   *
   * @throws TraceqlParseException if the text is none
   */
  public static Attribute parseAttribute(String text) {
    TraceqlQuery query = parse("{" + text + "}");
    if (query.expression() instanceof QueryExpression.Search search
        && search.pipeline().elements().getFirst() instanceof SpansetExpression.Filter filter
        && filter.expression() instanceof Attribute attribute) {
      return attribute;
    }
    throw new TraceqlParseException("not an attribute: " + text, 0, 0);
  }

  private TraceqlQuery query() {
    if (tokens.at(TokenKind.END)) {
      throw new TraceqlParseException("syntax error: unexpected $end", 0, 0);
    }
    QueryExpression expression = root(parts.parse(0, EnumSet.allOf(Form.class)));
    List<Hint> hints = List.of();
    while (tokens.accept(TokenKind.WITH)) {
      hints = hints();
    }
    if (!tokens.at(TokenKind.END)) {
      throw tokens.unexpected(TokenKind.WITH);
    }
    return new TraceqlQuery(expression, hints);
  }

  private QueryExpression root(QueryPart part) {
    return switch (part) {
      case QueryPart.Wrapped wrapped -> search(wrapped.expression());
      case QueryPart.WrappedScalar scalar -> search(wrappedFilter(scalar));
      case QueryPart.Series series -> {
        QueryExpression expression = series.expression();
        for (SecondStage stage : parts.metrics().stages()) {
          expression = Arithmetic.staged(expression, stage);
        }
        yield expression;
      }
      default ->
          switch (parts.pipeline(part, EnumSet.of(Form.WRAPPED, Form.SERIES))) {
            case QueryPart.Wrapped wrapped -> search(wrapped.expression());
            case QueryPart.Series series -> series.expression();
            default -> throw tokens.unexpected();
          };
    };
  }

  private static QueryExpression search(PipelineElement element) {
    return new QueryExpression.Search(
        element instanceof Pipeline pipeline ? pipeline : new Pipeline(List.of(element)));
  }

  private PipelineElement wrappedFilter(QueryPart.WrappedScalar left) {
    Operator operator = FieldParser.comparison(tokens.kind());
    if (operator == null) {
      throw tokens.unexpected();
    }
    tokens.next();
    ScalarExpression right =
        Arithmetic.scalar(parts.parse(0, EnumSet.of(Form.WRAPPED_SCALAR, Form.CONSTANT)));
    return new ScalarFilter(operator, left.expression(), right);
  }

  private List<Hint> hints() {
    tokens.expect(TokenKind.OPEN_PARENS);
    List<Hint> hints = new ArrayList<>();
    do {
      String name = tokens.expect(TokenKind.IDENTIFIER).text();
      tokens.expect(TokenKind.EQ);
      hints.add(new Hint(name, parts.fields().value()));
    } while (tokens.accept(TokenKind.COMMA));
    tokens.expect(TokenKind.CLOSE_PARENS, TokenKind.COMMA);
    return hints;
  }
}
