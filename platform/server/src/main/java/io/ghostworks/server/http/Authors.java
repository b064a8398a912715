package io.ghostworks.server.http;

/** Who changes something, for the history of versions. */
public final class Authors {

  private static final int CHARS_MAX = 200;

  /** Grafana sends it where it is configured to. */
  private static final String GRAFANA_USER = "x-grafana-user";

  private Authors() {}

  /** The user that Grafana names, the credential, and where the request came from. */
  public static String of(Exchange exchange) {
    String credential =
        "%s token from %s".formatted(exchange.role().word(), place(exchange.clientIp()));
    return exchange
        .header(GRAFANA_USER)
        .filter(user -> !user.isBlank())
        .map(user -> clip(user) + " by " + credential)
        .orElse(credential);
  }

  private static String place(String clientIp) {
    return clientIp.isEmpty() ? "this machine" : clientIp;
  }

  private static String clip(String text) {
    return text.length() > CHARS_MAX ? text.substring(0, CHARS_MAX) + "…" : text;
  }
}
