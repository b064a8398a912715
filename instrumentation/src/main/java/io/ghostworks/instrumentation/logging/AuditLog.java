package io.ghostworks.instrumentation.logging;

import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The record of who did what: a stream of its own, {@code log_type="audit"}, apart from the
 * application's log so that it can be kept longer and guarded better. Who is the tenant and user of
 * the current context. It is never filtered by level. Thread-safe.
 */
public final class AuditLog {
  /** The attribute {@code log_type} of every audit record. */
  public static final String LOG_TYPE = "audit";

  static final String LOGGER = "audit";

  private final Logger logger = LoggerFactory.getLogger(LOGGER);

  /** How an audited action ended. */
  public enum Outcome {
    SUCCESS,
    DENIED,
    FAILURE
  }

  /**
   * Records an action.
   *
   * @param action what was done, noun and verb ({@code plan.change})
   * @param target on what, by kind and id ({@code tenant/t-1}); never a secret
   * @param details further facts; never a secret
   */
  public void record(String action, String target, Outcome outcome, Map<String, String> details) {
    String result = outcome.name().toLowerCase(java.util.Locale.ROOT);
    LoggingEventBuilder event =
        logger
            .atInfo()
            .addKeyValue("action", action)
            .addKeyValue("target", target)
            .addKeyValue("outcome", result);
    for (Map.Entry<String, String> detail : details.entrySet()) {
      event = event.addKeyValue(detail.getKey(), detail.getValue());
    }
    event.log("{} {} {}", action, target, result);
  }

  static boolean isAudit(String loggerName) {
    return loggerName.equals(LOGGER);
  }
}
