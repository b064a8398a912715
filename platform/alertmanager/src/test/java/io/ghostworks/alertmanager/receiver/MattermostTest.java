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
import org.junit.jupiter.api.Test;

class MattermostTest {
  private final FakeService service = new FakeService();

  private static final String ENTRY = "{webhook_url: 'http://mm/hooks/x', channel: ops}";

  @Test
  void postsItsOwnAttachment() {
    assertThat(
            service.tell(
                Mattermost.KIND,
                "{webhook_url: 'http://mm/hooks/x', channel: c, username: u, text: '<t>', title:"
                    + " ti, title_link: tl, fallback: f, icon_url: iu, icon_emoji: ie, type: ty,"
                    + " pretext: p, author_name: an, author_link: al, author_icon: ai, thumb_url:"
                    + " th, footer: fo, footer_icon: fi, image_url: im, fields: [{title: a, value:"
                    + " b}, {title: c, value: d, short: true}], props: {card: 'x {{ .Status }}'},"
                    + " priority: {priority: URGENT, requested_ack: true, persistent_notifications:"
                    + " true}}",
                notification(firing("a"))))
        .isInstanceOf(Outcome.Delivered.class);
    assertThat(service.said(0))
        .isEqualTo(
            "POST http://mm/hooks/x"
                + " {\"channel\":\"c\",\"username\":\"u\",\"icon_url\":\"iu\",\"icon_emoji\":\"ie\",\"attachments\":[{"
                + "\"fallback\":\"f\",\"color\":\"danger\",\"pretext\":\"p\",\"text\":\"\\u003ct\\u003e\",\"author_name\":\"an\",\"author_link\":\"al\",\"author_icon\":\"ai\",\"title\":\"ti\",\"title_link\":\"tl\","
                + "\"fields\":[{\"title\":\"a\",\"value\":\"b\"},{\"title\":\"c\",\"value\":\"d\",\"short\":true}],"
                + "\"thumb_url\":\"th\",\"footer\":\"fo\",\"footer_icon\":\"fi\",\"image_url\":\"im\"}],\"type\":\"ty\",\"props\":{\"card\":\"x"
                + " firing\"},\"priority\":{\"priority\":\"urgent\",\"requested_ack\":true,\"persistent_notifications\":true}}\n");
  }

  @Test
  void postsGivenAttachmentsBelowTheText() {
    service.tell(
        Mattermost.KIND,
        "{webhook_url: 'http://mm/x', username: u, text: '"
            + "t".repeat(17_000)
            + "', attachments: [{text: one}, {title: two}], priority: {priority: odd,"
            + " requested_ack: true, persistent_notifications: true}}",
        notification(firing("a")));
    assertThat(service.body(0))
        .isEqualTo(
            "{\"text\":\""
                + "t".repeat(16_382)
                + "…\",\"username\":\"u\",\"attachments\":[{\"text\":\"one\"},{\"title\":\"two\"}],\"priority\":{\"priority\":\"standard\"}}\n");
  }

  @Test
  void hasAlertmanagersTextsAndTheGlobalAddress() {
    service.tell(
        Mattermost.KIND,
        "{}",
        "{mattermost_webhook_url: 'http://g/x'}",
        notification(resolved("a")),
        ReceiverData.NONE);
    assertThat(service.said(0))
        .startsWith(
            "POST http://g/x"
                + " {\"username\":\"Alertmanager\",\"attachments\":[{\"fallback\":\"[RESOLVED] Down"
                + " (a critical) |"
                + " http://am/#/alerts?receiver=team\",\"color\":\"good\",\"text\":\"");
  }

  @Test
  void triesAgainWhatMayHeal() {
    assertFailed(
        new Answer(400, "bad"),
        "channel \"ops\": unexpected status code 400: bad",
        false,
        FailureReason.CLIENT_ERROR);
    assertFailed(
        new Answer(502, ""),
        "channel \"ops\": unexpected status code 502",
        true,
        FailureReason.SERVER_ERROR);
    assertFailed(
        FakeService.BROKEN, "Post \"<redacted>\": connection reset", true, FailureReason.OTHER);
  }

  @Test
  void refusesWhatAlertmanagerRefuses() {
    assertThat(mistakes(Mattermost.KIND, "{}", "{}"))
        .singleElement()
        .asString()
        .contains("missing webhook_url or webhook_url_file on mattermost_config");
    assertThat(mistakes(Mattermost.KIND, "{webhook_url: 'http://x', webhook_url_file: y}", "{}"))
        .singleElement()
        .asString()
        .contains("at most one of webhook_url & webhook_url_file must be configured");
    assertThat(mistakes(Mattermost.KIND, "{webhook_url: 'http://x', fields: [{value: v}]}", "{}"))
        .singleElement()
        .asString()
        .contains("missing title in Mattermost field configuration");
    assertThat(mistakes(Mattermost.KIND, "{webhook_url: 'http://x', fields: [{title: v}]}", "{}"))
        .singleElement()
        .asString()
        .contains("missing value in Mattermost field configuration");
  }

  private void assertFailed(Answer answer, String error, boolean retry, FailureReason reason) {
    service.answering(answer);
    assertThat(service.tell(Mattermost.KIND, ENTRY, notification(firing("a"))))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.error()).isEqualTo(error);
              assertThat(failed.retry()).isEqualTo(retry);
              assertThat(failed.reason()).isEqualTo(reason);
            });
  }
}
