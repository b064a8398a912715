package io.ghostworks.alertmanager.receiver;

import io.ghostworks.alertmanager.notify.HttpSender;
import io.ghostworks.alertmanager.notify.Integration;
import io.ghostworks.alertmanager.notify.PayloadTemplate;
import io.ghostworks.alertmanager.notify.ReceiverKind;
import io.ghostworks.alertmanager.notify.Sender;
import io.ghostworks.alertmanager.notify.SenderParts;
import io.ghostworks.alertmanager.notify.ServiceUrl;
import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.CredentialSource;
import io.ghostworks.wire.client.ClientSettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * PagerDuty ({@code notify/pagerduty}): events of version 1 where there is a service key, else of
 * version 2. Texts are templates.
 *
 * @param serviceKey of version 1, a template
 * @param routingKey of version 2, a template
 * @param url of version 2
 * @param details what is shown of the incident, by name
 */
record PagerDuty(
    boolean sendResolved,
    Optional<CredentialSource> serviceKey,
    CredentialSource routingKey,
    String url,
    String client,
    String clientUrl,
    String description,
    Map<String, PayloadTemplate> details,
    List<Image> images,
    List<Link> links,
    String source,
    String severity,
    String className,
    String component,
    String group,
    Duration timeout,
    ClientSettings http)
    implements Integration {

  static final ReceiverKind KIND = ReceiverKind.of("pagerduty_configs", PagerDuty::read);

  private static final Map<String, String> DETAILS =
      Map.of(
          "firing", "{{ .Alerts.Firing | toJson }}",
          "resolved", "{{ .Alerts.Resolved | toJson }}",
          "num_firing", "{{ .Alerts.Firing | len }}",
          "num_resolved", "{{ .Alerts.Resolved | len }}");

  /** An image; left out where {@code src} renders to nothing. */
  record Image(String src, String alt, String href) {}

  /** A link; left out where {@code href} renders to nothing. */
  record Link(String href, String text) {}

  PagerDuty {
    details = Map.copyOf(details);
    images = List.copyOf(images);
    links = List.copyOf(links);
  }

  private static PagerDuty read(ConfigMap map, ConfigMap global) {
    ReceiverFields fields = new ReceiverFields(map, global);
    Optional<CredentialSource> serviceKey = fields.secret("service_key");
    Optional<CredentialSource> routingKey = fields.secret("routing_key");
    if (serviceKey.isEmpty() && routingKey.isEmpty()) {
      map.error("missing service or routing key in PagerDuty config", "");
    }
    String client = fields.text("client", "{{ template \"pagerduty.default.client\" . }}");
    String source = map.string("source", "");
    String severity = map.string("severity", "");
    PagerDuty pagerDuty =
        new PagerDuty(
            fields.sendResolved(true),
            serviceKey,
            routingKey.orElse(CredentialSource.NONE),
            fields.url("url", "pagerduty_url", "https://events.pagerduty.com/v2/enqueue"),
            client,
            fields.text("client_url", "{{ template \"pagerduty.default.clientURL\" . }}"),
            fields.text("description", "{{ template \"pagerduty.default.description\" . }}"),
            details(map),
            images(map),
            links(map),
            source.isEmpty() ? client : source,
            severity.isEmpty() ? "error" : severity,
            fields.text("class", ""),
            fields.text("component", ""),
            fields.text("group", ""),
            fields.timeout(),
            fields.http());
    fields.end();
    return pagerDuty;
  }

  private static Map<String, PayloadTemplate> details(ConfigMap map) {
    Map<String, PayloadTemplate> details = new LinkedHashMap<>();
    DETAILS.forEach((name, text) -> details.put(name, PayloadTemplate.of(text)));
    ConfigMap own = map.mapOrEmpty("details");
    for (String name : own.keys()) {
      own.findIncludingNull(name).ifPresent(node -> details.put(name, new PayloadTemplate(node)));
    }
    return details;
  }

  private static List<Image> images(ConfigMap map) {
    return map.maps("images").stream()
        .map(image -> {
          Image read =
              new Image(image.string("src", ""), image.string("alt", ""), image.string("href", ""));
          image.rejectUnknownKeys();
          return read;
        })
        .toList();
  }

  private static List<Link> links(ConfigMap map) {
    return map.maps("links").stream()
        .map(link -> {
          Link read = new Link(link.string("href", ""), link.string("text", ""));
          link.rejectUnknownKeys();
          return read;
        })
        .toList();
  }

  @Override
  public String kind() {
    return "pagerduty";
  }

  @Override
  public String target() {
    return serviceKey.isPresent() ? "https://events.pagerduty.com" : ServiceUrl.origin(url);
  }

  @Override
  public boolean stateful() {
    return true;
  }

  @Override
  public Sender sender(SenderParts parts) {
    return new HttpSender(parts, http, new PagerDutyScript(this));
  }
}
