package io.ghostworks.alertmanager.receiver;

import io.ghostworks.alertmanager.notify.Integration;
import io.ghostworks.alertmanager.notify.ReceiverKind;
import io.ghostworks.config.ConfigMap;
import java.util.ArrayList;
import java.util.List;

/** The kinds of receivers that there are, in the order in which Alertmanager numbers them. */
public final class ReceiverKinds {

  private static final List<ReceiverKind> ALL =
      List.of(
          Webhook.KIND,
          Email.KIND,
          PagerDuty.KIND,
          Opsgenie.KIND,
          WeChat.KIND,
          Slack.KIND,
          VictorOps.KIND,
          Pushover.KIND,
          Sns.KIND,
          Telegram.KIND,
          Discord.KIND,
          Webex.KIND,
          MsTeams.KIND,
          MsTeamsV2.KIND,
          Jira.KIND,
          IncidentIo.KIND,
          RocketChat.KIND,
          Mattermost.KIND);

  private ReceiverKinds() {}

  /** Reads all entries of a receiver's sections, with the global section's settings as defaults. */
  public static List<Integration> read(ConfigMap receiver, ConfigMap global) {
    List<Integration> all = new ArrayList<>();
    for (ReceiverKind kind : ALL) {
      receiver.maps(kind.section()).forEach(map -> all.add(kind.read(map, global)));
    }
    return all;
  }
}
