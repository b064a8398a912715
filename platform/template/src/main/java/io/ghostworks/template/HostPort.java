package io.ghostworks.template;

import org.jspecify.annotations.Nullable;

/** A host and a port, split as Go's {@code net.SplitHostPort} does it. */
record HostPort(String host, String port) {

  static String stripPort(String text) {
    HostPort parts = split(text);
    return parts == null ? text : parts.host;
  }

  static String stripDomain(String text) {
    HostPort parts = split(text);
    String host = parts == null ? text : parts.host;
    if (isAddress(host)) {
      return text;
    }
    int dot = host.indexOf('.');
    String first = dot < 0 ? host : host.substring(0, dot);
    if (parts == null || parts.port.isEmpty()) {
      return first;
    }
    return (first.indexOf(':') >= 0 ? "[" + first + "]" : first) + ":" + parts.port;
  }

  private static @Nullable HostPort split(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      return null;
    }
    if (text.startsWith("[")) {
      int close = text.indexOf(']');
      if (close < 0 || close + 1 != colon) {
        return null;
      }
      return new HostPort(text.substring(1, close), text.substring(colon + 1));
    }
    String host = text.substring(0, colon);
    return host.indexOf(':') >= 0 || host.indexOf('[') >= 0 || host.indexOf(']') >= 0
        ? null
        : new HostPort(host, text.substring(colon + 1));
  }

  private static boolean isAddress(String host) {
    if (host.indexOf(':') >= 0) {
      return host.matches("[0-9a-fA-F:.]+");
    }
    return host.matches(
        "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)){3}");
  }
}
