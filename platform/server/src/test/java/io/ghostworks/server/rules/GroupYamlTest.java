package io.ghostworks.server.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.ConfigNode;
import io.ghostworks.config.Findings;
import io.ghostworks.config.YamlReader;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GroupYamlTest {

  @Test
  void writesAGroupAsMimirDoes() {
    String sent =
        """
        rules:
        - {record: UP_RULE, expr: up}
        - alert: UP_ALERT
          expr: up < 1
          for: 90s
          labels: {severity: page, b: "1"}
          annotations: {summary: '{{ $labels.job }} is down'}
        interval: 60s
        name: group1
        evaluation_delay: 1m
        limit: 0
        """;
    assertThat(GroupYaml.of(YamlReader.read("x", sent)))
        .isEqualTo(
            """
            name: group1
            interval: 1m
            query_offset: 1m
            rules:
                - record: UP_RULE
                  expr: up
                - alert: UP_ALERT
                  expr: up < 1
                  for: 1m30s
                  labels:
                    b: '1'
                    severity: page
                  annotations:
                    summary: '{{ $labels.job }} is down'
            """);
  }

  @Test
  void writesNamespacesWithTheirGroups() {
    String body = GroupYaml.of(YamlReader.read("x", "{name: g, rules: [{record: a, expr: up}]}"));
    assertThat(GroupYaml.byNamespace(Map.of("ns/1", List.of(body))))
        .isEqualTo(
            """
            ns/1:
                - name: g
                  rules:
                    - record: a
                      expr: up
            """);
  }

  @Test
  void whateverIsWrittenReadsAsTheSame() {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    String[] pieces = {
      "a", " ", ":", "#", "'", "\"", "\n", "-", "{", "}", "\\", "é", "0", "true", "\t", "|", "%",
      "~", "\u2028", "*", "&", "!", ",", "[", "null", "  "
    };
    for (int round = 0; round < 3_000; round++) {
      StringBuilder text = new StringBuilder();
      int length = 1 + random.nextInt(8);
      for (int i = 0; i < length; i++) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      String value = text.toString();
      String yaml = GroupYaml.of(group(value));
      ConfigMap read = ConfigMap.of(YamlReader.read("x", yaml), new Findings());
      ConfigMap rule = read.maps("rules").getFirst();
      assertThat(rule.string("expr", "")).as("seed %d: %s", seed, yaml).isEqualTo(value);
      assertThat(rule.stringMap("annotations").values()).as("seed %d", seed).containsOnly(value);
    }
  }

  private static ConfigNode group(String value) {
    return YamlReader.read(
        "x",
        "{name: g, rules: [{alert: a, expr: %s, annotations: {x: %s}}]}"
            .formatted(json(value), json(value)));
  }

  private static String json(String value) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      out.append("\\u%04x".formatted((int) value.charAt(i)));
    }
    return out.append('"').toString();
  }
}
