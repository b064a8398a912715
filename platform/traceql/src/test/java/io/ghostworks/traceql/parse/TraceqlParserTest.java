package io.ghostworks.traceql.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.traceql.ast.Attribute;
import io.ghostworks.traceql.ast.AttributeScope;
import io.ghostworks.traceql.ast.Intrinsic;
import io.ghostworks.traceql.ast.StaticType;
import io.ghostworks.traceql.ast.Statics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceqlParserTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      quoteCharacter = '\0',
      value = {
        "{ .a } | { .b@parse error at line 1, col 14: syntax error: unexpected $end",
        "{ .a | .b }@parse error at line 1, col 6: syntax error: unexpected |",
        "({ .a } | { .b }@parse error at line 1, col 17: syntax error: unexpected $end, expecting )"
            + " or |",
        "({ .a } | { .b }) + ({ .a } | { .b })@parse error at line 1, col 19: syntax error:"
            + " unexpected +, expecting with",
        "by(.a) && { .b }@parse error at line 0, col 8: syntax error: unexpected &&, expecting"
            + " with",
        "by()@parse error at line 1, col 4: syntax error: unexpected )",
        "coalesce()@parse error at line 1, col 1: syntax error: unexpected coalesce",
        "select()@parse error at line 1, col 8: syntax error: unexpected )",
        "{ true } &&@parse error at line 1, col 12: syntax error: unexpected $end, expecting { or"
            + " (",
        "(avg(.foo) > count()) + sum(.bar)@parse error at line 1, col 23: syntax error: unexpected"
            + " +, expecting with",
        "count(@parse error at line 1, col 7: syntax error: unexpected $end, expecting )",
        "count(avg)@parse error at line 1, col 7: syntax error: unexpected avg, expecting )",
        "wharblgarbl@parse error at line 1, col 1: syntax error: unexpected IDENTIFIER",
        "{ 2 <> 3}@parse error at line 1, col 6: syntax error: unexpected >",
        "{ . foo }@parse error at line 1, col 3: syntax error: unexpected END_ATTRIBUTE, expecting"
            + " IDENTIFIER",
        "{ .foo .bar }@parse error at line 1, col 8: syntax error: unexpected .",
        "{ parent. }@parse error at line 0, col 3: syntax error: unexpected END_ATTRIBUTE,"
            + " expecting IDENTIFIER or resource. or span.",
        ".3foo@parse error at line 1, col 3: syntax error: unexpected IDENTIFIER",
        "{ .\"foo }@parse error at line 0, col 3: unexpected EOF, expecting \"",
        "{} | topk(10)@parse error at line 1, col 6: syntax error: unexpected topk",
        "{} | rate() | topk(-1)@parse error at line 1, col 20: syntax error: unexpected -,"
            + " expecting INTEGER",
        "{} > 10@parse error at line 1, col 6: syntax error: unexpected INTEGER, expecting { or (",
        "{} == 10@parse error at line 1, col 4: syntax error: unexpected =, expecting with",
        "{ foo = 1 }@parse error at line 1, col 3: unknown identifier: foo"
      })
  void saysWhatIsWrongInTemposWords(String query, String message) {
    assertThatThrownBy(() -> TraceqlParser.parse(query))
        .isInstanceOf(TraceqlParseException.class)
        .hasMessage(message);
  }

  @Test
  void anEmptyQueryHasNoPlace() {
    assertThatThrownBy(() -> TraceqlParser.parse(" "))
        .hasMessage("parse error : syntax error: unexpected $end");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      quoteCharacter = '\0',
      value = {
        "{ .a * .b + .c }@{ (.a * .b) + .c }",
        "{ .a + .b ^ .c ^ 2 }@{ .a + (.b ^ (.c ^ 2)) }",
        "{ -.a + .b }@{ (-.a) + .b }",
        "{ -.a * .b = 1 }@{ (-(.a * .b)) = 1 }",
        "{ !.a && .b }@{ (!.a) && .b }",
        "{ .a = 1 && .b != nil || nil = .c }@{ ((.a = 1) && (.b != nil)) || (.c = nil) }",
        "{ 1 + 1 = 2 }@{ true }",
        "{ duration > 1h30m }@{ duration > 1h30m0s }",
        "{ span:duration < 1.5ms }@{ duration < 1.5ms }",
        "{ trace:id = \"00ab\" }@{ trace:id = `ab` }",
        "{ .\"a b\".c = 1 }@{ .\"a b.c\" = 1 }",
        "{ parent.resource.a = 1 }@{ parent.resource.a = 1 }",
        "{ .a } >> { .b } && { .c } | count() > 2@(({ .a }) >> ({ .b })) && ({ .c })|(count()) > 2",
        "{} | rate() by (name, .x) > 10 | topk(3) with(sample=0.1, exemplars=true)@{ true } |"
            + " rate()by(name,.x) > 10 | topk(3) with(sample=0.1,exemplars=true)",
        "5 + ({} | rate()) * 10@5 + (({ true } | rate()) * 10)",
        "({} | rate()) - 2 * 20 > 1 / 2@({ true } | rate()) - 40 > 0",
        "({} | rate()) + ({.a} | rate()) | topk(2)@({ true } | rate()) + ({ .a } | rate()) |"
            + " topk(2)",
        "{} | compare({ status = error }, 5)@{ true } | compare({ status = error }, 5)",
        "{} | quantile_over_time(duration, .5, 1)@{ true } |"
            + " quantile_over_time(duration,0.50000,1.00000)",
        "{ 1h = -2s }@{ false }",
        "{ .a = -2e30 && .b = 1.0 }@{ (.a = -2e+30) && (.b = 1.0) }"
      })
  void writesQueriesAsTempoDoes(String query, String written) {
    assertThat(TraceqlParser.parse(query)).hasToString(written);
    assertThat(TraceqlParser.parse(written)).isEqualTo(TraceqlParser.parse(query));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{ . }", "true", "2 * 3", "({}) + ({})", "{} | count()", "({} | rate()) * 10s"})
  void refusesWhatIsNoQuery(String query) {
    assertThatThrownBy(() -> TraceqlParser.parse(query)).isInstanceOf(TraceqlParseException.class);
  }

  @Test
  void nestingIsBounded() {
    assertThatThrownBy(() -> TraceqlParser.parse("(".repeat(60_000)))
        .isInstanceOf(TraceqlParseException.class)
        .hasMessageContaining("nests too deeply");
    assertThatThrownBy(() -> TraceqlParser.parse("{" + "-".repeat(60_000)))
        .hasMessageContaining("nests too deeply");
    assertThatThrownBy(() -> TraceqlParser.parse("{" + "a + ".repeat(60_000)))
        .isInstanceOf(TraceqlParseException.class);
    assertThatThrownBy(() -> TraceqlParser.parse("{} | rate() > " + "-".repeat(60_000)))
        .hasMessageContaining("nests too deeply");
  }

  @Test
  void readsAttributesAlone() {
    assertThat(TraceqlParser.parseAttribute("span.http.route"))
        .isEqualTo(Attribute.of(AttributeScope.SPAN, "http.route"));
    assertThat(TraceqlParser.parseAttribute("status")).isEqualTo(Attribute.of(Intrinsic.STATUS));
    assertThatThrownBy(() -> TraceqlParser.parseAttribute(".a = 1"))
        .isInstanceOf(TraceqlParseException.class);
  }

  @Test
  void hintsAreFoundByNameAndType() {
    var query = TraceqlParser.parse("{} with(most_recent=1, most_recent=true)");
    assertThat(query.hint("most_recent", StaticType.BOOLEAN)).isEqualTo(Statics.TRUE);
    assertThat(query.hint("sample", StaticType.BOOLEAN).isNil()).isTrue();
  }
}
