package io.ghostworks.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.Findings;
import io.ghostworks.config.YamlReader;
import io.ghostworks.model.label.Labels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every annotation and label of the alerts that people run is rendered without an error. */
class PublishedAlertsTest {

  private static final PrometheusTemplate.Context CONTEXT =
      new PrometheusTemplate.Context(
          "http://localhost:3000",
          "",
          Labels.EMPTY,
          1_700_000_000_000L,
          (expression, at) ->
              List.of(new PrometheusTemplate.Sample(Labels.of("instance", "i:1"), 1.5)));

  @Test
  void rendersEveryAnnotation() throws IOException {
    String shared = System.getenv("GHOSTWORKS_SHARED");
    Path alerts = Path.of(shared == null ? "../shared" : shared, "conformance", "alerts");
    boolean there = Files.isDirectory(alerts);
    assertThat(there || !"true".equals(System.getenv("CI"))).as(alerts + " exists").isTrue();
    assumeTrue(there, "skipped: no published alerts in " + alerts);
    Map<String, String> failed = new LinkedHashMap<>();
    int rendered = 0;
    try (Stream<Path> files = Files.walk(alerts)) {
      for (Path file : files.filter(f -> f.toString().matches(".*\\.ya?ml")).toList()) {
        rendered += render(file, failed);
      }
    }
    assertThat(failed).isEmpty();
    assertThat(rendered).isGreaterThan(400);
  }

  private static int render(Path file, Map<String, String> failed) throws IOException {
    Findings findings = new Findings();
    ConfigMap top =
        ConfigMap.of(YamlReader.read(file.toString(), Files.readString(file)), findings);
    ConfigMap holder = top.map("spec").orElse(top);
    int rendered = 0;
    for (ConfigMap group : holder.maps("groups")) {
      for (ConfigMap rule : group.maps("rules")) {
        Map<String, String> texts = new LinkedHashMap<>(rule.stringMap("annotations"));
        texts.putAll(rule.stringMap("labels"));
        for (String text : texts.values()) {
          try {
            PrometheusTemplate.parse("__alert_", text)
                .expand(Labels.of("instance", "host:9100", "job", "node"), 0.25, CONTEXT);
            rendered++;
          } catch (TemplateException e) {
            failed.put(text, e.getMessage());
          }
        }
      }
    }
    return rendered;
  }
}
