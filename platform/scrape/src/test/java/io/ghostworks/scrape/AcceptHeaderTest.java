package io.ghostworks.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.scrape.prometheusfile.ScrapeProtocol;
import java.util.List;
import org.junit.jupiter.api.Test;

class AcceptHeaderTest {

  @Test
  void isThatOfPrometheus3() {
    assertThat(
            AcceptHeader.of(
                List.of(
                    ScrapeProtocol.OPEN_METRICS_TEXT_1_0_0,
                    ScrapeProtocol.OPEN_METRICS_TEXT_0_0_1,
                    ScrapeProtocol.PROMETHEUS_TEXT_1_0_0,
                    ScrapeProtocol.PROMETHEUS_TEXT_0_0_4),
                "allow-utf-8"))
        .isEqualTo(
            "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
                + "application/openmetrics-text;version=0.0.1;q=0.5,"
                + "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,"
                + "text/plain;version=0.0.4;q=0.3,*/*;q=0.2");
  }
}
