package io.ghostworks.alertmanager.matcher;

import static io.ghostworks.alertmanager.matcher.MatcherSyntax.CLASSIC;
import static io.ghostworks.alertmanager.matcher.MatcherSyntax.FALLBACK;
import static io.ghostworks.alertmanager.matcher.MatcherSyntax.UTF8_STRICT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.model.label.LabelMatcher;
import org.junit.jupiter.api.Test;

class MatcherSyntaxTest {

  @Test
  void readsTheClassicFormWithAndWithoutQuotes() {
    assertThat(FALLBACK.matcher(" severity = critical "))
        .isEqualTo(new LabelMatcher.Equal("severity", "critical"));
    assertThat(FALLBACK.matcher("a!=\"x \\\"y\\\" \\z\\n\""))
        .isEqualTo(new LabelMatcher.NotEqual("a", "x \"y\" \\z\n"));
    assertThat(FALLBACK.matcher("a=b,c=d")).isEqualTo(new LabelMatcher.Equal("a", "b,c=d"));
    assertThat(FALLBACK.matcher("a=")).isEqualTo(new LabelMatcher.Equal("a", ""));
    assertThat(FALLBACK.matcher("team=~a|b").matches("b")).isTrue();
    assertThat(FALLBACK.matcher("team!~a|b").matches("b")).isFalse();
    assertThat(text(CLASSIC, "{a=\"b,c\" , d!~ e, }")).isEqualTo("{a=\"b,c\",d!~\"e\"}");
    assertThat(text(CLASSIC, "a=b}")).isEqualTo("{a=\"b\"}");
    assertThat(text(CLASSIC, "")).isEqualTo("{}");
  }

  @Test
  void readsWhatOnlyTheFormWithUtf8Has() {
    assertThat(FALLBACK.matcher("\"service.name\"=\"api\""))
        .isEqualTo(new LabelMatcher.Equal("service.name", "api"));
    assertThat(FALLBACK.matcher("grüße=x")).isEqualTo(new LabelMatcher.Equal("grüße", "x"));
    assertThat(text(UTF8_STRICT, "{\"foo\"=\"\\xf0\\x9f\\x99\\x82\",}")).isEqualTo("{foo=\"🙂\"}");
    assertThat(text(UTF8_STRICT, "{\"foo\"=\"\\U0001f642\\t\\101\"}")).isEqualTo("{foo=\"🙂\tA\"}");
    assertThat(text(UTF8_STRICT, "\"a b\"=~\"\\\\d+\", c!~[a-z]+"))
        .isEqualTo("{\"a b\"=~\"\\\\d+\",c!~\"[a-z]+\"}");
    assertThat(text(UTF8_STRICT, "")).isEqualTo("{}");
    assertThat(text(UTF8_STRICT, "{}")).isEqualTo("{}");
  }

  /** The cases of Alertmanager's matcher/compat tests. */
  @Test
  void takesTheClassicMeaningWhereBothFormsHaveOne() {
    assertThat(text(FALLBACK, "{foo🙂=bar,bar=baz🙂}")).isEqualTo("{foo🙂=\"bar\",bar=\"baz🙂\"}");
    assertThat(text(FALLBACK, "{foo=!bar,bar=$baz\\n}"))
        .isEqualTo("{foo=\"!bar\",bar=\"$baz\\n\"}");
    assertThat(FALLBACK.matcher("foo=\"\\xf0\\x9f\\x99\\x82\""))
        .isEqualTo(new LabelMatcher.Equal("foo", "\\xf0\\x9f\\x99\\x82"));
    assertThat(FALLBACK.warning("foo=\"\\xf0\\x9f\\x99\\x82\"")).startsWith("means something else");
    assertThat(FALLBACK.warning("foo=!bar\\n")).endsWith("write foo=\"!bar\\n\"");
    assertThat(FALLBACK.warning("foo=bar")).isEmpty();
    assertThat(UTF8_STRICT.warning("foo=!bar")).isEmpty();
  }

  @Test
  void refusesInAlertmanagersWords() {
    refused(FALLBACK, "{a=b}", "unexpected open or close brace: {a=b}");
    refused(FALLBACK, "nothing", "bad matcher format: nothing");
    refused(FALLBACK, "", "bad matcher format: ");
    refused(FALLBACK, "a=\"b", "matcher value contains unescaped double quote: \"b");
    refused(FALLBACK, "a=b\"c", "matcher value contains unescaped double quote: b\"c");
    refused(CLASSIC, "\"a.b\"=c", "bad matcher format: \"a.b\"=c");
    assertThatThrownBy(() -> FALLBACK.matcher("a=~("))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("invalid regular expression");
    for (String wrong :
        new String[] {
          ",",
          "{,}",
          "{",
          "}",
          "foo=bar}",
          "{foo=bar",
          "{foo=:\"bar\"}",
          "{foo=\"bar\\w\"}",
          "{\"foo\"=~\"\\d+\"}",
          "{foo=bar\\n}",
          "{\"foo\"=\"\\xf0\\x9f\"}",
          "foo",
          "foo!bar",
          "foo=bar baz",
          "foo=bar,=",
          "foo='bar'",
          "foo=\"bar",
        }) {
      assertThatThrownBy(() -> UTF8_STRICT.matchers(wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void knowsWhichNamesLabelsMayHave() {
    assertThat(CLASSIC.isLabelName("_foo1")).isTrue();
    assertThat(CLASSIC.isLabelName("0foo")).isFalse();
    assertThat(FALLBACK.isLabelName("0foo🙂")).isTrue();
    assertThat(UTF8_STRICT.isLabelName("")).isFalse();
  }

  @Test
  void aDotMatchesNoNewlineAsInAlertmanager() {
    assertThat(FALLBACK.matcher("a=~x.y").matches("x\ny")).isFalse();
    assertThat(FALLBACK.matcher("a=~x.y").matches("x-y")).isTrue();
  }

  private static String text(MatcherSyntax syntax, String text) {
    return Matchers.text(syntax.matchers(text));
  }

  private static void refused(MatcherSyntax syntax, String text, String message) {
    assertThatThrownBy(() -> syntax.matcher(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
