package io.ghostworks.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exit statuses and words of the commands. */
class CommandLineTest {

  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... arguments) {
    return CommandLine.run(
        arguments,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  @Test
  void acceptsGoodFiles() throws Exception {
    String file = write("good.yml", "storage:\n  durability: interval\n");
    assertThat(run("check", file)).isZero();
    assertThat(out()).contains("good ghostworks file");
  }

  @Test
  void refusesAnUnknownKeyWithItsPlace() throws Exception {
    String file = write("bad.yml", "storage:\n  speed: high\n");
    assertThat(run("check", file)).isEqualTo(1);
    assertThat(out()).contains("bad.yml").contains(":2").contains("storage.speed");
  }

  @Test
  void warnsOfWhatHasNoEffect() throws Exception {
    String file =
        write(
            "prometheus.yml",
            """
            scrape_configs:
              - job_name: a
                consul_sd_configs:
                  - server: localhost:8500
            """);
    assertThat(run("check", file)).isZero();
    assertThat(out()).contains("has no effect").contains("consul_sd_configs");
  }

  @Test
  void warnsOfComponentsThatServeRefuses() throws Exception {
    String file =
        write(
            "otelcol.yml",
            """
            receivers:
              otlp:
                protocols:
                  grpc:
            processors:
              tail_sampling:
            exporters:
              debug:
            service:
              pipelines:
                traces:
                  receivers: [otlp]
                  processors: [tail_sampling]
                  exporters: [debug]
            """);
    assertThat(run("check", "collector", file)).isZero();
    assertThat(out()).contains("warning").contains("tail_sampling");
  }

  @Test
  void checksAllFilesAndFailsForOne() throws Exception {
    String good = write("good.yml", "tenants:\n  operator: team\n");
    String bad = write("bad.yml", "tenants:\n  operator: '../team'\n");
    assertThat(run("check", "ghostworks", bad, good)).isEqualTo(1);
    assertThat(out()).contains("bad.yml").contains("good.yml: good");
  }

  @Test
  void tellsThatAFileIsMissing() {
    String missing = folder.resolve("missing.yml").toString();
    assertThat(run("check", missing)).isEqualTo(1);
    assertThat(out() + err()).contains("missing.yml");
  }

  @Test
  void failsFilesWhoseKindIsUnclear() throws Exception {
    assertThat(run("check", write("what.yml", "colour: red\n"))).isEqualTo(1);
    assertThat(out()).contains("name the kind");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nothing",
        "check",
        "check prometheus",
        "serve --port-offset -1",
        "serve --port-offset x",
        "serve --unknown",
        "serve --tls-key key.pem",
        "serve --listen 0.0.0.0",
        "serve --external-url ftp://example.org/",
        "conformance",
        "conformance nothing .",
        "conformance prometheus-config /no/such/folder"
      })
  void exitsWithTwoForWrongUsage(String arguments) {
    assertThat(run(arguments.isEmpty() ? new String[0] : arguments.split(" ", -1))).isEqualTo(2);
    assertThat(err()).isNotBlank();
  }

  @Test
  void tellsHowToListenBeyondThisMachine() {
    assertThat(run("serve", "--listen", "0.0.0.0")).isEqualTo(2);
    assertThat(err()).contains("--tls-certificate").contains("--insecure-plaintext");
  }

  @Test
  void exitsWithOneWhenServeCannotStart() throws Exception {
    Path file = Files.writeString(folder.resolve("taken"), "a file");
    assertThat(run("serve", "--data", file.toString())).isEqualTo(1);
    assertThat(err()).contains("ghostworks: the data directory").contains(file.toString());
    String config = write("bad.yml", "colour: red\n");
    assertThat(run("serve", "--config", config, "--data", folder.resolve("data").toString()))
        .isEqualTo(1);
    assertThat(err()).contains("bad.yml").contains("colour").doesNotContain("\tat ");
  }

  @Test
  void runsConformanceAndCounts() throws Exception {
    Files.writeString(folder.resolve("conf.good.yml"), "global:\n  scrape_interval: 15s\n");
    Files.writeString(folder.resolve("one.bad.yml"), "global:\n  scrape_interval: soon\n");
    assertThat(run("conformance", "prometheus-config", folder.toString())).isZero();
    assertThat(out().stripTrailing()).endsWith("2 passed, 0 failed");
    Files.writeString(folder.resolve("two.bad.yml"), "global:\n  scrape_interval: 15s\n");
    assertThat(run("conformance", "prometheus-config", folder.toString())).isEqualTo(1);
    assertThat(out().stripTrailing()).endsWith("2 passed, 1 failed");
    assertThat(out()).contains("FAIL");
  }

  @Test
  void helpIsNoFailure() {
    assertThat(run("--help")).isZero();
    assertThat(out()).contains("serve").contains("check").contains("conformance");
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private String write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }
}
