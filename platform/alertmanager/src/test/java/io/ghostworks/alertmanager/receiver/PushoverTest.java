package io.ghostworks.alertmanager.receiver;

import static io.ghostworks.alertmanager.receiver.FakeService.firing;
import static io.ghostworks.alertmanager.receiver.FakeService.mistakes;
import static io.ghostworks.alertmanager.receiver.FakeService.notification;
import static io.ghostworks.alertmanager.receiver.FakeService.resolved;
import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.alertmanager.notify.Sender.Outcome;
import org.junit.jupiter.api.Test;

class PushoverTest {
  private static final String KEYS = "user_key: 'user-{{ .Status }}', token: secret-token";

  private final FakeService service = new FakeService();

  @Test
  void putsEverythingIntoTheQuery() {
    Outcome outcome =
        service.tell(
            Pushover.KIND,
            "{%s, title: 'T & t', message: ' {{ .Status }} ', url: 'http://x/?a', ttl: 90s, sound: siren, device: d, url_title: u}"
                .formatted(KEYS),
            notification(firing("a")));
    assertThat(service.said(0))
        .isEqualTo(
            "POST https://api.pushover.net/1/messages.json?device=d&expire=3600&message=firing&priority=2&retry=60&sound=siren&title=T+%26+t&token=secret-token&ttl=90&url=http%3A%2F%2Fx%2F%3Fa&url_title=u&user=user-firing"
                + " ");
    assertThat(service.requests.getFirst().header("Content-Type")).isEqualTo("text/plain");
    assertThat(outcome.exchanges().getFirst().request())
        .contains("token=<secret>")
        .contains("user=<secret>")
        .doesNotContain("secret-token");
  }

  @Test
  void cutsWhatIsTooLongAndSendsNoEmptyMessage() {
    service.tell(
        Pushover.KIND,
        "{%s, html: true, title: '%s', message: '{{ \"<\" }}%s', url: '%s'}"
            .formatted(KEYS, "t".repeat(300), "m".repeat(2000), "u".repeat(600)),
        notification(resolved("a")));
    assertThat(service.said(0))
        .contains("title=" + "t".repeat(249) + "%E2%80%A6&")
        .contains("message=%26lt%3B" + "m".repeat(1019) + "%E2%80%A6&")
        .contains("url=" + "u".repeat(511) + "%E2%80%A6&")
        .contains("html=1")
        .contains("priority=0")
        .doesNotContain("ttl");
    service.tell(Pushover.KIND, "{%s, message: ' '}".formatted(KEYS), notification());
    assertThat(service.said(1)).contains("message=%28no+details%29");
  }

  @Test
  void triesAgainWhatMayHeal() {
    new FailureTable(Pushover.KIND, "{" + KEYS + "}").failsAsAll(false);
  }

  @Test
  void refusesWhatAlertmanagerRefuses() {
    assertThat(mistakes(Pushover.KIND, "{token: a}", "{}"))
        .singleElement()
        .asString()
        .contains("one of user_key or user_key_file must be configured");
    assertThat(mistakes(Pushover.KIND, "{token: a, user_key: b, html: true, monospace: yes}", "{}"))
        .singleElement()
        .asString()
        .contains("at most one of monospace & html must be configured");
  }
}
