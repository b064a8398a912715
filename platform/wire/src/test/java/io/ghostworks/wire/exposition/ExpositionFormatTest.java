package io.ghostworks.wire.exposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.wire.WireFormatException;
import org.junit.jupiter.api.Test;

class ExpositionFormatTest {

  @Test
  void isReadFromTheContentType() {
    assertThat(ExpositionFormat.of("text/plain; version=0.0.4", null))
        .isEqualTo(ExpositionFormat.PROMETHEUS_TEXT);
    assertThat(ExpositionFormat.of("application/openmetrics-text;version=1.0.0", null))
        .isEqualTo(ExpositionFormat.OPENMETRICS);
  }

  @Test
  void isTheFallbackWhereTheContentTypeSaysNothing() {
    assertThat(ExpositionFormat.of("text/html", ExpositionFormat.PROMETHEUS_TEXT))
        .isEqualTo(ExpositionFormat.PROMETHEUS_TEXT);
    assertThatThrownBy(() -> ExpositionFormat.of(null, null))
        .isInstanceOf(WireFormatException.class)
        .hasMessageContaining("blank Content-Type");
    assertThatThrownBy(() -> ExpositionFormat.of("text/html", null))
        .hasMessageContaining("unsupported Content-Type \"text/html\"");
  }

  @Test
  void isNegotiatedByQuality() {
    assertThat(ExpositionFormat.negotiate(null)).isEqualTo(ExpositionFormat.PROMETHEUS_TEXT);
    assertThat(ExpositionFormat.negotiate("*/*")).isEqualTo(ExpositionFormat.PROMETHEUS_TEXT);
    assertThat(
            ExpositionFormat.negotiate(
                "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3"))
        .isEqualTo(ExpositionFormat.OPENMETRICS);
    assertThat(ExpositionFormat.negotiate("application/openmetrics-text;q=0.2,text/plain;q=0.9"))
        .isEqualTo(ExpositionFormat.PROMETHEUS_TEXT);
  }
}
