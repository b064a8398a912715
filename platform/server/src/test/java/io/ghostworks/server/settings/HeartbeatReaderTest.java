package io.ghostworks.server.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.Findings;
import io.ghostworks.config.YamlReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HeartbeatReaderTest {
  private final Findings findings = new Findings();

  private Optional<HeartbeatSettings> read(String yaml) {
    return HeartbeatReader.read(
        ConfigMap.of(YamlReader.read("ghostworks.yml", yaml), findings), Path.of("/etc/gw"));
  }

  private List<String> mistakes(String yaml) {
    read(yaml);
    return findings.errors().stream().map(Object::toString).toList();
  }

  @Test
  void beatsNowhereWithoutTheSection() {
    assertThat(read("{}")).isEmpty();
  }

  @Test
  void needsAnAddressOnly() {
    HeartbeatSettings settings =
        read("heartbeat: {url: 'https://watch.example/ping/1'}").orElseThrow();
    assertThat(settings.url().reveal()).isEqualTo("https://watch.example/ping/1");
    assertThat(settings.interval()).isEqualTo(Duration.ofMinutes(1));
    assertThat(settings.method()).isEqualTo("POST");
    assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(findings.errors()).isEmpty();
  }

  @Test
  void findsAFileBesideItsOwn() {
    assertThat(
            read("heartbeat: {url_file: ping, interval: 30s, method: GET, timeout: 2s}")
                .orElseThrow()
                .urlFile())
        .isEqualTo("/etc/gw/ping");
  }

  @Test
  void refusesBothAddressesAndNone() {
    assertThat(mistakes("heartbeat: {interval: 1m}"))
        .singleElement()
        .asString()
        .contains("must have one of url and url_file");
  }

  @Test
  void refusesWhatIsNoAddressWithoutShowingIt() {
    assertThat(mistakes("heartbeat: {url: 'ftp://secret'}"))
        .singleElement()
        .asString()
        .contains("must be a URL that begins with http:// or https://")
        .doesNotContain("secret");
  }

  @Test
  void refusesIntervalsAndTimeoutsBeyondTheirLimits() {
    assertThat(mistakes("heartbeat: {url: 'http://x', interval: 100ms, timeout: 2m, methode: GET}"))
        .hasSize(3)
        .anyMatch(mistake -> mistake.contains("must be from 1s to 1d"))
        .anyMatch(mistake -> mistake.contains("must be from 100ms to 1m"))
        .anyMatch(mistake -> mistake.contains("did you mean 'method'?"));
  }
}
