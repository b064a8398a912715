package io.ghostworks.scrape.prometheusfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.config.ConfigError;
import io.ghostworks.config.Findings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever stands in the file, reading it ends with findings that name the file, and never with
 * another exception.
 */
class PrometheusFileReaderRobustnessTest {
  private static final String FILE =
      """
      global: {scrape_interval: 15s, external_labels: {a: $B, c: d}}
      rule_files: ['rules/*.yml']
      scrape_config_files: ['more/*.yml']
      scrape_configs:
        - job_name: one
          static_configs: [{targets: ['a:1', 'b:2'], labels: {x: y}}]
          relabel_configs:
            - {source_labels: [__address__], regex: '(.*):.*', target_label: host, replacement: $1}
            - {action: hashmod, modulus: 8, source_labels: [host], target_label: shard}
          basic_auth: {username: u, password_file: secret}
          tls_config: {ca_file: ca.pem}
          http_headers: {X-A: {values: [b], files: [c]}}
          params: {m: [n]}
          ec2_sd_configs: [{region: r, filters: [{name: n, values: [v]}]}]
          kubernetes_sd_configs: [{role: pod, selectors: [{role: pod, label: 'a in (b)', field: 'c=d'}]}]
      alerting: {alertmanagers: [{static_configs: [{targets: ['am:9093']}]}]}
      remote_write: [{url: 'http://x', queue_config: {capacity: 1}, write_relabel_configs: [{action: labeldrop, regex: a}]}]
      remote_read: [{url: 'http://x', name: n}]
      storage: {tsdb: {retention: {time: 1d, percentage: 5}}}
      tracing: {endpoint: 'x:1', headers: {a: b}}
      otlp: {promote_resource_attributes: [a], translation_strategy: NoTranslation}
      """;
  private static final List<String> PIECES =
      List.of(
          "",
          "null",
          "[]",
          "{}",
          "[{}]",
          "'\\0'",
          "\"\\0\"",
          "-1",
          "1e999",
          "99999999999999999999",
          "\t",
          "&a",
          "*a",
          "<<: ",
          "- ",
          ": ",
          "#",
          "!!binary \"/w==\"",
          "$",
          "${",
          "(",
          "[",
          "%",
          "\uD83D");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void everyMutationEndsInFindings(long seed) throws IOException {
    Random random = new Random(seed);
    Path path = folder.resolve("prometheus.yml");
    for (int i = 0; i < 150; i++) {
      byte[] text = mutated(random);
      Files.write(path, text);
      Findings findings = new Findings();
      try {
        PrometheusFileReader.read(path, name -> "", findings);
      } catch (RuntimeException e) {
        throw new AssertionError(
            "seed " + seed + ", round " + i + ":\n" + new String(text, StandardCharsets.UTF_8), e);
      }
      assertThat(findings.errors())
          .extracting(ConfigError::file)
          .allMatch(file -> file.startsWith(folder.toString()));
    }
  }

  private static byte[] mutated(Random random) {
    String text = FILE;
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(text.length());
      int end = Math.min(text.length(), at + random.nextInt(12));
      text =
          text.substring(0, at) + PIECES.get(random.nextInt(PIECES.size())) + text.substring(end);
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (random.nextInt(10) == 0) {
      bytes = Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    return bytes;
  }
}
