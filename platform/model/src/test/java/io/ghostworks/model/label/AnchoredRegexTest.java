package io.ghostworks.model.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnchoredRegexTest {

  /** Dashboards write the values of a variable so; a set has no need of the bounds on patterns. */
  @Test
  void takesAnyNumberOfLiterals() {
    String pods =
        IntStream.range(0, 20_000)
            .mapToObj(i -> "checkout-service-7d9f8b6c5d-" + i)
            .collect(Collectors.joining("|"));
    AnchoredRegex regex = AnchoredRegex.compile(pods);
    assertThat(regex.literals()).hasSize(20_000);
    assertThat(regex.matches("checkout-service-7d9f8b6c5d-19999")).isTrue();
    assertThat(regex.matches("checkout-service-7d9f8b6c5d-")).isFalse();
    assertThatThrownBy(() -> AnchoredRegex.compile(pods + "|.*"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expression too long");
  }

  @Test
  void refusesWhatIsNoExpressionOnItsOwn() {
    for (String source : List.of("a)(b", "(", "a|*", "[a", "a{1001}", "\\")) {
      assertThatThrownBy(() -> AnchoredRegex.compile(source))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("invalid regular expression '" + source + "': ");
    }
  }
}
