package io.ghostworks.alertmanager.notify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServiceUrlTest {

  @Test
  void escapesWhatGoEscapes() {
    assertThat(ServiceUrl.normalized("http://h/Down & <up>"))
        .isEqualTo("http://h/Down%20&%20%3Cup%3E");
    assertThat(ServiceUrl.normalized("http://h:1/a%2Fb/é?x=ü y&z=%20#f"))
        .isEqualTo("http://h:1/a/b/%C3%A9?x=%C3%BC%20y&z=%20");
    assertThat(ServiceUrl.normalized("http://h/a%2Fb(c)!")).isEqualTo("http://h/a%2Fb(c)!");
    assertThat(ServiceUrl.normalized("http://h/100%")).isEqualTo("http://h/100%25");
    assertThat(ServiceUrl.normalized("http://h?a={b}")).isEqualTo("http://h?a=%7Bb%7D");
    assertThat(ServiceUrl.normalized("nothing")).isEqualTo("nothing");
  }

  @Test
  void appendsToThePathBeforeTheQuery() {
    assertThat(ServiceUrl.append("http://h/a?b=c", "d e")).isEqualTo("http://h/a/d%20e?b=c");
    assertThat(ServiceUrl.withParameter("http://h/?b=c", "x y", "&"))
        .isEqualTo("http://h/?b=c&x+y=%26");
    assertThat(ServiceUrl.origin("https://u:p@h:1/secret?x")).isEqualTo("https://h:1");
    assertThat(ServiceUrl.origin("{{ x }}")).isEqualTo("as a template says");
  }
}
