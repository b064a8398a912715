package io.ghostworks.server.tempo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LenientQueryTest {

  /** From the left, what is typed; what it says, alternatives between bars. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\'',
      value = {
        "'{.a = \"x\"}'; .a=`x`",
        "'{ .a = 200 && .b = }'; .a=200",
        "'{ 2 = .b '; .b=2",
        "'{ duration > 5s && .c = true && .d = }'; duration>5s .c=true",
        "'{ (.a = \"x\" || .b = \"y\") && .c = 1 }'; .a=`x` .c=1|.b=`y` .c=1",
        "'{ statusMessage = }'; ''",
        "'{ .a = \"x\" || .b = }'; ''",
        "'{ .a = .b && .c = }'; ''",
        "'{ .a = \"x\" } >> { .b = \"y\" }'; ''",
        "'{ .a = \"x\" && }'; ''",
        "'{ .a = \"x\" && .b =} | rate() by (.c)'; .a=`x`",
        "'{ (resource.a = \"x\" && .b = ) && .c = \"y\" }'; resource.a=`x` .c=`y`",
        "'{ span.\"a b\" = \"<>:b5[]\" && name ='; span.\"a b\"=`<>:b5[]`",
        "'{ .a =~ \"x.*\" && kind != server && .b='; .a=~`x.*` kind!=server",
        "'nonsense'; ''",
        "' '; ''"
      })
  void keepsWhatIsComplete(String query, String said) {
    List<List<TagConditions.Condition>> groups = TagConditions.of(query).groups();
    assertThat(
            groups.stream()
                .map(group ->
                    group.stream()
                        .map(c -> "" + c.attribute() + c.operator() + c.value())
                        .collect(Collectors.joining(" ")))
                .collect(Collectors.joining("|")))
        .isEqualTo(said);
  }
}
