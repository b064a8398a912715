package io.ghostworks.wire.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;

/**
 * Other addresses for the addresses that configuration files name: {@code host:port} to {@code
 * host:port}. Immutable.
 */
public record HostMap(Map<String, String> addresses) {

  /** Maps nothing. */
  public static final HostMap NONE = new HostMap(Map.of());

  public HostMap {
    addresses = Map.copyOf(addresses);
    addresses.values().forEach(HostMap::checkAddress);
  }

  private static void checkAddress(String address) {
    if (!address.matches("[^/@?#\\s]+:[0-9]{1,5}")) {
      throw new IllegalArgumentException(
          "an address must be host:port, got '%s'".formatted(address));
    }
  }

  /** Whether an address is mapped. */
  public boolean has(String hostAndPort) {
    return addresses.containsKey(hostAndPort);
  }

  /** Where an address leads. */
  public String resolve(String hostAndPort) {
    return addresses.getOrDefault(hostAndPort, hostAndPort);
  }

  /** Where a URI leads; its port is the scheme's default where it has none. */
  public URI resolve(URI uri) {
    String host = uri.getHost();
    if (host == null) {
      return uri;
    }
    int port = uri.getPort() >= 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
    String mapped = addresses.get(host + ":" + port);
    if (mapped == null) {
      return uri;
    }
    try {
      StringBuilder out = new StringBuilder(uri.getScheme()).append("://").append(mapped);
      out.append(uri.getRawPath() == null ? "" : uri.getRawPath());
      if (uri.getRawQuery() != null) {
        out.append('?').append(uri.getRawQuery());
      }
      return new URI(out.toString());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a checked address makes no URI: " + mapped, e);
    }
  }
}
