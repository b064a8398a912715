package io.ghostworks.model.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.PatternSyntaxException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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
            "\\p{Greek}+",
            "\\p{Greek}{2}",
            "\\P{Greek}\\pN{3}",
            "\\x{2028}",
            "(\\x{2028}|[\\x{2028}\\p{Lu}]){1000}",
            "{{a{1,}")) {
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
  void readsTheBracesOfAnEscapeAsPartOfIt() {
    assertThat(UserRegex.compile("\\x{2028}{2}").matches("\u2028\u2028")).isTrue();
    assertThatThrownBy(() -> UserRegex.compile("\\x{2028}{1001}"))
        .hasMessageContaining("invalid repeat count");
    assertThatThrownBy(() -> UserRegex.compile("\\\\x{2028}"))
        .hasMessageContaining("invalid repeat count");
    assertThatThrownBy(() -> UserRegex.compile("\\p{Greek"))
        .isInstanceOf(PatternSyntaxException.class);
  }

  @Test
  @Timeout(30)
  void refusesLongTextsAtOnce() {
    for (String part : List.of("[:", "{", "\\Q\\E", "\\pL", "\\p{")) {
      for (String begin : List.of("", "[")) {
        assertThatThrownBy(() -> UserRegex.compile(begin + part.repeat(2_000_000)))
            .isInstanceOf(PatternSyntaxException.class)
            .hasMessageContaining("expression too long");
      }
    }
  }

  @Test
  @Timeout(30)
  void takesTheLongestTextsInBoundedTime() {
    int length = 256 * 1_024;
    assertThat(
            UserRegex.compile("[" + "[:".repeat(1_000) + "-]" + "|ax".repeat(60_000)).matches(":"))
        .isTrue();
    assertThatThrownBy(() -> UserRegex.compile("[" + "[:".repeat(1_001) + "-]"))
        .hasMessageContaining("too many [: without :]");
    assertThatThrownBy(() -> UserRegex.compile("[" + "a-".repeat(20_000) + "]"))
        .hasMessageContaining("too many characters in classes");
    assertThat(UserRegex.compile("\\Q\\E".repeat(length / 4)).matches("")).isTrue();
    assertThat(UserRegex.compile("{".repeat(100_000)).matches("{")).isFalse();
  }

  @Test
  void refusesMoreUnicodeClassesThanMemoryShouldHold() {
    assertThat(UserRegex.compile("[" + "\\pL".repeat(5_000) + "]").matches("ü")).isTrue();
    assertThatThrownBy(() -> UserRegex.compile("[" + "\\pL".repeat(5_001) + "]"))
        .hasMessageContaining("too many Unicode classes");
    assertThatThrownBy(() -> UserRegex.compile("\\P{L}".repeat(5_001)))
        .hasMessageContaining("too many Unicode classes");
  }

  @Test
  void takesTheLongAlternativesThatDashboardsWrite() {
    String regex = "10\\.0\\.0\\.1:9100|".repeat(10_000) + "x";
    assertThat(UserRegex.compile(regex).matches("10.0.0.1:9100")).isTrue();
  }

  @Test
  void refusesLettersWhoseOtherCasesCannotBeFound() {
    for (String endless :
        new String[] {
          "(?i)[\u1c80]", "(?i)\u1c88", "a(?si:\\x{1C81})", "(?i)[B-\\x{1e942}]", "(?i)[a-\u4e2d]"
        }) {
      assertThatThrownBy(() -> UserRegex.compile(endless))
          .as(endless)
          .isInstanceOf(PatternSyntaxException.class)
          .hasMessageContaining("U+1C80");
    }
    for (String good :
        new String[] {
          "[\u1c80]",
          "(?i)\u00b5s-\u4e2d[\u0432-\u0438]",
          "(?i)[\\x{4e00}-\\x{9fff}]",
          "(?i)\\p{Cyrillic}",
          "(?i)[^a]"
        }) {
      UserRegex.compile(good);
    }
  }
}
