package io.ghostworks.promql.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.promql.ast.Expr;
import io.ghostworks.promql.ast.TimeShift;
import io.ghostworks.promql.ast.VectorMatching;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromqlParserTest {
  private final PromqlParser stable = new PromqlParser(ParserOptions.STABLE);
  private final PromqlParser all = new PromqlParser(ParserOptions.ALL);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "up",
        "up{job=\"api\",zone!~\"eu-.*\"}",
        "{__name__=\"http.requests\"}",
        "rate(http_requests_total[5m] @ end() offset -1h30m)",
        "sum by (job, \"service.name\") (rate(a[1m]))",
        "topk without (instance) (3, a)",
        "count_values(\"version\", build)",
        "a + on (x) group_left (y, z) b",
        "a and ignoring (x) b",
        "a > bool 2",
        "-a ^ 2",
        "max_over_time(rate(a[5m])[1h:1m] @ 1700000000.000)",
        "(a - b) / (a + b)",
        "label_replace(a, \"x\", \"$1\", \"y\", \"(.*)\")",
        "sum(offset{bool=\"on\"})",
        "1h30m * 2"
      })
  void printsWhatItReads(String query) {
    assertThat(stable.parse(query)).hasToString(query);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "foo[step() * (2 + 3)]",
        "foo offset -step()",
        "foo[max_of(step(), 5m)]",
        "foo + fill_left (0) fill_right (1) bar",
        "rate(foo[5m] anchored)",
        "limitk(2, foo)",
        "foo </ 2"
      })
  void printsWhatNeedsASwitch(String query) {
    assertThat(all.parse(query)).hasToString(query);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '§',
      value = {
        "1 +  | 1:5: parse error: unexpected end of input",
        "rate(foo) | 1:6: parse error: expected type range vector in call to function \"rate\", got"
            + " instant vector",
        "foo{a=} | 1:7: parse error: unexpected \"}\" in label matching, expected string",
        "{a=~\".*\"} | 1:1: parse error: vector selector must contain at least one non-empty"
            + " matcher",
        "sum by job (foo) | 1:8: parse error: unexpected identifier \"job\" in grouping opts,"
            + " expected \"(\"",
        "sum(foo bar) | 1:9: parse error: unexpected identifier \"bar\" in aggregation",
        "foo offset bar | 1:12: parse error: unexpected identifier \"bar\" in offset, expected"
            + " number, duration, step(), or range()",
        "1 == 1 | 1:3: parse error: comparisons between scalars must use BOOL modifier",
        "(foo | 1:5: parse error: unclosed left parenthesis",
        "unknown(foo) | 1:1: parse error: unknown function with name \"unknown\"",
        "start() | 1:1: parse error: function \"start\" is not enabled",
        "foo + fill (1) bar | 1:1: parse error: binop fill modifiers are experimental and not"
            + " enabled",
        "foo[5m:1m][5m] | 1:11: parse error: ranges only allowed for vector selectors",
        "foo and on(a) group_left b | 1:1: parse error: no grouping allowed for \"and\" operation"
      })
  void complainsInPrometheusWords(String query, String message) {
    assertThatThrownBy(() -> stable.parse(query.endsWith("+") ? query + " " : query))
        .isInstanceOf(PromqlParseException.class)
        .hasMessage(message);
  }

  @Test
  void countsLinesAndBytesInPositions() {
    assertThatThrownBy(() -> stable.parse("# é\nfoo{a=\"é\"} $"))
        .hasMessage("2:13: parse error: unexpected character: '$'");
  }

  @Test
  void bindsSignsWeakerThanPowers() {
    assertThat(stable.parse("-1 ^ 2")).isInstanceOf(Expr.Unary.class);
    assertThat(stable.parse("2 ^ -1")).isInstanceOf(Expr.Binary.class);
    Expr.Binary chain = (Expr.Binary) stable.parse("2 ^ 3 ^ 2");
    assertThat(chain.right()).hasToString("3 ^ 2");
    Expr.Binary sum = (Expr.Binary) stable.parse("1 - 2 - 3");
    assertThat(sum.left()).hasToString("1 - 2");
  }

  @Test
  void matchesManyToManyInSetOperations() {
    Expr.Binary or = (Expr.Binary) stable.parse("a or on(x) b");
    assertThat(or.matching()).isNotNull();
    assertThat(or.matching().cardinality()).isEqualTo(VectorMatching.Cardinality.MANY_TO_MANY);
    assertThat(((Expr.Binary) stable.parse("a + 1")).matching()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "0x1F,31",
    "017,15",
    "1_000.5,1000.5",
    "5m,300",
    "1e3,1000",
    ".5,0.5",
    "-Inf,-Infinity"
  })
  void readsNumbersAsGoDoes(String text, double value) {
    assertThat(((Expr.NumberLiteral) stable.parse(text)).value()).isEqualTo(value);
  }

  @Test
  void keepsTheTimesOfSelectors() {
    Expr.VectorSelector selector = (Expr.VectorSelector) stable.parse("a @ 1.5 offset 1m");
    assertThat(selector.shift())
        .isEqualTo(new TimeShift(60_000, null, new TimeShift.At.Timestamp(1500)));
  }

  @Test
  void readsSelectorsOfTheApi() {
    assertThat(stable.parseSelector("up{job=~\"a|b\"}")).hasSize(2);
    assertThatThrownBy(() -> stable.parseSelector("up[5m]"))
        .hasMessage("1:3: parse error: unexpected \"[\"");
    assertThat(PromqlParser.selectors(stable.parse("rate(a[5m]) / sum(b)"))).hasSize(2);
  }

  @Test
  void refusesNestingThatCouldExhaustTheStack() {
    assertThatThrownBy(() -> stable.parse("(".repeat(10_000) + "1" + ")".repeat(10_000)))
        .hasMessageContaining("nest at most 512 deep");
    assertThatThrownBy(() -> stable.parse("1" + "+1".repeat(10_000)))
        .hasMessageContaining("nest at most 512 deep");
    assertThatThrownBy(() -> all.parse("a[" + "(".repeat(10_000) + "1" + ")".repeat(10_000) + "]"))
        .hasMessageContaining("nest at most 512 deep");
  }
}
