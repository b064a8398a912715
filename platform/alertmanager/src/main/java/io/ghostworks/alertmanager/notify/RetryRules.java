package io.ghostworks.alertmanager.notify;

import java.util.Set;
import java.util.function.BiFunction;

/**
 * Judges a service's answer (Alertmanager's {@code Retrier}): 2xx is success; 5xx and the given
 * codes are tried again; the rest has failed for good.
 *
 * @param retryCodes beside 5xx
 * @param details what of an answer's body goes into the error, by status and body
 */
public record RetryRules(Set<Integer> retryCodes, BiFunction<Integer, String, String> details) {

  /** 5xx is tried again, and the body is the detail. */
  public static final RetryRules DEFAULT = retrying();

  public RetryRules {
    retryCodes = Set.copyOf(retryCodes);
  }

  /** With codes beside 5xx that are tried again. */
  public static RetryRules retrying(Integer... codes) {
    return new RetryRules(Set.of(codes), (status, body) -> body);
  }

  /**
   * @throws NotifyException if the answer is no success
   */
  public void check(HttpTransport.Answer answer) throws NotifyException {
    int status = answer.status();
    if (status / 100 == 2) {
      return;
    }
    String detail = details.apply(status, answer.body());
    throw new NotifyException(
        "unexpected status code " + status + (detail.isEmpty() ? "" : ": " + detail),
        status / 100 == 5 || retryCodes.contains(status),
        FailureReason.ofStatus(status));
  }
}
