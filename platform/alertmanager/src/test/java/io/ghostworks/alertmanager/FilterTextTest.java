package io.ghostworks.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.model.label.LabelMatcher;
import org.junit.jupiter.api.Test;

class FilterTextTest {

  @Test
  void readsTheClassicFormWithAndWithoutQuotes() {
    assertThat(FilterText.parse(" severity = critical "))
        .isEqualTo(new LabelMatcher.Equal("severity", "critical"));
    assertThat(FilterText.parse("a!=\"x \\\"y\\\" \\z\\n\""))
        .isEqualTo(new LabelMatcher.NotEqual("a", "x \"y\" \\z\n"));
    assertThat(FilterText.parse("a=b,c=d")).isEqualTo(new LabelMatcher.Equal("a", "b,c=d"));
    assertThat(FilterText.parse("a=")).isEqualTo(new LabelMatcher.Equal("a", ""));
    assertThat(FilterText.parse("team=~a|b").matches("b")).isTrue();
    assertThat(FilterText.parse("team!~a|b").matches("b")).isFalse();
  }

  @Test
  void readsNamesThatOnlyTheNewFormHas() {
    assertThat(FilterText.parse("\"service.name\"=\"api\""))
        .isEqualTo(new LabelMatcher.Equal("service.name", "api"));
    assertThat(FilterText.parse("grüße=x")).isEqualTo(new LabelMatcher.Equal("grüße", "x"));
  }

  @Test
  void refusesInAlertmanagersWords() {
    refused("{a=b}", "unexpected open or close brace: {a=b}");
    refused("nothing", "bad matcher format: nothing");
    refused("", "bad matcher format: ");
    refused("a=\"b", "matcher value contains unescaped double quote: \"b");
    refused("a=b\"c", "matcher value contains unescaped double quote: b\"c");
    assertThatThrownBy(() -> FilterText.parse("a=~("))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("invalid regular expression");
  }

  private static void refused(String text, String message) {
    assertThatThrownBy(() -> FilterText.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
