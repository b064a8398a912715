package io.ghostworks.saas.worker;

import io.ghostworks.instrumentation.trace.BusinessSpans;
import io.ghostworks.saas.domain.Job;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.zip.CRC32C;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes an artifact searchable. The content is not kept in this SaaS: its checksum is taken over as
 * many bytes.
 */
final class ArtifactProcessing implements JobHandler {
  private static final Logger log = LoggerFactory.getLogger(ArtifactProcessing.class);
  private static final int CHUNK_BYTES = 1 << 16;
  private static final int CHUNKS_MAX = 64;

  private final DataSource dataSource;
  private final BusinessSpans spans;
  private final Clock clock;

  ArtifactProcessing(DataSource dataSource, BusinessSpans spans, Clock clock) {
    this.dataSource = dataSource;
    this.spans = spans;
    this.clock = clock;
  }

  @Override
  public void handle(String jobId, Job job) throws SQLException {
    String artifactId = job.argument("artifactId");
    long checksum = spans.call("artifact.checksum", span -> checksum(artifactId));
    try (Connection connection = dataSource.getConnection();
        PreparedStatement update =
            connection.prepareStatement(
                "update artifact set processed_at = ? where id = ? and processed_at is null")) {
      update.setTimestamp(1, Timestamp.from(clock.instant()));
      update.setString(2, artifactId);
      update.executeUpdate();
    }
    log.atInfo()
        .addKeyValue("artifact_id", artifactId)
        .addKeyValue("checksum", checksum)
        .log("Artifact processed");
  }

  private static long checksum(String artifactId) {
    CRC32C crc = new CRC32C();
    byte[] chunk = new byte[CHUNK_BYTES];
    int chunks = 1 + Math.floorMod(artifactId.hashCode(), CHUNKS_MAX);
    for (int i = 0; i < chunks; i++) {
      crc.update(chunk);
    }
    return crc.getValue();
  }
}
