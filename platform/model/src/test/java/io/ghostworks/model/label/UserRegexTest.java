package io.ghostworks.model.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.PatternSyntaxException;
import java.util.List;
import org.junit.jupiter.api.Test;

class UserRegexTest {

  @Test
  void compilesWhatIsWritten() {
    for (String regex :
        List.of(
            "",
            "a|b",
            "(a+)+$",
            "a{3,}b{2,5}c{7}",
            "x{",
            "{,5}",
            "[]a{9999}]",
            "[^]]{2}",
            "[[:alpha:]{]",
            "\\{9999}",
            "\\Qa{9999}{9999}\\E",
            "(a{10}b{10}){100}",
            "a{1000}",
            "(?i:(?P<name>a{2})){500}",
            "a{0}",
            "((a{0}){1000})",
            "\\p{Greek}+")) {
      assertThat(UserRegex.compile(regex).pattern()).isEqualTo(regex);
    }
    String text = ("a".repeat(10) + "b".repeat(10)).repeat(100);
    assertThat(UserRegex.compile("(a{10}b{10}){100}").matches(text)).isTrue();
  }

  @Test
  void refusesRepetitionsThatMultiply() {
    for (String regex :
        List.of(
            "a{1001}",
            "a{5,1001}",
            "((a{1000}){1000}){1000}",
            "(a{2}b{100}){11}",
            "(((a{11}){10}){10})",
            "a{99999999999}",
            "(a{10}|b){101}")) {
      assertThatThrownBy(() -> UserRegex.compile(regex))
          .isInstanceOf(PatternSyntaxException.class)
          .hasMessageContaining("repeat");
    }
  }

  @Test
  void refusesWhatUnfoldsToTooMuchOrNestsTooDeeply() {
    assertThatThrownBy(() -> UserRegex.compile("a{1000}b?".repeat(251)))
        .hasMessageContaining("expression too large");
    assertThatThrownBy(() -> UserRegex.compile("(" + "a".repeat(300) + "){1000}"))
        .hasMessageContaining("expression too large");
    assertThatThrownBy(() -> UserRegex.compile("(".repeat(100_000) + ")".repeat(100_000)))
        .hasMessageContaining("nests too deeply");
  }

  @Test
  void takesTheLongAlternativesThatDashboardsWrite() {
    String regex = "10\\.0\\.0\\.1:9100|".repeat(10_000) + "x";
    assertThat(UserRegex.compile(regex).matches("10.0.0.1:9100")).isTrue();
  }
}
