package io.ghostworks.alertmanager.config;

import io.ghostworks.alertmanager.interval.TimeInterval;
import io.ghostworks.alertmanager.matcher.MatcherSyntax;
import io.ghostworks.alertmanager.notify.Integration;
import io.ghostworks.alertmanager.notify.NotificationTemplates;
import io.ghostworks.alertmanager.receiver.ReceiverKinds;
import io.ghostworks.config.ConfigFile;
import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.ConfigNode;
import io.ghostworks.config.DurationForm;
import io.ghostworks.config.Findings;
import io.ghostworks.config.YamlReader;
import io.ghostworks.template.TemplateException;
import io.ghostworks.template.TemplateSet;
import io.ghostworks.wire.client.ClientSettingsReader;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads {@code alertmanager.yml} as Alertmanager does ({@code config/config.go}): the whole file is
 * checked, and what this version does not do is reported as such.
 */
public final class AlertmanagerConfigReader {

  private static final String[] GLOBAL_KEYS = {
    "jira_api_url",
    "slack_api_url",
    "slack_api_url_file",
    "slack_app_token",
    "slack_app_token_file",
    "slack_app_url",
    "pagerduty_url",
    "opsgenie_api_url",
    "opsgenie_api_key",
    "opsgenie_api_key_file",
    "wechat_api_url",
    "wechat_api_secret",
    "wechat_api_secret_file",
    "wechat_api_corp_id",
    "victorops_api_url",
    "victorops_api_key",
    "victorops_api_key_file",
    "telegram_api_url",
    "telegram_bot_token",
    "telegram_bot_token_file",
    "webex_api_url",
    "rocketchat_api_url",
    "rocketchat_token",
    "rocketchat_token_file",
    "rocketchat_token_id",
    "rocketchat_token_id_file",
    "mattermost_webhook_url",
    "mattermost_webhook_url_file",
    "smtp_from",
    "smtp_hello",
    "smtp_smarthost",
    "smtp_auth_username",
    "smtp_auth_password",
    "smtp_auth_password_file",
    "smtp_auth_secret",
    "smtp_auth_secret_file",
    "smtp_auth_identity",
    "smtp_require_tls",
    "smtp_tls_config",
    "smtp_force_implicit_tls"
  };

  private static final String[] AT_MOST_ONE_OF_GLOBAL = {
    "slack_app_token",
    "slack_api_url",
    "opsgenie_api_key",
    "victorops_api_key",
    "telegram_bot_token",
    "smtp_auth_password",
    "smtp_auth_secret",
    "rocketchat_token",
    "rocketchat_token_id",
    "wechat_api_secret",
    "mattermost_webhook_url"
  };

  private AlertmanagerConfigReader() {}

  /**
   * Reads a file.
   *
   * @throws io.ghostworks.config.ConfigException if the file cannot be read or is no YAML
   */
  public static AlertmanagerConfig read(Path file, Findings findings) {
    return read(file, MatcherSyntax.FALLBACK, findings);
  }

  /**
   * Reads a file.
   *
   * @throws io.ghostworks.config.ConfigException if the file cannot be read or is no YAML
   */
  public static AlertmanagerConfig read(Path file, MatcherSyntax syntax, Findings findings) {
    String text = ConfigFile.text(file);
    Path parent = file.toAbsolutePath().getParent();
    return read(
        text,
        YamlReader.read(file.toString(), text),
        parent == null ? Path.of("/") : parent,
        syntax,
        findings);
  }

  /**
   * Reads a tree; only good for use where the findings have no errors.
   *
   * @param directory where relative paths begin
   */
  public static AlertmanagerConfig read(
      String text, ConfigNode root, Path directory, MatcherSyntax syntax, Findings findings) {
    ConfigMap top = ConfigMap.of(root, findings);
    ConfigMap global = top.mapOrEmpty("global");
    Duration resolveTimeout =
        global.duration("resolve_timeout", DurationForm.PROMETHEUS, Duration.ofMinutes(5));
    global.map("http_config").ifPresent(ClientSettingsReader::checked);
    checkGlobal(global);
    List<AlertmanagerConfig.Receiver> receivers = receivers(top, global);
    Set<String> names = new HashSet<>();
    receivers.forEach(receiver -> names.add(receiver.name()));
    Map<String, List<TimeInterval>> intervals = IntervalsReader.read(top);
    MatchersReader matching = new MatchersReader(syntax);
    Route route = new RouteReader(names, intervals.keySet(), matching).root(top);
    List<InhibitRule> inhibitRules = InhibitRulesReader.read(top, matching);
    UnusedSections.check(top);
    TemplateSet templates = templates(top, directory);
    top.rejectUnknownKeys();
    return new AlertmanagerConfig(
        resolveTimeout, route, receivers, inhibitRules, intervals, syntax, templates, text);
  }

  private static void checkGlobal(ConfigMap global) {
    global.know(GLOBAL_KEYS);
    for (String key : AT_MOST_ONE_OF_GLOBAL) {
      if (isFilled(global, key) && isFilled(global, key + "_file")) {
        global.error(
            key + "_file",
            "at most one of %s & %s_file must be configured".formatted(key, key),
            "");
      }
    }
    boolean token = isFilled(global, "slack_app_token") || isFilled(global, "slack_app_token_file");
    boolean url = isFilled(global, "slack_api_url") || isFilled(global, "slack_api_url_file");
    boolean same =
        global
            .string("slack_api_url", "")
            .equals(global.string("slack_app_url", "https://slack.com/api/chat.postMessage"));
    if (token && url && !same) {
      global.error(
          "at most one of slack_app_token/slack_app_token_file & slack_api_url/slack_api_url_file"
              + " must be configured",
          "");
    }
    global.rejectUnknownKeys();
  }

  private static boolean isFilled(ConfigMap map, String key) {
    return map.findSecret(key).filter(text -> !text.isEmpty()).isPresent();
  }

  private static List<AlertmanagerConfig.Receiver> receivers(ConfigMap top, ConfigMap global) {
    List<AlertmanagerConfig.Receiver> receivers = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (ConfigMap map : top.maps("receivers")) {
      String name = map.string("name", "");
      if (name.isEmpty()) {
        map.error("missing name in receiver", "");
      } else if (!names.add(name)) {
        map.error("name", "notification config name \"%s\" is not unique".formatted(name), "");
      }
      Map<String, String> labels = new LinkedHashMap<>(map.stringMap("labels"));
      if (!labels.getOrDefault("name", name).equals(name)) {
        map.error(
            "labels",
            "receiver label \"name\" must match receiver name \"%s\"".formatted(name),
            "");
      }
      labels.put("name", name);
      List<Integration> integrations = ReceiverKinds.read(map, global);
      map.rejectUnknownKeys();
      receivers.add(new AlertmanagerConfig.Receiver(name, labels, integrations));
    }
    return receivers;
  }

  private static TemplateSet templates(ConfigMap top, Path directory) {
    TemplateSet templates = NotificationTemplates.defaults();
    List<String> globs = top.strings("templates");
    for (String glob : globs) {
      try {
        for (Path file : matching(directory.resolve(glob))) {
          templates = templates.parse(String.valueOf(file.getFileName()), ConfigFile.text(file));
        }
      } catch (TemplateException | IOException | IllegalArgumentException e) {
        top.error("templates", String.valueOf(e.getMessage()), "");
      }
    }
    return templates;
  }

  /** The files that a pattern names; none is fine, as in Alertmanager. */
  private static List<Path> matching(Path pattern) throws IOException {
    Path folder = pattern.getParent();
    Path name = pattern.getFileName();
    if (folder == null || name == null || !Files.isDirectory(folder)) {
      return List.of();
    }
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, name.toString())) {
      found.forEach(files::add);
    }
    files.sort(null);
    return files;
  }
}
