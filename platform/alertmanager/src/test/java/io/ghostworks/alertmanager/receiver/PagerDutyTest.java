package io.ghostworks.alertmanager.receiver;

import static io.ghostworks.alertmanager.receiver.FakeService.firing;
import static io.ghostworks.alertmanager.receiver.FakeService.mistakes;
import static io.ghostworks.alertmanager.receiver.FakeService.notification;
import static io.ghostworks.alertmanager.receiver.FakeService.resolved;
import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.alertmanager.notify.FailureReason;
import io.ghostworks.alertmanager.notify.HttpTransport.Answer;
import io.ghostworks.alertmanager.notify.Sender.Outcome;
import org.junit.jupiter.api.Test;

class PagerDutyTest {
  private static final String PLAIN_DETAILS =
      "details: {firing: f, resolved: r, num_resolved: '', num_firing: '{{ len .Alerts }}'}";

  private final FakeService service = new FakeService();

  @Test
  void triggersAndResolvesEventsOfVersionTwo() {
    String entry =
        """
        routing_key: 'routing-{{ .Status }}'
        url: http://pd/v2/enqueue
        class: c
        component: '{{ .CommonLabels.severity }}'
        images: [{src: s, alt: a, href: h}, {src: '{{ .GroupLabels.none }}'}]
        links: [{href: h, text: t}, {text: t}]
        """
            + PLAIN_DETAILS;
    Outcome outcome = service.tell(PagerDuty.KIND, entry, notification(firing("a")));
    service.tell(PagerDuty.KIND, entry, notification(resolved("a")));
    assertThat(service.said(0))
        .startsWith(
            "POST http://pd/v2/enqueue {\"routing_key\":\"routing-firing\",\"dedup_key\":\"")
        .endsWith(
            "\",\"event_action\":\"trigger\",\"payload\":{\"summary\":\"[FIRING:1] Down (a"
                + " critical)\",\"source\":\"Alertmanager\",\"severity\":\"error\",\"class\":\"c\",\"component\":\"critical\",\"custom_details\":{\"firing\":\"f\",\"num_firing\":1,\"num_resolved\":null,\"resolved\":\"r\"}},\"client\":\"Alertmanager\",\"client_url\":\"http://am/#/alerts?receiver=team\",\"images\":[{\"src\":\"s\",\"alt\":\"a\",\"href\":\"h\"}],\"links\":[{\"href\":\"h\",\"text\":\"t\"}]}\n");
    assertThat(service.body(1)).contains("\"event_action\":\"resolve\"");
    assertThat(outcome.exchanges().getFirst().payload())
        .contains("\"routing_key\":\"<secret>\"")
        .doesNotContain("routing-firing");
  }

  @Test
  void showsTheAlertsAsTheyAre() {
    service.tell(PagerDuty.KIND, "{routing_key: k}", notification(firing("a"), resolved("b")));
    assertThat(service.body(0))
        .contains(
            "\"custom_details\":{\"firing\":[{\"annotations\":{\"summary\":\"a is"
                + " \\u003cdown\\u003e \\u0026"
                + " out\"},\"endsAt\":\"0001-01-01T00:00:00Z\",\"fingerprint\":\"")
        .contains("\"num_firing\":1,\"num_resolved\":1,\"resolved\":[{\"annotations\"");
  }

  @Test
  void triggersAndResolvesEventsOfVersionOne() {
    String entry = "{service_key: service-key, " + PLAIN_DETAILS + "}";
    service.tell(PagerDuty.KIND, entry, notification(firing("a")));
    service.tell(PagerDuty.KIND, entry, notification(resolved("a")));
    assertThat(service.said(0))
        .startsWith(
            "POST https://events.pagerduty.com/generic/2010-04-15/create_event.json"
                + " {\"service_key\":\"service-key\",\"incident_key\":\"")
        .endsWith(
            "\",\"event_type\":\"trigger\",\"description\":\"[FIRING:1] Down (a"
                + " critical)\",\"event_action\":\"\",\"payload\":null,\"client\":\"Alertmanager\",\"client_url\":\"http://am/#/alerts?receiver=team\",\"details\":{\"firing\":\"f\",\"num_firing\":1,\"num_resolved\":null,\"resolved\":\"r\"}}\n");
    assertThat(service.body(1)).contains("\"event_type\":\"resolve\"").doesNotContain("client");
  }

  @Test
  void removesDetailsThatMakeTheEventTooLarge() {
    String entry =
        "routing_key: k\ndescription: '%s'\ndetails: {x: '%s'}"
            .formatted("d".repeat(2000), "x".repeat(512_000));
    service.tell(PagerDuty.KIND, entry, notification(firing("a")));
    service.tell(PagerDuty.KIND, entry.replace("routing", "service"), notification(firing("a")));
    for (int i = 0; i < 2; i++) {
      assertThat(service.body(i))
          .contains(
              "etails\":{\"error\":\"Custom details have been removed because the original event"
                  + " exceeds the maximum size of 512KB\"}")
          .contains("\"" + "d".repeat(1023) + "…\"")
          .hasSizeLessThan(2000);
    }
  }

  @Test
  void triesAgainWhatMayHeal() {
    new FailureTable(PagerDuty.KIND, "{routing_key: k}").failsAsAll(true);
    new FailureTable(PagerDuty.KIND, "{routing_key: k, timeout: 100ms}")
        .fails(
            new Answer(400, "{\"message\":\"invalid\",\"errors\":[\"a\",\"b\"]}"),
            "unexpected status code 400: invalid: a,b",
            false,
            FailureReason.CLIENT_ERROR)
        .fails(
            FakeService.TIMEOUT,
            "failed to post message to PagerDuty: Post \"<redacted>\": context deadline exceeded:"
                + " configured pagerduty timeout reached (100ms)",
            true,
            FailureReason.CONTEXT_DEADLINE_EXCEEDED);
    new FailureTable(PagerDuty.KIND, "{service_key: k}")
        .fails(new Answer(403, "busy"), "unexpected status code 403", true, FailureReason.OTHER)
        .fails(new Answer(429, ""), "unexpected status code 429", false, FailureReason.OTHER);
  }

  @Test
  void failsForGoodWhereATemplateFails() {
    assertForGood(
        "{routing_key: k, details: {a: {b: ['{{ nothing }}']}}}",
        "failed to render details: template: ");
    assertForGood("{routing_key: k, severity: '{{ '}", "failed to template PagerDuty v2 message: ");
    assertForGood("{service_key: k, client: '{{ '}", "failed to template PagerDuty v1 message: ");
    assertForGood("{routing_key: '{{ .GroupLabels.x }}'}", "routing key cannot be empty");
    assertForGood("{service_key: '{{ .GroupLabels.x }}'}", "service key cannot be empty");
    assertThat(service.requests).isEmpty();
  }

  private void assertForGood(String entry, String error) {
    assertThat(service.tell(PagerDuty.KIND, entry, notification(firing("a"))))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.error()).startsWith(error);
              assertThat(failed.retry()).isFalse();
            });
  }

  @Test
  void refusesWhatAlertmanagerRefuses() {
    assertThat(mistakes(PagerDuty.KIND, "{}", "{}"))
        .singleElement()
        .asString()
        .contains("missing service or routing key in PagerDuty config");
    assertThat(mistakes(PagerDuty.KIND, "{routing_key: a, routing_key_file: b}", "{}"))
        .singleElement()
        .asString()
        .contains("at most one of routing_key & routing_key_file must be configured");
  }
}
