package io.ghostworks.server.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.config.Findings;
import io.ghostworks.model.TenantId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogIntakeReaderTest {
  @TempDir private Path folder;
  private final Findings findings = new Findings();

  @Test
  void tenantsHaveWhatTheyDoNotSayFromAbove() throws IOException {
    LogIntakeSettings settings =
        read(
            """
            limits:
              discover_service_name: [team, app]
              tenants:
                acme: {discover_log_levels: false, trace_id_fields: [request_id]}
                plain: {discover_service_name: []}
            """);
    assertThat(findings.errors()).isEmpty();
    assertThat(settings.of(new TenantId("acme")).serviceName().candidates())
        .containsExactly("team", "app");
    assertThat(settings.of(new TenantId("plain")).serviceName().candidates()).isEmpty();
    assertThat(settings.of(new TenantId("other"))).isSameAs(settings.standard());
  }

  @Test
  void tellsEveryMistake() throws IOException {
    read(
        """
        limits:
          log_level_from_json_max_depth: -1
          trace_context_patterns: ['(', 'id=([0-9a-f]+)']
          otlp_config:
            resource_attributes:
              attributes_config:
                - {action: index, attributes: [a]}
                - {action: drop}
                - {action: drop, attributes: [a], regex: b}
                - {action: drop, regex: '['}
              nonsense: 1
            scope_attributes:
              - {action: index_label, attributes: [a]}
          tenants:
            acme: {otlp_config: {log_attributes: [{action: drop, colour: red, attributes: [a]}]}}
        """);
    List<String> errors = findings.errors().stream().map(Object::toString).toList();
    assertThat(errors).anySatisfy(e -> assertThat(e).contains("log_level_from_json_max_depth"));
    assertThat(errors).filteredOn(e -> e.contains("must be a regular expression")).hasSize(2);
    assertThat(errors).anySatisfy(e -> assertThat(e).contains("must have a group trace_id"));
    assertThat(errors)
        .anySatisfy(e -> assertThat(e).contains("must be one of index_label, structured_metadata"));
    assertThat(errors).anySatisfy(e -> assertThat(e).contains("attributes or regex must be set"));
    assertThat(errors)
        .anySatisfy(e -> assertThat(e).contains("only one of attributes or regex must be set"));
    assertThat(errors).anySatisfy(e -> assertThat(e).contains("nonsense"));
    assertThat(errors)
        .anySatisfy(e -> assertThat(e).contains("must be one of structured_metadata, drop"));
    assertThat(errors).anySatisfy(e -> assertThat(e).contains("colour"));
  }

  private LogIntakeSettings read(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("ghostworks.yml"), text);
    return SettingsReader.read(file, findings).limits().logIntake();
  }
}
