package io.ghostworks.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TargetUrlTest {

  @Test
  void isWrittenAsGoWritesIt() {
    assertThat(TargetUrl.text("http", "h:1", "/metrics", Map.of())).isEqualTo("http://h:1/metrics");
    assertThat(TargetUrl.text("http", "h", "m", Map.of())).isEqualTo("http://h/m");
    assertThat(TargetUrl.text("http", "h", "", Map.of("b", List.of("x y", "&"), "a", List.of("ü"))))
        .isEqualTo("http://h?a=%C3%BC&b=x+y&b=%26");
    assertThat(TargetUrl.text("https", "[::1]:9", "/a b?c", Map.of()))
        .isEqualTo("https://[::1]:9/a%20b%3Fc");
  }
}
