package io.ghostworks.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GoYamlTest {

  @Test
  void givesValuesAsYamlTwoDoes() {
    assertThat(
            GoYaml.value(
                YamlReader.read(
                    "f",
                    "[yes, 'yes', On, 0x1F, 017, 1_000, 1.50, ~, 12:30:45, 2024-01-02,"
                        + " 18446744073709551615, -0.0]")))
        .isEqualTo(
            Arrays.asList(
                true,
                "yes",
                true,
                31L,
                15L,
                1000L,
                1.5,
                null,
                "12:30:45",
                "2024-01-02",
                new BigInteger("18446744073709551615"),
                -0.0));
  }

  @Test
  void leavesOutKeysThatAreNoStrings() {
    assertThat(GoYaml.value(YamlReader.read("f", "{1: a, yes: b, 'on': c, d: {e: 1}}")))
        .isEqualTo(Map.of("on", "c", "d", Map.of("e", 1L)));
  }
}
