package io.ghostworks.alertmanager;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghostworks.state.ReceivedAlerts;
import io.ghostworks.template.GoTime;
import io.ghostworks.template.NotificationFunctions.JsonObject;
import io.ghostworks.template.TemplateException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Posts notifications as JSON, version 4 of Alertmanager's webhook format. */
final class WebhookSender implements Sender {

  private static final ObjectMapper JSON = GoJson.mapper();
  private static final int ERROR_CHARS_MAX = 200;

  private final AlertmanagerConfig.Webhook config;
  private final NotificationTemplates templates;
  private final HttpTransport transport;

  WebhookSender(
      AlertmanagerConfig.Webhook config, NotificationTemplates templates, HttpTransport transport) {
    this.config = config;
    this.templates = templates;
    this.transport = transport;
  }

  @Override
  public Outcome send(Notification notification, Duration timeout) {
    HttpTransport.Request request;
    try {
      request = request(notification, timeout);
    } catch (TemplateException | IOException | IllegalArgumentException e) {
      return new Outcome.Failed(String.valueOf(e.getMessage()), false);
    }
    try {
      return outcome(transport.post(request));
    } catch (IOException e) {
      String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      return new Outcome.Failed("%s (POST to %s)".formatted(message, shown(request.uri())), true);
    } catch (IllegalArgumentException e) {
      return new Outcome.Failed(String.valueOf(e.getMessage()), false);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome.Failed("interrupted", true);
    }
  }

  private static Outcome outcome(HttpTransport.Answer answer) {
    if (answer.status() / 100 == 2) {
      return new Outcome.Delivered();
    }
    String body = answer.body().strip();
    String detail = body.length() > ERROR_CHARS_MAX ? body.substring(0, ERROR_CHARS_MAX) : body;
    return new Outcome.Failed(
        "unexpected status code %d%s"
            .formatted(answer.status(), detail.isEmpty() ? "" : ": " + detail),
        answer.status() / 100 == 5);
  }

  private HttpTransport.Request request(Notification notification, Duration timeout)
      throws IOException {
    List<ReceivedAlerts.Row> alerts = notification.alerts();
    long truncated = 0;
    if (config.maxAlerts() > 0 && alerts.size() > config.maxAlerts()) {
      truncated = alerts.size() - config.maxAlerts();
      alerts = alerts.subList(0, (int) config.maxAlerts());
    }
    TemplateData data = templates.data(notification.withAlerts(alerts));
    String url = templates.text(SecretFile.read(config.url(), config.urlFile()), data);
    if (url.isEmpty()) {
      throw new IllegalArgumentException("webhook URL is empty after templating");
    }
    Duration limit =
        config.timeout().isZero() || config.timeout().compareTo(timeout) > 0
            ? timeout
            : config.timeout();
    return new HttpTransport.Request(
        URI.create(url), headers(), body(data, truncated), limit, config.http().followRedirects());
  }

  private List<Map.Entry<String, String>> headers() throws IOException {
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    headers.add(Map.entry("Content-Type", "application/json"));
    headers.add(Map.entry("User-Agent", "Alertmanager/0.29 (Ghostworks)"));
    AlertmanagerConfig.HttpSettings http = config.http();
    if (!http.authorizationType().isEmpty()) {
      String credentials = SecretFile.read(http.credentials(), http.credentialsFile());
      headers.add(Map.entry("Authorization", http.authorizationType() + " " + credentials));
    }
    headers.addAll(http.headers());
    return headers;
  }

  private static byte[] body(TemplateData data, long truncated) throws IOException {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>(data.jsonFields());
    fields.put("version", "4");
    fields.put("groupKey", data.notification().groupKey());
    fields.put("truncatedAlerts", truncated);
    return (JSON.writeValueAsString(plain(fields)) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** Values as Jackson writes them. */
  private static @Nullable Object plain(@Nullable Object value) {
    return switch (value) {
      case JsonObject object -> plain(object.jsonFields());
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        map.forEach((name, each) -> plain.put(String.valueOf(name), plain(each)));
        yield plain;
      }
      case List<?> list -> list.stream().map(WebhookSender::plain).toList();
      case GoTime time -> time.format("2006-01-02T15:04:05.999999999Z07:00");
      case null -> null;
      default -> value;
    };
  }

  /** An address without what may be secret in it. */
  private static String shown(URI uri) {
    return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
  }
}
