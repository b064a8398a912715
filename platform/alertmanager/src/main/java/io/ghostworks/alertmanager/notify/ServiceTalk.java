package io.ghostworks.alertmanager.notify;

import io.ghostworks.config.CredentialSource;
import io.ghostworks.config.DurationForm;
import io.ghostworks.template.GoJson;
import io.ghostworks.template.GoUrl;
import io.ghostworks.template.NotificationFunctions.JsonObject;
import io.ghostworks.template.TemplateException;
import io.ghostworks.wire.client.ClientSettings;
import io.ghostworks.wire.compress.BodyTooLargeException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One try to tell a service: renders templates against the notification, reads secrets, sends
 * requests with Alertmanager's headers, and keeps what was said without the secrets. Used once, by
 * one thread.
 */
public final class ServiceTalk {
  private static final String USER_AGENT = "Alertmanager/0.34.0 (Ghostworks)";

  /** Shorter ones would be found everywhere. */
  private static final int SECRET_CHARS_MIN = 4;

  private final SenderParts parts;
  private final ClientSettings settings;
  private Notification notification;
  private TemplateData data;
  private final NavigableSet<String> secrets = new TreeSet<>();
  private final List<Exchange> exchanges = new ArrayList<>();
  private final long startNanos;
  private Duration timeout;
  private String timeoutCause = "";
  private ReceiverData remembered;

  ServiceTalk(
      SenderParts parts,
      ClientSettings settings,
      Notification notification,
      ReceiverData remembered,
      Duration timeout) {
    this.parts = parts;
    this.settings = settings;
    this.notification = notification;
    this.data = parts.templates().data(notification);
    this.remembered = remembered;
    this.timeout = timeout;
    this.startNanos = parts.clock().monotonicNanos();
  }

  public Notification notification() {
    return notification;
  }

  /** What templates see. */
  public TemplateData data() {
    return data;
  }

  /**
   * Leaves out alerts beyond the first ones, from here on.
   *
   * @param max 0 for any number
   * @return how many were left out
   */
  public long limitAlerts(long max) {
    int alerts = notification.alerts().size();
    if (max == 0 || alerts <= max) {
      return 0;
    }
    notification = notification.withAlerts(notification.alerts().subList(0, (int) max));
    data = parts.templates().data(notification);
    return alerts - max;
  }

  /** Whether no alert of the notification fires any more. */
  public boolean isResolved() {
    return data.status().equals(TemplateData.RESOLVED);
  }

  /** The group's key as services take it: its SHA-256 in lower-case hexadecimal. */
  public String groupKeyHash() {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(notification.groupKey().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** A template's text. */
  public String text(String template) throws NotifyException {
    try {
      return parts.templates().text(template, data);
    } catch (TemplateException e) {
      throw NotifyException.forGood(String.valueOf(e.getMessage()));
    }
  }

  /** A template's text with what its actions write escaped for HTML. */
  public String html(String template) throws NotifyException {
    try {
      return parts.templates().html(template, data);
    } catch (TemplateException e) {
      throw NotifyException.forGood(String.valueOf(e.getMessage()));
    }
  }

  /** A credential as it is now; it does not appear in what is kept. */
  public String secret(CredentialSource source) throws NotifyException {
    try {
      return hide(source.read().reveal());
    } catch (IOException e) {
      throw NotifyException.forGood("read credential: " + reason(e));
    }
  }

  /**
   * An address that is a secret as it is now: of it only scheme, host and port appear in what is
   * kept.
   */
  public String secretUrl(CredentialSource source) throws NotifyException {
    try {
      return hideUrl(text(source.read().reveal()));
    } catch (IOException e) {
      throw NotifyException.forGood("read url: " + reason(e));
    }
  }

  /** An address of which only scheme, host and port appear in what is kept; returns it. */
  public String hideUrl(String url) {
    int host = url.indexOf("://");
    int path = host < 0 ? -1 : url.indexOf('/', host + 3);
    if (path >= 0 && path + 1 < url.length()) {
      hide(url.substring(path + 1));
    }
    return url;
  }

  /** A text of at least four chars that does not appear in what is kept; returns it. */
  public String hide(String secret) {
    if (secret.strip().length() >= SECRET_CHARS_MIN) {
      secrets.add(secret);
      secrets.add(GoUrl.queryEscape(secret));
      secrets.add(GoUrl.pathEscape(secret));
      String quoted = GoJson.write(secret);
      secrets.add(quoted.substring(1, quoted.length() - 1));
    }
    return secret;
  }

  /** A text with {@code <secret>} in the place of each secret. */
  String masked(String text) {
    String masked = text;
    // Descending, so that a secret that begins with another one is found whole.
    for (String secret : secrets.descendingSet()) {
      masked = masked.replace(secret, "<secret>");
    }
    return masked;
  }

  /** What is remembered for the group, from the last delivery on. */
  public ReceiverData remembered() {
    return remembered;
  }

  public void remember(String name, String value) {
    remembered = remembered.with(name, value);
  }

  List<Exchange> exchanges() {
    return exchanges.stream().map(this::maskedAgain).toList();
  }

  /** An answer may hold what was known to be a secret only after it, such as a token. */
  private Exchange maskedAgain(Exchange kept) {
    boolean clean =
        masked(kept.request()).equals(kept.request())
            && masked(kept.payload()).equals(kept.payload())
            && masked(kept.response()).equals(kept.response());
    return clean
        ? kept
        : new Exchange(
            masked(kept.request()), masked(kept.payload()), kept.status(), masked(kept.response()));
  }

  /**
   * Ends the whole try earlier.
   *
   * @param limit zero for none
   * @param kind as it stands in the error
   */
  public void limit(Duration limit, String kind) {
    if (!limit.isZero() && limit.compareTo(timeout) < 0) {
      timeout = limit;
      timeoutCause =
          "configured %s timeout reached (%s)".formatted(kind, DurationForm.GO.format(limit));
    }
  }

  /** Posts JSON as Go's encoder writes it, with the newline at its end. */
  public HttpTransport.Answer postJson(String url, JsonObject body) throws NotifyException {
    return sendJson("POST", url, Map.of(), body);
  }

  /** Sends JSON as Go's encoder writes it, with the newline at its end. */
  public HttpTransport.Answer sendJson(
      String method, String url, Map<String, String> headers, JsonObject body)
      throws NotifyException {
    return send(method, url, "application/json", headers, json(body));
  }

  /** JSON as Go's encoder writes it, with the newline at its end. */
  public static byte[] json(@Nullable Object value) throws NotifyException {
    try {
      return (GoJson.write(value) + "\n").getBytes(StandardCharsets.UTF_8);
    } catch (TemplateException e) {
      throw NotifyException.forGood(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Sends a request.
   *
   * @param contentType "" for none
   * @throws NotifyException if there is no answer, to be tried again; or if the address is none
   */
  public HttpTransport.Answer send(
      String method, String url, String contentType, Map<String, String> headers, byte[] body)
      throws NotifyException {
    List<Map.Entry<String, String>> all = new ArrayList<>();
    all.add(Map.entry("User-Agent", USER_AGENT));
    if (!contentType.isEmpty()) {
      all.add(Map.entry("Content-Type", contentType));
    }
    headers.forEach((name, value) -> all.add(Map.entry(name, value)));
    URI uri = uri(url);
    if (uri.getUserInfo() != null && !headers.containsKey("Authorization")) {
      all.add(Map.entry("Authorization", basic(uri.getUserInfo())));
    }
    HttpTransport.Request request = new HttpTransport.Request(method, uri, all, body, remaining());
    try {
      HttpTransport.Answer answer = parts.http().send(request, settings);
      keep(request, answer.status(), answer.body());
      return answer;
    } catch (HttpTimeoutException e) {
      keep(request, 0, "");
      throw failed(
          method,
          "context deadline exceeded" + (timeoutCause.isEmpty() ? "" : ": " + timeoutCause),
          FailureReason.CONTEXT_DEADLINE_EXCEEDED);
    } catch (IOException e) {
      keep(request, 0, "");
      throw failed(method, reason(e), FailureReason.OTHER);
    } catch (IllegalArgumentException | BodyTooLargeException e) {
      keep(request, 0, "");
      throw NotifyException.forGood(reason(e)); // also a header that HTTP forbids
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      keep(request, 0, "");
      throw failed(method, "context canceled", FailureReason.CONTEXT_CANCELED);
    }
  }

  private static String basic(String userInfo) {
    String pair = userInfo.contains(":") ? userInfo : userInfo + ":";
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private Duration remaining() {
    Duration left = timeout.minusNanos(parts.clock().monotonicNanos() - startNanos);
    return left.isPositive() ? left : Duration.ofMillis(1);
  }

  private URI uri(String url) throws NotifyException {
    try {
      URI uri = new URI(ServiceUrl.normalized(url));
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      if (!scheme.equals("http") && !scheme.equals("https")) {
        throw NotifyException.forGood("unsupported protocol scheme \"%s\"".formatted(scheme));
      }
      if (uri.getHost() == null) {
        throw NotifyException.forGood("no Host in request URL");
      }
      return uri;
    } catch (URISyntaxException e) {
      throw NotifyException.forGood("invalid URL: " + e.getReason());
    }
  }

  private static NotifyException failed(String method, String why, FailureReason reason) {
    String verb = method.charAt(0) + method.substring(1).toLowerCase(Locale.ROOT);
    return new NotifyException("%s \"<redacted>\": %s".formatted(verb, why), true, reason);
  }

  private void keep(HttpTransport.Request request, int status, String response) {
    exchanges.add(
        new Exchange(
            request.method() + " " + masked(shown(request.uri())),
            masked(new String(request.body(), StandardCharsets.UTF_8)),
            status,
            masked(response)));
  }

  /** An address without user and password. */
  private static String shown(URI uri) {
    String host = uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    return uri.getScheme() + "://" + host + uri.getRawPath() + query;
  }

  private static String reason(Exception failure) {
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }
}
