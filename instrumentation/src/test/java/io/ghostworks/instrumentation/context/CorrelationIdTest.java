package io.ghostworks.instrumentation.context;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorrelationIdTest {
  private final CorrelationId ids = new CorrelationId(() -> "made");

  @Test
  void takesOverAHarmlessId() {
    assertThat(ids.of("req-42_a.b:c/d+e=")).isEqualTo("req-42_a.b:c/d+e=");
  }

  @Test
  void makesOneWhereNoneCame() {
    assertThat(ids.of(null)).isEqualTo("made");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a\nb", "a\"b", "<script>", "é"})
  void replacesWhatCouldWriteIntoLogsOrMarkup(String header) {
    assertThat(ids.of(header)).isEqualTo("made");
  }

  @Test
  void replacesAnIdOfMoreThan128Characters() {
    assertThat(ids.of("x".repeat(128))).hasSize(128);
    assertThat(ids.of("x".repeat(129))).isEqualTo("made");
  }
}
