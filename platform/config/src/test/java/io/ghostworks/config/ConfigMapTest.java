package io.ghostworks.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigMapTest {
  private final Findings findings = new Findings();

  @Test
  void valuesAreReadByTheirTypes() {
    ConfigMap map =
        map(
            """
            name: 7
            on: yes
            count: 0x10
            every: 1m30s
            limit: 64MiB
            pattern: a+
            password: p
            list: [a, 1, null]
            map: {b: c, d: 2}
            """);
    assertThat(map.requiredString("name")).isEqualTo("7");
    assertThat(map.bool("on", false)).isTrue();
    assertThat(map.integer("count", 0, 0, 100)).isEqualTo(16);
    assertThat(map.duration("every", DurationForm.PROMETHEUS, Duration.ZERO))
        .isEqualTo(Duration.ofSeconds(90));
    assertThat(map.size("limit", 0)).isEqualTo(64 << 20);
    assertThat(map.findRegex("pattern").orElseThrow().pattern()).isEqualTo("a+");
    assertThat(map.findSecret("password").orElseThrow())
        .hasToString("<secret>")
        .isEqualTo(Secret.of("p"));
    assertThat(map.strings("list")).containsExactly("a", "1", "");
    assertThat(map.stringMap("map")).isEqualTo(Map.of("b", "c", "d", "2"));
    map.rejectUnknownKeys();
    assertThat(findings.errors()).isEmpty();
  }

  @Test
  void allMistakesOfAFileComeOutTogether() {
    ConfigMap map =
        map(
            """
            count: many
            every: 5
            limt: 1B
            flag: "true"
            nested: [1]
            pattern: "("
            """);
    map.requiredString("name");
    map.integer("count", 0, 0, 10);
    map.duration("every", DurationForm.PROMETHEUS, Duration.ZERO);
    map.size("limit", 0);
    map.bool("flag", false);
    map.map("nested");
    map.findRegex("pattern");
    map.rejectUnknownKeys();
    assertThatThrownBy(findings::throwIfErrors)
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            """
            f.yml:1: name: must be given and not empty
            f.yml:1: count: must be a whole number, got 'many'
            f.yml:2: every: must be a duration: whole numbers each with a unit, from y w d h m s ms in this order, such as 1h30m, got '5'
            f.yml:4: flag: must be true or false, got 'true'
            f.yml:5: nested: must be a mapping of keys to values
            f.yml:6: pattern: must be a regular expression in RE2 syntax: missing closing ), got '('
            f.yml:3: limt: is not a key that is known here; did you mean 'limit'?\
            """);
  }

  @Test
  void aSecretNeverStandsInAnError() {
    map("password: [hush]\n").findSecret("password");
    assertThat(findings.errors().toString()).contains("must be a string").doesNotContain("hush");
  }

  @Test
  void secretsInListsAndMisplacedOnesDoNotStandInErrors() {
    assertThat(map("a: [x, ~]\n").secrets("a")).containsExactly(Secret.of("x"), Secret.of(""));
    map("a: hush\nb: [[hush]]\n").secrets("a");
    map("b: [[hush]]\n").secrets("b");
    map("auth: hush\n").map("auth");
    assertThat(findings.errors()).hasSize(3);
    assertThat(findings.errors().toString()).doesNotContain("hush");
  }

  @Test
  void nullCountsAsAbsent() {
    ConfigMap map = map("a:\nb: ~\n");
    assertThat(map.string("a", "x")).isEqualTo("x");
    assertThat(map.strings("b")).isEmpty();
    assertThat(map.has("a")).isFalse();
    assertThat(map.findIncludingNull("a")).isPresent();
  }

  @Test
  void whatIsNotServedRefusesOnlyServe() {
    ConfigMap map = map("ec2_sd_configs: [x]\n");
    map.unsupported("ec2_sd_configs", "no discovery in EC2 yet");
    map.rejectUnknownKeys();
    findings.throwIfErrors();
    assertThatThrownBy(findings::throwIfNotServable)
        .hasMessage("f.yml:1: ec2_sd_configs: is not supported: no discovery in EC2 yet");
  }

  @Test
  void aChoiceIsOneOfItsWords() {
    assertThat(map("a: http\n").oneOf("a", "https", List.of("http", "https"))).isEqualTo("http");
    assertThat(map("a: ftp\n").oneOf("a", "https", List.of("http", "https"))).isEqualTo("https");
    assertThat(findings.errors()).hasSize(1);
  }

  private ConfigMap map(String text) {
    return ConfigMap.of(YamlReader.read("f.yml", text), findings);
  }
}
