package io.ghostworks.collector.config;

import io.ghostworks.config.ConfigMap;

/** Addresses of the form {@code host:port}. */
public final class Endpoints {
  private Endpoints() {}

  /** Notes a mistake where an address has no port. */
  static void check(ConfigMap map, String key, String endpoint) {
    if (port(endpoint) < 0) {
      map.error(
          key, "must be host:port with a port from 0 to 65535", "write for example 0.0.0.0:4317");
    }
  }

  /** The port of an address, or −1 if it has none. */
  public static int port(String endpoint) {
    int colon = endpoint.lastIndexOf(':');
    try {
      int port = colon < 0 ? -1 : Integer.parseInt(endpoint.substring(colon + 1));
      return port > 0xffff ? -1 : port;
    } catch (NumberFormatException e) {
      return -1; // The caller says what an address looks like.
    }
  }

  /** The host of an address, without brackets; may be "". */
  public static String host(String endpoint) {
    int colon = endpoint.lastIndexOf(':');
    String host = colon < 0 ? endpoint : endpoint.substring(0, colon);
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  /** An address without the scheme that gRPC's clients may put in front. */
  public static String withoutScheme(String endpoint) {
    for (String scheme : new String[] {"dns:///", "dns://", "http://", "https://"}) {
      if (endpoint.startsWith(scheme)) {
        return endpoint.substring(scheme.length());
      }
    }
    return endpoint;
  }
}
