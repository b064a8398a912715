package io.ghostworks.server.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.alertmanager.matcher.MatcherSyntax;
import io.ghostworks.config.Findings;
import io.ghostworks.server.settings.Settings;
import io.ghostworks.server.settings.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertMatchersSettingTest {

  @TempDir private Path folder;

  @Test
  void choosesHowMatchersOfTheAlertmanagerFileAreRead() throws IOException {
    assertThat(SettingsReader.defaults().alertMatchers()).isEqualTo(MatcherSyntax.FALLBACK);
    assertThat(mistakes("fallback")).isEmpty();
    assertThat(mistakes("classic")).contains("bad matcher format");
    assertThat(mistakes("utf8_strict")).isEmpty();
    assertThat(mistakes("other")).contains("must be one of classic, utf8_strict, fallback");
  }

  private String mistakes(String matchers) throws IOException {
    Files.writeString(
        folder.resolve("am.yml"),
        "route: {receiver: a, routes: [{matchers: ['grüße=\"x\"']}]}\nreceivers: [{name: a}]\n");
    Path own = folder.resolve("ghostworks.yml");
    Files.writeString(
        own, "files: {alertmanager: am.yml}\nalertmanager: {matchers: %s}\n".formatted(matchers));
    Findings findings = new Findings();
    Settings settings = SettingsReader.read(own, findings);
    ConfigurationFiles.read(Optional.of(own), settings, findings);
    return findings.hasErrors() ? findings.errors().getFirst().toString() : "";
  }
}
