package io.ghostworks.saas.worker;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.ghostworks.instrumentation.Telemetry;
import io.ghostworks.instrumentation.context.TelemetryContext;
import io.ghostworks.saas.domain.Job;
import io.opentelemetry.context.Context;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The tasks of the queue as db-scheduler runs them: each in the context that is stored with it,
 * retried when it fails.
 */
final class Jobs {
  private final Telemetry telemetry;
  private final Map<TaskDescriptor<Job>, JobHandler> handlers;
  private final Consumer<String> tenants;

  /**
   * @param tenants is told of the tenant of each job, where it has one, before the job is done
   */
  Jobs(
      Telemetry telemetry,
      Map<TaskDescriptor<Job>, JobHandler> handlers,
      Consumer<String> tenants) {
    this.telemetry = telemetry;
    this.handlers = Map.copyOf(handlers);
    this.tenants = tenants;
  }

  List<Task<?>> tasks() {
    return handlers.entrySet().stream()
        .<Task<?>>map(entry -> task(entry.getKey(), entry.getValue()))
        .toList();
  }

  private Task<Job> task(TaskDescriptor<Job> descriptor, JobHandler handler) {
    return Tasks.oneTime(descriptor)
        .onFailureRetryLater()
        .onDeadExecutionRevive()
        .execute((instance, execution) -> {
          try {
            telemetry
                .jobs()
                .run(
                    descriptor.getTaskName(),
                    instance.getData().context(),
                    execution.getExecution().executionTime,
                    () -> {
                      String tenantId = TelemetryContext.tenantId(Context.current());
                      if (tenantId != null) {
                        tenants.accept(tenantId);
                      }
                      handler.handle(instance.getId(), instance.getData());
                    });
          } catch (RuntimeException e) {
            throw e;
          } catch (Exception e) {
            throw new IllegalStateException(descriptor.getTaskName() + " failed", e);
          }
        });
  }
}
