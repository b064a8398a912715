package io.ghostworks.wire.exposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.wire.WireFormatException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenMetricsParserTest {

  private static ExpositionParser parser(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return ExpositionFormat.OPENMETRICS.parser(bytes, 0, bytes.length);
  }

  @Test
  void readsWhatPrometheusReads() {
    String text =
        """
        # HELP a_seconds The \\"help\\" text.
        # TYPE a_seconds histogram
        # UNIT a_seconds seconds
        a_seconds_bucket{le="1"} 2 1520879607.789 # {id="x",n="y\\"z"} 0.5 1520879607.789
        a_seconds_bucket{le="+Inf"} 2 # {trace_id="abc"} 7
        a_seconds_count 2 1.5
        a_seconds_created 1520430000
        # TYPE b info
        b_info{q="1",} 1
        {"c.d",e="f"} -Inf
        # EOF
        """;
    assertThat(PrometheusTextParserTest.entries(parser(text)))
        .containsExactly(
            "help a_seconds The \"help\" text.",
            "type a_seconds histogram",
            "unit a_seconds seconds",
            "a_seconds_bucket{le=\"1\"} = 2.0 @1520879607789 # Exemplar[labels={id=\"x\","
                + " n=\"y\\\"z\"}, value=0.5, timestampMs=1520879607789, timed=true]",
            "a_seconds_bucket{le=\"+Inf\"} = 2.0 # Exemplar[labels={trace_id=\"abc\"}, value=7.0,"
                + " timestampMs=-1, timed=false]",
            "a_seconds_count = 2.0 @1500",
            "a_seconds_created = 1.52043E9",
            "type b info",
            "b_info{q=\"1\",} = 1.0",
            "{\"c.d\",e=\"f\"} = -Infinity");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a 1\n",
        "\n# EOF\n",
        "a  1\n# EOF\n",
        "a\t1\n# EOF\n",
        "a 1 2 3\n# EOF\n",
        "a{b=\"c\" } 1\n# EOF\n",
        "a{b=\"c\"d=\"e\"} 1\n# EOF\n",
        "a{,} 1\n# EOF\n",
        "a 1 NaN\n# EOF\n",
        "a 1 # {\"x\"} 1\n# EOF\n",
        "a 1 # {x=\"y\"}\n# EOF\n",
        "a 1 # {x=\"y\"} 1 Inf\n# EOF\n",
        "# TYPE a untyped\n# EOF\n",
        "# HELP a\n# EOF\n",
        "# UNIT a_meters seconds\n# EOF\n",
        "# FOO a b\n# EOF\n",
        "# EOF\nb 1\n",
        "# EOF\n\n",
        "a 1\n# EO",
        "{a=\"b\"} 1\n# EOF\n",
      })
  void refusesWhatPrometheusRefuses(String text) {
    assertThatThrownBy(() -> PrometheusTextParserTest.entries(parser(text)))
        .isInstanceOf(WireFormatException.class);
  }

  @Test
  void needsNoLineBreakAfterTheEnd() {
    assertThat(PrometheusTextParserTest.entries(parser("a 1\n# EOF"))).hasSize(1);
  }
}
