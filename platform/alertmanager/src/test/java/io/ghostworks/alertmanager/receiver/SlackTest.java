package io.ghostworks.alertmanager.receiver;

import static io.ghostworks.alertmanager.receiver.FakeService.firing;
import static io.ghostworks.alertmanager.receiver.FakeService.mistakes;
import static io.ghostworks.alertmanager.receiver.FakeService.notification;
import static io.ghostworks.alertmanager.receiver.FakeService.resolved;
import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.alertmanager.notify.FailureReason;
import io.ghostworks.alertmanager.notify.HttpTransport.Answer;
import io.ghostworks.alertmanager.notify.ReceiverData;
import io.ghostworks.alertmanager.notify.Sender.Outcome;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SlackTest {
  private static final Answer OK = new Answer(200, "ok");
  private static final Map<String, String> JSON =
      Map.of("content-type", "application/json; charset=utf-8");

  private final FakeService service = new FakeService();

  @Test
  void postsAnAttachment() {
    service.answering(OK);
    Outcome outcome =
        service.tell(
            Slack.KIND, "{api_url: 'http://slack/services/T0/B0'}", notification(firing("a")));
    assertThat(outcome).isInstanceOf(Outcome.Delivered.class);
    assertThat(service.said(0))
        .isEqualTo(
            "POST http://slack/services/T0/B0"
                + " {\"username\":\"Alertmanager\",\"attachments\":[{\"title\":\"[FIRING:1] Down (a"
                + " critical)\",\"title_link\":\"http://am/#/alerts?receiver=team\",\"text\":\"\",\"fallback\":\"[FIRING:1]"
                + " Down (a critical) |"
                + " http://am/#/alerts?receiver=team\",\"callback_id\":\"\",\"footer\":\"\",\"color\":\"danger\",\"mrkdwn_in\":[\"fallback\",\"pretext\",\"text\"]}]}\n");
    assertThat(outcome.exchanges().getFirst().request()).isEqualTo("POST http://slack/<secret>");
  }

  @Test
  void postsAllThatIsConfigured() {
    service.answering(OK);
    service.tell(
        Slack.KIND,
        """
        api_url: http://slack/
        channel: '#{{ .CommonLabels.severity }}'
        icon_emoji: ':x:'
        icon_url: i
        link_names: true
        message_text: m
        title: '%s'
        pretext: p
        text: t
        image_url: im
        thumb_url: th
        footer: f
        mrkdwn_in: [text]
        short_fields: true
        fields: [{title: a, value: '{{ .Status }}'}, {title: b, value: c, short: false}]
        actions:
          - {type: button, text: go, url: u, name: n, value: v, confirm: {text: sure}}
          - {type: button, text: do, style: s, name: n, value: v, confirm: {text: sure, title: t, ok_text: o, dismiss_text: d}}
        """
            .formatted("x".repeat(1030)),
        notification(resolved("a")));
    assertThat(service.body(0))
        .isEqualTo(
            "{\"channel\":\"#critical\",\"username\":\"Alertmanager\",\"icon_emoji\":\":x:\",\"icon_url\":\"i\",\"link_names\":true,\"text\":\"m\",\"attachments\":[{\"title\":\""
                + "x".repeat(1023)
                + "…\",\"title_link\":\"http://am/#/alerts?receiver=team\",\"pretext\":\"p\",\"text\":\"t\",\"fallback\":\"[RESOLVED]"
                + " Down (a critical) |"
                + " http://am/#/alerts?receiver=team\",\"callback_id\":\"\",\"fields\":[{\"title\":\"a\",\"value\":\"resolved\",\"short\":true},{\"title\":\"b\",\"value\":\"c\",\"short\":false}],\"actions\":[{\"type\":\"button\",\"text\":\"go\",\"url\":\"u\"},{\"type\":\"button\",\"text\":\"do\",\"style\":\"s\",\"name\":\"n\",\"value\":\"v\",\"confirm\":{\"text\":\"sure\",\"title\":\"t\",\"ok_text\":\"o\",\"dismiss_text\":\"d\"}}],\"image_url\":\"im\",\"thumb_url\":\"th\",\"footer\":\"f\",\"color\":\"good\",\"mrkdwn_in\":[\"text\"]}]}\n");
  }

  @Test
  void updatesTheMessageOfTheGroup() {
    String entry =
        "{api_url: 'https://slack.com/api/chat.postMessage', update_message: true, channel: '#c',"
            + " http_config: {authorization: {credentials: token}}}";
    service.answering(new Answer(200, JSON, "{\"ok\":true,\"ts\":\"17.3\",\"channel\":\"C1\"}"));
    Outcome first = service.tell(Slack.KIND, entry, notification(firing("a")));
    assertThat(first)
        .isInstanceOfSatisfying(
            Outcome.Delivered.class,
            delivered ->
                assertThat(delivered.remembered().values())
                    .isEqualTo(Map.of("threadTs", "17.3", "channelId", "C1")));
    service.answering(new Answer(200, JSON, "{\"ok\":true,\"ts\":\"17.4\",\"channel\":\"C1\"}"));
    service.tell(
        Slack.KIND,
        entry,
        "{}",
        notification(firing("a")),
        ((Outcome.Delivered) first).remembered());
    assertThat(service.said(1))
        .startsWith(
            "POST https://slack.com/api/chat.update"
                + " {\"channel\":\"C1\",\"ts\":\"17.3\",\"username\"");
  }

  @Test
  void sendsWithTheTokenOfTheApp() {
    service.answering(OK, OK);
    service.tell(
        Slack.KIND,
        "{channel: c}",
        "{slack_app_token: xoxb, slack_app_url: 'http://slack/api'}",
        notification(firing("a")),
        ReceiverData.NONE);
    service.tell(
        Slack.KIND,
        "{api_url: 'http://hook/1'}",
        "{slack_app_token: xoxb}",
        notification(firing("a")),
        ReceiverData.NONE);
    assertThat(service.requests)
        .extracting(request -> request.uri().toString())
        .containsExactly("http://slack/api", "http://hook/1");
  }

  @Test
  void goesWithoutATextWhoseTemplateFails() {
    service.answering(OK);
    service.tell(
        Slack.KIND,
        "{api_url: 'http://slack/', title: t, text: '{{ nothing }}', channel: c}",
        notification(firing("a")));
    assertThat(service.body(0))
        .isEqualTo(
            "{\"attachments\":[{\"title\":\"t\",\"title_link\":\"http://am/#/alerts?receiver=team\",\"text\":\"\",\"fallback\":\"\",\"callback_id\":\"\",\"footer\":\"\",\"mrkdwn_in\":[\"fallback\",\"pretext\",\"text\"]}]}\n");
  }

  @Test
  void triesAgainWhatMayHeal() {
    FailureTable table = new FailureTable(Slack.KIND, "{api_url: 'http://slack/', channel: '#c'}");
    table.failsAsAll(false);
    table
        .fails(
            new Answer(403, "no_team"),
            "channel \"#c\": unexpected status code 403: no_team",
            false,
            FailureReason.AUTH_ERROR)
        .fails(
            new Answer(200, "no_channel"),
            "channel \"#c\": received an error response from Slack: no_channel",
            false,
            FailureReason.CLIENT_ERROR)
        .fails(
            new Answer(200, JSON, "{\"ok\":false,\"error\":\"channel_not_found\"}"),
            "channel \"#c\": error response from Slack: channel_not_found",
            false,
            FailureReason.CLIENT_ERROR);
    assertThat(
            service
                .answering(new Answer(200, JSON, "<html>"))
                .tell(Slack.KIND, "{api_url: 'http://slack/'}", notification(firing("a"))))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.error()).contains("could not unmarshal JSON response \"<html>\"");
              assertThat(failed.retry()).isTrue();
            });
  }

  @Test
  void refusesWhatAlertmanagerRefuses() {
    assertMistake("{}", "{}", "no Slack API URL nor App token set");
    assertMistake(
        "{api_url: 'http://x', app_token: y}", "{}", "at most one of api_url/api_url_file");
    assertMistake(
        "{api_url: 'http://x', update_message: true}", "{}", "can only be used with bot tokens");
    assertMistake(
        "{fields: [{title: a}]}", "{slack_api_url: 'http://x'}", "missing value in Slack field");
    assertMistake(
        "{actions: [{type: a, text: b}]}", "{slack_api_url: 'http://x'}", "missing name or url");
    assertMistake(
        "{app_token: t, http_config: {authorization: {credentials: c}}}",
        "{}",
        "http authorization can't be set when using Slack App tokens");
  }

  private static void assertMistake(String entry, String global, String message) {
    assertThat(mistakes(Slack.KIND, entry, global)).singleElement().asString().contains(message);
  }
}
