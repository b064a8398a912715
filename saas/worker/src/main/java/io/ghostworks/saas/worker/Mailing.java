package io.ghostworks.saas.worker;

import io.ghostworks.instrumentation.trace.BusinessSpans;
import io.ghostworks.saas.domain.Job;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends mails. This SaaS has no mail server: the time that one takes to answer is waited, and the
 * mail is logged.
 */
final class Mailing implements JobHandler {
  private static final Logger log = LoggerFactory.getLogger(Mailing.class);
  private static final long ANSWER_MS_MIN = 15;
  private static final long ANSWER_MS_MAX = 120;

  private final BusinessSpans spans;

  Mailing(BusinessSpans spans) {
    this.spans = spans;
  }

  @Override
  public void handle(String jobId, Job job) {
    String template = job.argument("template");
    spans.run(
        "smtp.send",
        span -> {
          span.setAttribute("mail.template", template);
          pause(ThreadLocalRandom.current().nextLong(ANSWER_MS_MIN, ANSWER_MS_MAX));
        });
    log.atInfo().addKeyValue("template", template).log("Mail sent");
  }

  private static void pause(long ms) {
    try {
      Thread.sleep(ms);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(
          "the worker is stopping; the mail is sent by the next one", e);
    }
  }
}
