package io.ghostworks.saas.worker;

import io.ghostworks.saas.domain.Job;
import java.sql.SQLException;

/**
 * Does the work of one kind of job. It may run again for a job that was done already: it must not
 * do it twice.
 */
interface JobHandler {
  void handle(String jobId, Job job) throws SQLException;
}
