package io.ghostworks.server.loki;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LinePatternsTest {

  private static final long SECOND = 1_000_000_000L;

  private final LinePatterns patterns = new LinePatterns(10);

  @Test
  void wordsWithDigitsAreVariable() {
    patterns.add("took 12ms for 10.0.0.1", 0);
    assertThat(patterns.sorted().getFirst().pattern()).isEqualTo("took <_> for <_>");
  }

  @Test
  void wordsThatDifferBecomeVariableWhereHalfOfTheLineAgrees() {
    patterns.add("user anna logged in", 3 * SECOND);
    patterns.add("user ben logged in", 12 * SECOND);
    patterns.add("user anna logged in", 13 * SECOND);
    patterns.add("all is quite different", 0);
    assertThat(patterns.sorted())
        .extracting(LinePatterns.Cluster::pattern)
        .containsExactly("user <_> logged in", "all is quite different");
    assertThat(patterns.sorted().getFirst().counts()).isEqualTo(Map.of(0L, 1, 10L, 2));
  }

  @Test
  void aBoundedNumberOfPatternsIsKept() {
    for (int i = 0; i < 1000; i++) {
      char letter = (char) ('a' + i % 26);
      patterns.add(String.valueOf(letter).repeat(1 + i / 26), 0);
    }
    assertThat(patterns.sorted()).hasSizeLessThanOrEqualTo(300);
  }
}
