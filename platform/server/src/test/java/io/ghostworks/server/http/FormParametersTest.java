package io.ghostworks.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FormParametersTest {

  private static Map<String, List<String>> read(String form) {
    Map<String, List<String>> read = new LinkedHashMap<>();
    FormParameters.collect(form, read);
    return read;
  }

  @Test
  void readsPairsInTheirOrderWithRepeatedNames() {
    assertThat(read("a=1&b=2&a=3&c&=d"))
        .isEqualTo(
            Map.of("a", List.of("1", "3"), "b", List.of("2"), "c", List.of(""), "", List.of("d")));
  }

  @Test
  void undoesEscapesInNamesAndValues() {
    assertThat(read("match%5B%5D=%7Ba%3D%22%C3%BC%22%7D+x=y"))
        .isEqualTo(Map.of("match[]", List.of("{a=\"ü\"} x=y")));
  }

  @Test
  void passesOverPairsWithSemicolonsAndBrokenEscapes() {
    assertThat(read("a=1;b=2&c=%zz&d=%4&e=%&f=5&&")).isEqualTo(Map.of("f", List.of("5")));
  }

  /** {@code Character.digit} would take digits of any script. */
  @Test
  void passesOverEscapesWithDigitsThatAreNotAscii() {
    assertThat(read("a=%１１&b=%1１&c=%٣1&%４１=d&e=%4a%4B")).isEqualTo(Map.of("e", List.of("JK")));
  }

  @Test
  void addsToWhatIsThere() {
    Map<String, List<String>> read = read("a=1");
    FormParameters.collect("a=2&b=3", read);
    assertThat(read).isEqualTo(Map.of("a", List.of("1", "2"), "b", List.of("3")));
  }
}
