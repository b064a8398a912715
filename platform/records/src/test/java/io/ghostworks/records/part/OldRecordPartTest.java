package io.ghostworks.records.part;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.records.batch.LogSchema;
import io.ghostworks.records.batch.RandomRecords;
import io.ghostworks.records.batch.SpanSchema;
import io.ghostworks.storage.file.DiskFileSystem;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Files that released versions wrote, of rows that {@link RandomRecords} makes from seed 41. */
class OldRecordPartTest {
  private static final int KIND = 7;
  private static final long START = 1_800_000_000_000_000_000L;

  private final RandomRecords records = new RandomRecords(new Random(41));

  @Test
  void readsPartsOfVersion1() throws Exception {
    readsPartsOf("v1");
  }

  @Test
  void readsPartsOfVersion2() throws Exception {
    readsPartsOf("v2");
  }

  @Test
  void readsPartsOfVersion3() throws Exception {
    readsPartsOf("v3");
  }

  private void readsPartsOf(String version) throws IOException, URISyntaxException {
    RecordPart<LogBatch> logs =
        RecordPart.open(new DiskFileSystem(), path(version, "logs.part"), KIND, new LogSchema());
    RecordPart<SpanBatch> spans =
        RecordPart.open(new DiskFileSystem(), path(version, "spans.part"), KIND, new SpanSchema());
    try {
      assertThat(logs.tenant(0)).isEqualTo(new TenantId("acme"));
      assertThat(logs.tenant(1)).isEqualTo(new TenantId("globex"));
      hasRows(logs.read(0), records.logs(12, START, 60));
      hasRows(logs.read(1), records.logs(5, START, 60));
      SpanBatch expected = records.spans(12, START, 60);
      SpanBatch found = spans.read(0);
      for (int row = 0; row < 12; row++) {
        assertThat(RandomRecords.text(found, row)).isEqualTo(RandomRecords.text(expected, row));
        long high = expected.traceIdHigh(row);
        assertThat(spans.blocksOfTrace(high, expected.traceIdLow(row))).containsExactly(0);
      }
    } finally {
      logs.retire(false);
      spans.retire(false);
    }
  }

  private static void hasRows(LogBatch found, LogBatch expected) {
    assertThat(found.rows()).isEqualTo(expected.rows());
    for (int row = 0; row < expected.rows(); row++) {
      assertThat(RandomRecords.text(found, row)).isEqualTo(RandomRecords.text(expected, row));
      assertThat(found.observedNanos(row)).isEqualTo(expected.observedNanos(row));
    }
  }

  private static Path path(String version, String name) throws URISyntaxException {
    URL url = OldRecordPartTest.class.getResource(version + "/" + name);
    return Path.of(Objects.requireNonNull(url).toURI());
  }
}
