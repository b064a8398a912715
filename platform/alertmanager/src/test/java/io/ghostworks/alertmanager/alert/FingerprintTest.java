package io.ghostworks.alertmanager.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.label.Labels;
import org.junit.jupiter.api.Test;

class FingerprintTest {

  /** Values of prometheus/common {@code model/signature_test.go}. */
  @Test
  void isThePublishedOne() {
    assertThat(Fingerprint.of(Labels.EMPTY)).isEqualTo("%016x".formatted(0xcbf29ce484222325L));
    assertThat(Fingerprint.of(Labels.of("name", "garland, briggs", "fear", "love is not enough")))
        .isEqualTo("%016x".formatted(Long.parseUnsignedLong("5799056148416392346")));
  }
}
