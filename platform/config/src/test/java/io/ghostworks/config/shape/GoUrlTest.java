package io.ghostworks.config.shape;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoUrlTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "http://a",
        "localhost:9090",
        "/path",
        "unix:///var/run/x",
        "http://u:p@h:1/x?y=%zz",
        "//h",
        "http://[::1]:80/",
        "http://a/b c",
        "a/b:c",
        "http://ü.de",
        "mailto:x"
      })
  void takesWhatGoTakes(String text) {
    assertThat(GoUrl.problem(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ":x",
        "http://a b/",
        "http://h:x/",
        "http://[::1",
        "http://h/%zz",
        "1:2",
        "http://h\n",
        "http://h%zz/",
        "http://u^@h"
      })
  void refusesWhatGoRefuses(String text) {
    assertThat(GoUrl.problem(text)).isPresent();
  }

  @Test
  void givesSchemeAndHost() {
    assertThat(GoUrl.parse("HTTPS://user@h:1/x#y")).isEqualTo(new GoUrl("https", "h:1"));
    assertThat(GoUrl.parse("http:///x")).isEqualTo(new GoUrl("http", ""));
    assertThat(GoUrl.parse("host:80")).isEqualTo(new GoUrl("host", ""));
  }
}
