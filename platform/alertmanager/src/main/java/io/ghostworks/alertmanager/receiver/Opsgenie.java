package io.ghostworks.alertmanager.receiver;

import io.ghostworks.alertmanager.notify.HttpSender;
import io.ghostworks.alertmanager.notify.Integration;
import io.ghostworks.alertmanager.notify.ReceiverKind;
import io.ghostworks.alertmanager.notify.Sender;
import io.ghostworks.alertmanager.notify.SenderParts;
import io.ghostworks.alertmanager.notify.ServiceUrl;
import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.CredentialSource;
import io.ghostworks.wire.client.ClientSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Opsgenie ({@code notify/opsgenie}). Texts are templates.
 *
 * @param apiKey a template
 * @param details further details beside the common labels
 * @param actions names, separated by commas
 * @param tags separated by commas
 * @param updateAlerts whether message and description of an alert that is there are changed
 */
record Opsgenie(
    boolean sendResolved,
    CredentialSource apiKey,
    String apiUrl,
    String message,
    String description,
    String source,
    Map<String, String> details,
    String entity,
    List<Responder> responders,
    String actions,
    String tags,
    String note,
    String priority,
    boolean updateAlerts,
    ClientSettings http)
    implements Integration {

  static final ReceiverKind KIND = ReceiverKind.of("opsgenie_configs", Opsgenie::read);

  private static final Set<String> RESPONDER_TYPES =
      Set.of("team", "teams", "user", "escalation", "schedule");

  /** Who is told; one of id, name and username is there. */
  record Responder(String id, String name, String username, String type) {}

  Opsgenie {
    details = Map.copyOf(details);
    responders = List.copyOf(responders);
  }

  private static Opsgenie read(ConfigMap map, ConfigMap global) {
    ReceiverFields fields = new ReceiverFields(map, global);
    Opsgenie opsgenie =
        new Opsgenie(
            fields.sendResolved(true),
            fields.secret(
                "api_key",
                "opsgenie_api_key",
                "no global OpsGenie API Key set either inline or in a file"),
            fields.url("api_url", "opsgenie_api_url", "https://api.opsgenie.com/"),
            fields.text("message", "{{ template \"opsgenie.default.message\" . }}"),
            fields.text("description", "{{ template \"opsgenie.default.description\" . }}"),
            fields.text("source", "{{ template \"opsgenie.default.source\" . }}"),
            map.stringMap("details"),
            fields.text("entity", ""),
            responders(map),
            fields.text("actions", ""),
            fields.text("tags", ""),
            fields.text("note", ""),
            fields.text("priority", ""),
            map.bool("update_alerts", false),
            fields.http());
    fields.end();
    return opsgenie;
  }

  private static List<Responder> responders(ConfigMap map) {
    List<Responder> all = new ArrayList<>();
    for (ConfigMap each : map.maps("responders")) {
      Responder responder =
          new Responder(
              each.string("id", ""),
              each.string("name", ""),
              each.string("username", ""),
              each.string("type", ""));
      if ((responder.id + responder.name + responder.username).isEmpty()) {
        each.error("has to have at least one of id, username or name specified", "");
      }
      if (!responder.type.contains("{{")
          && !RESPONDER_TYPES.contains(responder.type.toLowerCase(Locale.ROOT))) {
        each.error("type", "must be team, teams, user, escalation or schedule", "");
      }
      each.rejectUnknownKeys();
      all.add(responder);
    }
    return all;
  }

  @Override
  public String kind() {
    return "opsgenie";
  }

  @Override
  public String target() {
    return ServiceUrl.origin(apiUrl);
  }

  @Override
  public boolean stateful() {
    return true;
  }

  @Override
  public Sender sender(SenderParts parts) {
    return new HttpSender(parts, http, new OpsgenieScript(this));
  }
}
