package io.ghostworks.logql.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LogqlParserTest {

  static Stream<Arguments> errors() {
    return QueryPairs.of("errors.txt");
  }

  static Stream<Arguments> normalForms() {
    return QueryPairs.of("normal-forms.txt");
  }

  @ParameterizedTest
  @MethodSource("errors")
  void saysWhatIsWrongInLokisWords(String query, String message) {
    assertThatThrownBy(() -> LogqlParser.parse(query))
        .isInstanceOf(LogqlParseException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @MethodSource("normalForms")
  void writesTheNormalForm(String query, String normal) {
    assertThat(LogqlParser.parse(query).toString()).isEqualTo(normal);
  }

  @ParameterizedTest
  @MethodSource("normalForms")
  void theNormalFormIsReadAsTheSameAgain(String query, String normal) {
    assertThat(LogqlParser.parse(normal).toString()).isEqualTo(normal);
  }

  @Test
  void commentsOfBothKindsAreSkipped() {
    assertThat(LogqlParser.parse("{a=\"b\"} # |= \"x\"\n /* no */ |= \"y\" // z"))
        .hasToString("{a=\"b\"} |= \"y\"");
  }

  @Test
  void refusesWhatNestsTooDeeply() {
    assertThatThrownBy(() -> LogqlParser.parse("(".repeat(100_000)))
        .hasMessageContaining("nests too deeply");
    assertThatThrownBy(() -> LogqlParser.parse("{a=\"b\"} | " + "(".repeat(100_000) + "a=\"b\""))
        .hasMessageContaining("nests too deeply");
    assertThatThrownBy(() -> LogqlParser.parse("vector(1)" + " + vector(1)".repeat(5_000)))
        .hasMessageContaining("too many operators");
  }

  @Test
  void refusesQueriesThatAreTooLong() {
    assertThatThrownBy(() -> LogqlParser.parse(" ".repeat(131_072)))
        .hasMessage("parse error : input size too long (131072 > 131072)");
  }
}
