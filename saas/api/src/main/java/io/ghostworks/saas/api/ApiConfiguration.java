package io.ghostworks.saas.api;

import io.ghostworks.instrumentation.Telemetry;
import io.ghostworks.saas.domain.Database;
import io.ghostworks.saas.domain.Job;
import io.ghostworks.saas.domain.JobQueue;
import io.ghostworks.saas.domain.QueueStates;
import java.sql.SQLException;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/** Connects the features with the database, the queue and the clock. */
@Configuration(proxyBeanMethods = false)
class ApiConfiguration {
  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  /** The queue writes in the transaction of the feature that asks for a job. */
  @Bean
  JobQueue jobQueue(DataSource dataSource, Telemetry telemetry, Clock clock) throws SQLException {
    Database.createSchema(dataSource);
    telemetry.jobs().metrics().expectEnqueued(Job.names());
    telemetry.jobs().metrics().watchQueues(new QueueStates(dataSource, clock));
    return new JobQueue(new TransactionAwareDataSourceProxy(dataSource), telemetry.jobs(), clock);
  }
}
