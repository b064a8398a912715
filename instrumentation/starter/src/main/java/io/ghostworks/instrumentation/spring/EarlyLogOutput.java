package io.ghostworks.instrumentation.spring;

import io.ghostworks.instrumentation.logging.LogOutput;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/** Gives the lines that Spring Boot logs while it starts the form of all later ones. */
public final class EarlyLogOutput
    implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {
  @Override
  public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
    Environment environment = event.getEnvironment();
    LogOutput.writeToConsole(
        environment.getProperty(
            "ghostworks.telemetry.log-style", LogOutput.Style.class, LogOutput.Style.JSON),
        environment.getProperty(
            "ghostworks.telemetry.service-name",
            environment.getProperty(
                "spring.application.name", TelemetryAutoConfiguration.UNNAMED)));
  }

  /** Directly after Spring Boot has set its own logging up. */
  @Override
  public int getOrder() {
    return LoggingApplicationListener.DEFAULT_ORDER + 1;
  }
}
