package io.ghostworks.server.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.config.Findings;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.records.RecordRetention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordRetentionReaderTest {
  @TempDir private Path folder;
  private final Findings findings = new Findings();

  @Test
  void withoutAFileTheBuiltInClassesHold() throws IOException {
    assertThat(read("{}"))
        .isEqualTo(
            new RecordRetention(Duration.ofDays(30), Duration.ofDays(90), Duration.ofDays(7)));
  }

  @Test
  void readsRulesInTheirOrder() throws IOException {
    RecordRetention retention =
        read(
            """
            retention:
              logs: 10d
              records_rules:
                - {name: debug, selector: '{level="debug"}', keep: 3d}
                - {name: acme-traces, tenant: acme, signal: traces, keep: 30d}
            """);
    assertThat(findings.errors()).isEmpty();
    assertThat(retention.logs()).isEqualTo(Duration.ofDays(10));
    assertThat(retention.rules())
        .containsExactly(
            new RecordRetention.Rule(
                "debug",
                Optional.empty(),
                false,
                List.of(new LabelMatcher.Equal("level", "debug")),
                Duration.ofDays(3)),
            new RecordRetention.Rule(
                "acme-traces",
                Optional.of(new TenantId("acme")),
                true,
                List.of(),
                Duration.ofDays(30)));
  }

  @Test
  void tellsEveryMistake() throws IOException {
    read(
        """
        retention:
          logs: 5m
          records_rules:
            - {name: debug, selector: '{level=', keep: 3d}
            - {name: debug, tenant: acme, keep: 3d}
            - {name: audit, tenant: acme, keep: 3d}
            - {name: spans, signal: traces, keep: 3d}
            - {name: nothing, keep: 3d}
            - {tenant: acme}
        """);
    List<String> errors = findings.errors().stream().map(Object::toString).toList();
    assertThat(errors).anySatisfy(e -> assertThat(e).contains("logs", "must be at least 1h"));
    assertThat(errors).anySatisfy(e -> assertThat(e).contains("must be a selector of streams"));
    assertThat(errors).filteredOn(e -> e.contains("must be used once")).hasSize(2);
    assertThat(errors).anySatisfy(e -> assertThat(e).contains("must have a tenant, a selector"));
    assertThat(errors).anySatisfy(e -> assertThat(e).contains("keep"));
    assertThat(errors).anySatisfy(e -> assertThat(e).contains("name"));
  }

  private RecordRetention read(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("ghostworks.yml"), text);
    return SettingsReader.read(file, findings).retention().records();
  }
}
