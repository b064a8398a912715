package io.ghostworks.saas.api.faults;

import io.ghostworks.instrumentation.trace.BusinessSpans;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** A share of requests fails because the object store does not answer. */
@Component
@ConditionalOnProperty("saas.faults.enabled")
final class ErrorsFault implements Fault {
  private static final double SHARE = 0.35;

  private final BusinessSpans spans;

  ErrorsFault(BusinessSpans spans) {
    this.spans = spans;
  }

  @Override
  public String name() {
    return "errors";
  }

  @Override
  public void strike() {
    if (ThreadLocalRandom.current().nextDouble() < SHARE) {
      spans.run(
          "storage.fetch",
          span -> {
            throw new StorageUnavailableException("the object store refused the connection");
          });
    }
  }

  /** What the client of an object store throws. */
  static final class StorageUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StorageUnavailableException(String message) {
      super(message);
    }
  }
}
