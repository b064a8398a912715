package io.ghostworks.saas.domain;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import io.ghostworks.instrumentation.jobs.JobTelemetry;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import javax.sql.DataSource;

/**
 * Puts jobs into the queue in the database, with the context in which they were asked for. A job is
 * in the queue once the surrounding transaction of the data source is committed. Thread-safe.
 */
public final class JobQueue {
  private final SchedulerClient client;
  private final JobTelemetry telemetry;
  private final Clock clock;
  private final Ids ids = new Ids();

  public JobQueue(DataSource dataSource, JobTelemetry telemetry, Clock clock) {
    this.client =
        SchedulerClient.Builder.create(dataSource).serializer(new JobSerializer()).build();
    this.telemetry = telemetry;
    this.clock = clock;
  }

  /** A job that is due now. */
  public void add(TaskDescriptor<Job> job, Map<String, String> arguments) {
    add(job, arguments, clock.instant());
  }

  /** A job that is due at a time. */
  public void add(TaskDescriptor<Job> job, Map<String, String> arguments, Instant dueAt) {
    add(job, ids.next("job"), arguments, dueAt);
  }

  /**
   * A job with an id of the caller's: while one of that kind and id is in the queue, adding it
   * again does nothing.
   */
  public void add(
      TaskDescriptor<Job> job, String id, Map<String, String> arguments, Instant dueAt) {
    telemetry.enqueue(
        job.getTaskName(),
        context ->
            client.scheduleIfNotExists(
                job.instance(id).data(new Job(arguments, context)).build(), dueAt));
  }
}
