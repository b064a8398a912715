package io.ghostworks.saas.domain;

import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import java.util.List;
import java.util.Map;

/**
 * What stands in the queue for one job.
 *
 * @param arguments what the job is about, by name; ids only
 * @param context trace, tenant, user and correlation id as the propagators write them
 */
public record Job(Map<String, String> arguments, Map<String, String> context) {
  /** Makes an uploaded artifact searchable: argument {@code artifactId}. */
  public static final TaskDescriptor<Job> PROCESS_ARTIFACT =
      TaskDescriptor.of("artifact.process", Job.class);

  /** Sends a mail: arguments {@code userId} or {@code to}, and {@code template}. */
  public static final TaskDescriptor<Job> SEND_EMAIL = TaskDescriptor.of("email.send", Job.class);

  /**
   * Issues the next invoice of a plan: arguments {@code tenantId}, {@code planId}, {@code number}
   * (of the invoice in its plan) and {@code period} (ISO 8601).
   */
  public static final TaskDescriptor<Job> RENEW_PLAN = TaskDescriptor.of("plan.renew", Job.class);

  /** Every kind of job. */
  public static final List<TaskDescriptor<Job>> KINDS =
      List.of(PROCESS_ARTIFACT, SEND_EMAIL, RENEW_PLAN);

  /** The names of every kind of job. */
  public static List<String> names() {
    return KINDS.stream().map(TaskDescriptor::getTaskName).toList();
  }

  public Job {
    arguments = Map.copyOf(arguments);
    context = Map.copyOf(context);
  }

  /** An argument that the job cannot do without. */
  public String argument(String name) {
    String value = arguments.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "a job needs the argument '" + name + "', got " + arguments.keySet());
    }
    return value;
  }
}
