package io.ghostworks.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock("System.in")
class CheckMetricsCommandTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String input, String... options) {
    String[] all = new String[options.length + 2];
    all[0] = "check";
    all[1] = "metrics";
    System.arraycopy(options, 0, all, 2, options.length);
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
    try {
      return CommandLine.run(
          all,
          new PrintStream(out, true, StandardCharsets.UTF_8),
          new PrintStream(err, true, StandardCharsets.UTF_8));
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void answersWithPromtoolsStatuses() {
    assertThat(run("# HELP a h\n# TYPE a gauge\na 1\n")).isZero();
    assertThat(run("a 1\n")).isEqualTo(3);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualToNormalizingNewlines("a no help text\n");
    assertThat(run("a\n")).isEqualTo(1);
    assertThat(run("a 1\n", "--lint=none")).isEqualTo(1);
    assertThat(run("a_total 1\n# TYPE b counter\n\n# EOF\n")).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("line 3: there must be no blank lines");
  }

  @Test
  void printsCardinality() {
    assertThat(run("a{x=\"1\"} 1\na{x=\"2\"} 1\nlong_name 1\n", "--extended", "--lint=none"))
        .isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualToNormalizingNewlines(
            """
            Metric       Cardinality    Percentage   \s
            a            2              66.67%       \s
            long_name    1              33.33%       \s
            Total        3              100%         \s
            """);
  }
}
