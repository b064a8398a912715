package io.ghostworks.saas.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoFilesTest {
  @TempDir private Path root;

  @BeforeEach
  void copyConfiguration() throws IOException {
    Path config = root.resolve("saas/demo/config");
    Files.createDirectories(config);
    Files.copy(Path.of("config", "alertmanager.yml"), config.resolve("alertmanager.yml"));
  }

  @Test
  void writeAConfigurationThatPointsToTheDemosFiles() throws IOException {
    DemoFiles files = new DemoFiles(root);
    files.prepare(new Ports(0));
    assertThat(Files.readString(files.configuration()))
        .contains("prometheus: \"" + root + "/saas/demo/config/prometheus.yml\"")
        .contains("- \"" + root + "/saas/demo/config/dashboards\"")
        .contains("\"api:8000\": \"127.0.0.1:8000\"");
    assertThat(Files.readAllBytes(root.resolve("target/demo/alertmanager.yml")))
        .isEqualTo(Files.readAllBytes(Path.of("config", "alertmanager.yml")));
  }

  @Test
  void moveEveryPort() throws IOException {
    DemoFiles files = new DemoFiles(root);
    files.prepare(new Ports(20000));
    assertThat(Files.readString(files.configuration()))
        .contains("\"api:8000\": \"127.0.0.1:28000\"")
        .contains("\"worker:8001\": \"127.0.0.1:28001\"");
    assertThat(Files.readString(root.resolve("target/demo/alertmanager.yml")))
        .contains("http://127.0.0.1:28002/webhook");
    assertThat(files.findRunningOffset()).hasValue(20000);
  }

  @Test
  void areRemovedAtTheEnd() throws IOException {
    DemoFiles files = new DemoFiles(root);
    files.prepare(new Ports(0));
    Files.createDirectories(files.data().resolve("deep"));
    Files.writeString(files.data().resolve("deep").resolve("file"), "x");
    files.remove();
    assertThat(root.resolve("target/demo")).doesNotExist();
    assertThat(files.findRunningOffset()).isEmpty();
  }

  @Test
  void areLeftAloneWhileAnotherDemoRuns() throws IOException {
    new DemoFiles(root).prepare(new Ports(0));
    assertThatThrownBy(() -> new DemoFiles(root).prepare(new Ports(100)))
        .hasMessageContaining(
            "a demo is running already (process " + ProcessHandle.current().pid());
  }

  @Test
  void aPortInUseIsNamed() throws IOException {
    try (ServerSocket taken = bindWithinReach()) {
      int offset = taken.getLocalPort() - 8002;
      assertThat(new Ports(offset).findTaken())
          .hasValueSatisfying(sentence ->
              assertThat(sentence)
                  .startsWith(
                      "port "
                          + taken.getLocalPort()
                          + " (the page with the failure switches) is in use"));
    }
  }

  /** A free port that an offset can move the page to. */
  private static ServerSocket bindWithinReach() throws IOException {
    while (true) {
      ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      if (socket.getLocalPort() <= 8002 + 48_000) {
        return socket;
      }
      socket.close();
    }
  }

  @Test
  void anOffsetThatLeavesThePortsIsRefused() {
    assertThatThrownBy(() -> new Ports(60_000))
        .hasMessageContaining("between 0 and 48000, got 60000");
  }
}
