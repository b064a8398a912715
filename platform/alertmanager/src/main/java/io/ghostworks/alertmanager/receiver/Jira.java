package io.ghostworks.alertmanager.receiver;

import io.ghostworks.alertmanager.notify.HttpSender;
import io.ghostworks.alertmanager.notify.Integration;
import io.ghostworks.alertmanager.notify.PayloadTemplate;
import io.ghostworks.alertmanager.notify.ReceiverKind;
import io.ghostworks.alertmanager.notify.Sender;
import io.ghostworks.alertmanager.notify.SenderParts;
import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.ConfigNode;
import io.ghostworks.config.DurationForm;
import io.ghostworks.wire.client.ClientSettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Issues of Jira ({@code notify/jira}): one for each group, which is found again by a label.
 *
 * @param apiUrl with the version of the API, such as {@code https://x.atlassian.net/rest/api/2/}
 * @param apiType {@code auto}, {@code cloud} or {@code datacenter}
 * @param reopenDuration how long after its resolution an issue is opened again, not a new one made
 * @param fields further fields; texts and keys in them are templates
 */
record Jira(
    boolean sendResolved,
    String apiUrl,
    String apiType,
    String project,
    String issueType,
    Field summary,
    Field description,
    List<String> labels,
    String priority,
    Transitions transitions,
    Duration reopenDuration,
    Map<String, PayloadTemplate> fields,
    ClientSettings http)
    implements Integration {

  static final ReceiverKind KIND = ReceiverKind.of("jira_configs", Jira::read);

  /**
   * A text of an issue.
   *
   * @param update whether it is written again when the issue is there already
   */
  record Field(String template, boolean update) {}

  /**
   * How issues change their state; "" for not at all.
   *
   * @param wontFix the resolution of issues that are left alone
   */
  record Transitions(String reopen, String resolve, String wontFix) {}

  Jira {
    labels = List.copyOf(labels);
    fields = Map.copyOf(fields);
  }

  private static Jira read(ConfigMap map, ConfigMap global) {
    ReceiverFields fields = new ReceiverFields(map, global);
    String url = fields.url("api_url", "jira_api_url", "");
    if (url.isEmpty()) {
      map.error("no global Jira Cloud URL set", "");
    }
    Jira read =
        new Jira(
            fields.sendResolved(true),
            url,
            apiType(map),
            required(fields, "project"),
            required(fields, "issue_type"),
            field(map, "summary"),
            field(map, "description"),
            map.strings("labels"),
            fields.text("priority", "{{ template \"jira.default.priority\" . }}"),
            new Transitions(
                fields.text("reopen_transition", ""),
                fields.text("resolve_transition", ""),
                fields.text("wont_fix_resolution", "")),
            map.duration("reopen_duration", DurationForm.PROMETHEUS, Duration.ZERO),
            further(map),
            fields.http());
    fields.end();
    return read;
  }

  private static String apiType(ConfigMap map) {
    String type = map.string("api_type", "auto");
    if (!List.of("auto", "cloud", "datacenter").contains(type)) {
      map.error(
          "api_type", "unknown api_type on jira_config, must be auto, cloud or datacenter", "");
    }
    return type;
  }

  private static String required(ReceiverFields fields, String key) {
    String text = fields.text(key, "");
    if (text.isEmpty()) {
      fields.map().error("missing %s in jira_config".formatted(key), "");
    }
    return text;
  }

  /** A template, or a mapping with it and whether it is updated. */
  private static Field field(ConfigMap map, String key) {
    String absent = "{{ template \"jira.default.%s\" . }}".formatted(key);
    if (!(map.find(key).orElse(null) instanceof ConfigNode.MapNode)) {
      return new Field(map.string(key, absent), true);
    }
    ConfigMap section = map.mapOrEmpty(key);
    Field field =
        new Field(section.string("template", absent), section.bool("enable_update", true));
    section.rejectUnknownKeys();
    return field;
  }

  private static Map<String, PayloadTemplate> further(ConfigMap map) {
    Map<String, PayloadTemplate> fields = new LinkedHashMap<>();
    map.map("fields")
        .ifPresent(section ->
            section
                .node()
                .entries()
                .forEach(
                    entry -> fields.put(entry.key().text(), new PayloadTemplate(entry.value()))));
    return fields;
  }

  @Override
  public String kind() {
    return "jira";
  }

  @Override
  public String target() {
    return Targets.url(apiUrl) + " " + project;
  }

  @Override
  public boolean stateful() {
    return true;
  }

  @Override
  public Sender sender(SenderParts parts) {
    return new HttpSender(parts, http, new JiraScript(this));
  }
}
