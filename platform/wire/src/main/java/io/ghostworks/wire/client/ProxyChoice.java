package io.ghostworks.wire.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Chooses the proxy of a request. Source: golang.org/x/net/http/httpproxy, whose rules for {@code
 * NO_PROXY} these are: {@code *}, addresses, networks, domains with their subdomains, {@code
 * .domain} for the subdomains alone, each with an optional port.
 */
final class ProxyChoice {
  private final ClientSettings.Proxy settings;
  private final UnaryOperator<String> environment;

  /**
   * @param environment variables of the process by name, "" for none
   */
  ProxyChoice(ClientSettings.Proxy settings, UnaryOperator<String> environment) {
    this.settings = settings;
    this.environment = environment;
  }

  /** Whether any request may go through a proxy. */
  boolean isAny() {
    return settings.fromEnvironment() || !settings.url().isEmpty();
  }

  /**
   * The proxy for an address; empty where it is reached without.
   *
   * @throws IOException if the proxy's address is none
   */
  Optional<ProxyAddress> of(URI uri) throws IOException {
    String address = settings.url().reveal();
    String without = settings.noProxy();
    if (settings.fromEnvironment()) {
      address = variable("https".equals(uri.getScheme()) ? "HTTPS_PROXY" : "HTTP_PROXY");
      without = variable("NO_PROXY");
    }
    boolean asked = settings.fromEnvironment() || !without.isEmpty();
    if (address.isEmpty() || (asked && isExcepted(uri, without))) {
      return Optional.empty();
    }
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    settings
        .connectHeaders()
        .forEach((name, values) ->
            values.forEach(value -> headers.add(Map.entry(name, value.reveal()))));
    return Optional.of(ProxyAddress.of(address, headers));
  }

  private String variable(String name) {
    String upper = environment.apply(name);
    return upper.isEmpty() ? environment.apply(name.toLowerCase(Locale.ROOT)) : upper;
  }

  private static boolean isExcepted(URI uri, String exceptions) {
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    int port = uri.getPort() >= 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
    Optional<InetAddress> address = literal(host);
    if (host.equals("localhost") || address.map(InetAddress::isLoopbackAddress).orElse(false)) {
      return true;
    }
    for (String exception : exceptions.split(",", -1)) {
      String rule = exception.strip().toLowerCase(Locale.ROOT);
      if (!rule.isEmpty() && matches(rule, host, port, address)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(
      String rule, String host, int port, Optional<InetAddress> address) {
    if (rule.equals("*")) {
      return true;
    }
    int slash = rule.indexOf('/');
    if (slash > 0 && literal(rule.substring(0, slash)).isPresent()) {
      return address.isPresent() && isInNetwork(rule, slash, address.get());
    }
    String name = rule;
    int colon = rule.lastIndexOf(':');
    boolean withPort = colon > 0 && (rule.indexOf(':') == colon || rule.charAt(colon - 1) == ']');
    if (withPort) {
      if (!rule.substring(colon + 1).equals(Integer.toString(port))) {
        return false;
      }
      name = rule.substring(0, colon);
    }
    Optional<InetAddress> asAddress = literal(name);
    if (asAddress.isPresent()) {
      return asAddress.equals(address);
    }
    if (name.startsWith("*.")) {
      name = name.substring(1);
    }
    return name.startsWith(".")
        ? host.endsWith(name)
        : host.equals(name) || host.endsWith("." + name);
  }

  private static boolean isInNetwork(String rule, int slash, InetAddress address) {
    byte[] network = literal(rule.substring(0, slash)).orElseThrow().getAddress();
    byte[] given = address.getAddress();
    String prefix = rule.substring(slash + 1);
    if (network.length != given.length || !prefix.matches("[0-9]{1,3}")) {
      return false;
    }
    int bits = Integer.parseInt(prefix);
    if (bits > network.length * 8) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % 8);
      if ((network[bit / 8] & mask) != (given[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  /** The address that a text is, without asking for names. */
  private static Optional<InetAddress> literal(String text) {
    String bare =
        text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    try {
      return Optional.of(InetAddress.ofLiteral(bare));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
