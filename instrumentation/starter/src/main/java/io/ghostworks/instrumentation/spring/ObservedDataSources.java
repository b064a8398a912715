package io.ghostworks.instrumentation.spring;

import io.ghostworks.instrumentation.Telemetry;
import io.ghostworks.instrumentation.jdbc.ObservedDataSource;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.env.Environment;

/** Puts an observed data source in the place of each that the application defines. */
final class ObservedDataSources implements BeanPostProcessor {
  /** What HikariCP, Spring Boot's pool, opens where nothing else is set. */
  private static final int CONNECTIONS_DEFAULT = 10;

  private final ObjectProvider<Telemetry> telemetry;
  private final Environment environment;

  ObservedDataSources(ObjectProvider<Telemetry> telemetry, Environment environment) {
    this.telemetry = telemetry;
    this.environment = environment;
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String beanName) {
    if (!(bean instanceof DataSource pool) || bean instanceof ObservedDataSource) {
      return bean;
    }
    int connections =
        environment.getProperty(
            "spring.datasource.hikari.maximum-pool-size", Integer.class, CONNECTIONS_DEFAULT);
    return telemetry
        .getObject()
        .observe(pool, environment.getProperty("spring.datasource.url", ""), connections);
  }
}
