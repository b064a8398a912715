package io.ghostworks.instrumentation.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import io.opentelemetry.api.logs.LoggerProvider;
import java.time.ZoneId;
import org.slf4j.LoggerFactory;

/**
 * Sets Logback up: what the process writes to its standard output, and what goes over OTLP. The
 * configuration that was there is replaced.
 */
public final class LogOutput {
  private static final String OTLP = "ghostworks-otlp";

  private LogOutput() {}

  /** How log lines look on standard output. */
  public enum Style {
    /** One JSON object a line. */
    JSON,
    /** Lines for a person, in development. */
    CONSOLE
  }

  /** Writes every log event to standard output, and none elsewhere. */
  public static void writeToConsole(Style style, String service) {
    Logger root = rootLogger();
    LoggerContext context = root.getLoggerContext();
    root.detachAndStopAllAppenders();
    Encoder<ILoggingEvent> encoder =
        style == Style.JSON ? new JsonEncoder(service) : new ConsoleEncoder(ZoneId.systemDefault());
    encoder.setContext(context);
    encoder.start();
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(context);
    console.setName("ghostworks-console");
    console.setEncoder(encoder);
    console.start();
    root.setLevel(Level.INFO);
    root.addAppender(console);
    context.getLogger(AuditLog.LOGGER).setLevel(Level.INFO);
  }

  /** Gives every log event to OpenTelemetry as well, until {@link #detach}. */
  public static void attach(LoggerProvider application, LoggerProvider audit) {
    detach();
    Logger root = rootLogger();
    OtlpAppender appender = new OtlpAppender(application, audit);
    appender.setContext(root.getLoggerContext());
    appender.setName(OTLP);
    appender.start();
    root.addAppender(appender);
  }

  /** Stops giving log events to OpenTelemetry. */
  public static void detach() {
    Logger root = rootLogger();
    Appender<ILoggingEvent> appender = root.getAppender(OTLP);
    if (appender != null) {
      root.detachAppender(appender);
      appender.stop();
    }
  }

  private static Logger rootLogger() {
    return ((LoggerContext) LoggerFactory.getILoggerFactory())
        .getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }
}
