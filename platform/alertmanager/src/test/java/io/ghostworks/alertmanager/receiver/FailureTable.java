package io.ghostworks.alertmanager.receiver;

import static io.ghostworks.alertmanager.receiver.FakeService.firing;
import static io.ghostworks.alertmanager.receiver.FakeService.notification;
import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.alertmanager.notify.FailureReason;
import io.ghostworks.alertmanager.notify.HttpTransport.Answer;
import io.ghostworks.alertmanager.notify.ReceiverKind;
import io.ghostworks.alertmanager.notify.Sender.Outcome;

/** What a kind makes of the answers that a service may give. */
record FailureTable(ReceiverKind kind, String entry) {

  /** That an answer fails the try with this error, at its end, and this decision. */
  FailureTable fails(Answer answer, String errorEnd, boolean retry, FailureReason reason) {
    Outcome outcome =
        new FakeService().answering(answer).tell(kind, entry, notification(firing("a")));
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.error()).endsWith(errorEnd);
              assertThat(failed.retry()).as(errorEnd).isEqualTo(retry);
              assertThat(failed.reason()).as(errorEnd).isEqualTo(reason);
            });
    return this;
  }

  /** What all kinds but the first version of PagerDuty have in common. */
  void failsAsAll(boolean retriesWhenLimited) {
    fails(new Answer(404, ""), "unexpected status code 404", false, FailureReason.CLIENT_ERROR)
        .fails(new Answer(403, ""), "unexpected status code 403", false, FailureReason.AUTH_ERROR)
        .fails(
            new Answer(429, ""),
            "unexpected status code 429",
            retriesWhenLimited,
            FailureReason.RATE_LIMITED)
        .fails(new Answer(500, ""), "unexpected status code 500", true, FailureReason.SERVER_ERROR)
        .fails(FakeService.BROKEN, "\"<redacted>\": connection reset", true, FailureReason.OTHER)
        .fails(
            FakeService.TIMEOUT,
            "\"<redacted>\": context deadline exceeded",
            true,
            FailureReason.CONTEXT_DEADLINE_EXCEEDED);
  }
}
