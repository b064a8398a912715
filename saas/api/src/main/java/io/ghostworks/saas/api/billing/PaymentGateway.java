package io.ghostworks.saas.api.billing;

import io.ghostworks.instrumentation.Telemetry;
import io.ghostworks.instrumentation.trace.BusinessSpans;
import io.ghostworks.saas.api.problem.ApiProblem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Charges for invoices. This SaaS has no bank behind it: every charge succeeds at once, except that
 * the gateway drops a connection now and then where {@code saas.payments.drop-every} says how
 * often, so that a healthy demo has as few server errors as a healthy service has. Thread-safe.
 */
@Component
final class PaymentGateway {
  private final BusinessSpans spans;
  private final Clock clock;
  private final Duration dropEvery;
  private Instant nextDrop = Instant.EPOCH;

  /**
   * @param dropEvery how long no connection is dropped after one was; 0 drops none
   */
  PaymentGateway(
      BusinessSpans spans,
      Telemetry telemetry,
      Clock clock,
      @Value("${saas.payments.drop-every:0s}") Duration dropEvery) {
    this.spans = spans;
    this.clock = clock;
    this.dropEvery = dropEvery;
    telemetry
        .http()
        .expectAnswer("POST", BillingController.PAYMENTS, HttpStatus.BAD_GATEWAY.value());
  }

  /** Charges for an invoice; refuses where the gateway does not answer. */
  void charge(String invoiceId, long amountCents) {
    spans.run(
        "payment.charge",
        span -> {
          span.setAttribute("invoice.id", invoiceId);
          span.setAttribute("payment.amount_cents", amountCents);
          if (dropsThis()) {
            throw new ApiProblem(
                HttpStatus.BAD_GATEWAY,
                "payment_gateway_unavailable",
                "the payment gateway dropped the connection; nothing is charged and the invoice"
                    + " stays open: try again");
          }
        });
  }

  private synchronized boolean dropsThis() {
    Instant now = clock.instant();
    if (dropEvery.isZero() || now.isBefore(nextDrop)) {
      return false;
    }
    nextDrop = now.plus(dropEvery);
    return true;
  }
}
