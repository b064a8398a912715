package io.ghostworks.server.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghostworks.alertmanager.Alertmanager;
import io.ghostworks.alertmanager.api.AlertFilter;
import io.ghostworks.alertmanager.api.PostedAlerts;
import io.ghostworks.alertmanager.config.AlertmanagerConfig;
import io.ghostworks.alertmanager.config.AlertmanagerConfigReader;
import io.ghostworks.alertmanager.deliver.NotificationLimits;
import io.ghostworks.alertmanager.dispatch.Silencer;
import io.ghostworks.alertmanager.notify.HttpTransport;
import io.ghostworks.config.Findings;
import io.ghostworks.model.TenantId;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.SimulatedTime;
import io.ghostworks.state.SqliteState;
import io.ghostworks.state.State;
import io.ghostworks.state.StateException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveAlertmanagerTest {

  @TempDir private Path folder;
  private final SimulatedTime time = new SimulatedTime(1_700_000_000_000L);
  private final AtomicInteger made = new AtomicInteger();
  private State state;
  private LiveAlertmanager live;

  /** Transactions that succeed before the others fail. */
  private int good = Integer.MAX_VALUE;

  @BeforeEach
  void open() {
    state = SqliteState.open(folder);
    live = new LiveAlertmanager(this::make);
  }

  @AfterEach
  void close() {
    live.close();
    state.close();
  }

  private Alertmanager make(AlertmanagerConfig config) {
    made.incrementAndGet();
    return new Alertmanager(
        TenantId.DEFAULT,
        config,
        "http://ghost",
        new Alertmanager.Parts(
            new Failing(),
            (request, settings) -> new HttpTransport.Answer(200, ""),
            Silencer.NONE,
            time,
            time,
            Runnable::run,
            new Random(1),
            new PlatformMetrics(),
            NotificationLimits.DEFAULT));
  }

  private final class Failing implements State {
    @Override
    public <T> T transaction(Work<T> work) {
      if (good-- <= 0) {
        throw new StateException("disk I/O error", new IOException());
      }
      return state.transaction(work);
    }

    @Override
    public void close() {}
  }

  private Optional<AlertmanagerConfig> config(String receiver, String template) throws IOException {
    Files.writeString(folder.resolve("t.tmpl"), "{{ define \"t\" }}" + template + "{{ end }}");
    Path file =
        Files.writeString(
            folder.resolve("alertmanager.yml"),
            """
            templates: [t.tmpl]
            route: {receiver: %s}
            receivers:
              - name: %s
                webhook_configs: [{url: "http://a/b", http_config: {authorization: {credentials: x}}}]
            """
                .formatted(receiver, receiver));
    Findings findings = new Findings();
    AlertmanagerConfig config = AlertmanagerConfigReader.read(file, findings);
    findings.throwIfNotServable();
    return Optional.of(config);
  }

  private List<String> receivers() {
    return live.api().orElseThrow().receivers(AlertFilter.ALL).stream()
        .map(receiver -> receiver.name())
        .toList();
  }

  private int known() {
    return live.api().orElseThrow().alerts(AlertFilter.ALL).size();
  }

  private void post(String name) throws Exception {
    String json = "[{\"labels\": {\"alertname\": \"%s\"}}]".formatted(name);
    assertThat(live.post(PostedAlerts.read(json.getBytes(StandardCharsets.UTF_8))))
        .hasValue(List.of());
  }

  @Test
  void goesOnWhereTheFileAndItsTemplatesAreAsBefore() throws Exception {
    live.replace(config("one", "x"));
    live.replace(config("one", "x"));
    assertThat(made).hasValue(1);
    live.replace(config("one", "y"));
    assertThat(made).hasValue(2);
    live.replace(Optional.empty());
    assertThat(live.post(List.of())).isEmpty();
  }

  @Test
  void theFormerHoldsOnWhereTheStateFails() throws Exception {
    live.replace(config("one", "x"));
    post("A");
    for (int succeeding = 0; succeeding < 6; succeeding++) {
      good = succeeding;
      Optional<AlertmanagerConfig> next = config("two", "x");
      assertThatThrownBy(() -> live.replace(next)).isInstanceOf(StateException.class);
      good = Integer.MAX_VALUE;
      assertThat(receivers()).as("after %d transactions", succeeding).containsExactly("one");
      post("B" + succeeding);
      live.replace(config("one", "x"));
      assertThat(known()).isEqualTo(2 + succeeding);
    }
    live.replace(config("two", "x"));
    assertThat(receivers()).containsExactly("two");
    assertThat(known()).isEqualTo(7);
  }
}
