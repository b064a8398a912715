package io.ghostworks.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentExpansionTest {

  @ParameterizedTest
  @CsvSource({
    "a$X-b,a1-b",
    "${X}${YY}x,122x",
    "$$X,$X",
    "${$}X,$X",
    "$,$",
    "a$ b,a$ b",
    "${},''",
    "${X,X",
    "$NONE.,.",
    "$-,''"
  })
  void expandsAsGoDoes(String text, String expected) {
    Map<String, String> names = Map.of("X", "1", "YY", "22", "$", "$");
    assertThat(EnvironmentExpansion.expand(text, name -> names.getOrDefault(name, "")))
        .isEqualTo(expected);
  }
}
