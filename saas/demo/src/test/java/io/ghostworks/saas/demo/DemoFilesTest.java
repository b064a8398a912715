package io.ghostworks.saas.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
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
    DemoFiles files = new DemoFiles(root, new Ports(0));
    files.prepare();
    assertThat(Files.readString(files.configuration()))
        .contains("prometheus: \"" + root + "/saas/demo/config/prometheus.yml\"")
        .contains("- \"" + root + "/saas/demo/config/dashboards\"")
        .contains("\"api:8000\": \"127.0.0.1:8000\"");
    assertThat(Files.readAllBytes(root.resolve("target/demo/0/alertmanager.yml")))
        .isEqualTo(Files.readAllBytes(Path.of("config", "alertmanager.yml")));
  }

  @Test
  void moveEveryPort() throws IOException {
    DemoFiles files = new DemoFiles(root, new Ports(20000));
    files.prepare();
    assertThat(Files.readString(files.configuration()))
        .contains("\"api:8000\": \"127.0.0.1:28000\"")
        .contains("\"worker:8001\": \"127.0.0.1:28001\"");
    assertThat(Files.readString(root.resolve("target/demo/20000/alertmanager.yml")))
        .contains("http://127.0.0.1:28002/webhook");
    assertThat(DemoFiles.findRunningOffsets(root)).containsExactly(20000);
  }

  @Test
  void areRemovedAtTheEnd() throws IOException {
    DemoFiles files = new DemoFiles(root, new Ports(0));
    files.prepare();
    Files.createDirectories(files.data().resolve("deep"));
    Files.writeString(files.data().resolve("deep").resolve("file"), "x");
    files.remove();
    assertThat(root.resolve("target/demo")).doesNotExist();
    assertThat(DemoFiles.findRunningOffsets(root)).isEmpty();
  }

  @Test
  void areLeftAloneWhileTheirDemoRuns() throws IOException {
    new DemoFiles(root, new Ports(0)).prepare();
    assertThatThrownBy(() -> new DemoFiles(root, new Ports(0)).prepare())
        .hasMessageContaining(
            "a demo with port offset 0 is running already (process "
                + ProcessHandle.current().pid());
  }

  @Test
  void ofDemosWithOtherPortsStandBesideThem() throws IOException {
    DemoFiles first = new DemoFiles(root, new Ports(0));
    DemoFiles second = new DemoFiles(root, new Ports(100));
    first.prepare();
    second.prepare();
    assertThat(DemoFiles.findRunningOffsets(root)).containsExactly(0, 100);
    first.remove();
    assertThat(second.configuration()).exists();
    assertThat(DemoFiles.findRunningOffsets(root)).containsExactly(100);
  }

  @Test
  void ofADemoThatWasKilledAreRemovedByTheNext() throws IOException {
    Path left = root.resolve("target/demo/100");
    Files.createDirectories(left);
    Files.writeString(
        left.resolve("run.json"),
        "{\"pid\":" + ProcessHandle.current().pid() + ",\"startedAt\":\"another time\"}");
    assertThat(DemoFiles.findRunningOffsets(root)).isEmpty();
    new DemoFiles(root, new Ports(0)).prepare();
    assertThat(left).doesNotExist();
  }
}
