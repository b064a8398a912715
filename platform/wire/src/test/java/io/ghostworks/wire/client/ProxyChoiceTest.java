package io.ghostworks.wire.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.config.Secret;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProxyChoiceTest {

  @Test
  void leavesOutWhatNoProxyNames() throws Exception {
    String rules =
        "one.test, .two.test,*.three.test,10.1.0.0/16,192.168.0.7,four.test:8080,[::1]:80";
    assertThat(proxied("http://one.test/", rules)).isFalse();
    assertThat(proxied("http://a.one.test/", rules)).isFalse();
    assertThat(proxied("http://xone.test/", rules)).isTrue();
    assertThat(proxied("http://two.test/", rules)).isTrue();
    assertThat(proxied("http://A.TWO.test/", rules)).isFalse();
    assertThat(proxied("http://a.three.test/", rules)).isFalse();
    assertThat(proxied("http://10.1.255.1/", rules)).isFalse();
    assertThat(proxied("http://10.2.0.1/", rules)).isTrue();
    assertThat(proxied("https://192.168.0.7:1/", rules)).isFalse();
    assertThat(proxied("http://four.test:8080/", rules)).isFalse();
    assertThat(proxied("http://four.test/", rules)).isTrue();
    assertThat(proxied("http://localhost/", rules)).isFalse();
    assertThat(proxied("http://127.0.0.9/", rules)).isFalse();
    assertThat(proxied("http://five.test/", "*")).isFalse();
  }

  @Test
  void sendsEverythingThroughAProxyWithoutExceptions() throws Exception {
    assertThat(proxied("http://127.0.0.1/", "")).isTrue();
  }

  @Test
  void asksTheEnvironment() throws Exception {
    Map<String, String> variables =
        Map.of("HTTP_PROXY", "plain:3128", "https_proxy", "https://s:1", "NO_PROXY", "x.test");
    ProxyChoice choice =
        new ProxyChoice(
            new ClientSettings.Proxy(Secret.of(""), "", true, Map.of()),
            name -> variables.getOrDefault(name, ""));
    assertThat(choice.of(URI.create("http://a.test/")))
        .hasValueSatisfying(
            proxy -> assertThat(proxy.host() + ":" + proxy.port()).isEqualTo("plain:3128"));
    assertThat(choice.of(URI.create("https://a.test/")))
        .hasValueSatisfying(proxy -> assertThat(proxy.isSecure()).isTrue());
    assertThat(choice.of(URI.create("https://x.test/"))).isEmpty();
    assertThat(choice.of(URI.create("http://127.0.0.1/"))).isEmpty();
  }

  private static boolean proxied(String uri, String noProxy) throws Exception {
    return new ProxyChoice(
            new ClientSettings.Proxy(Secret.of("http://p:1"), noProxy, false, Map.of()), name -> "")
        .of(URI.create(uri))
        .isPresent();
  }
}
