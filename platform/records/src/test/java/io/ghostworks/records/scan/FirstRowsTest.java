package io.ghostworks.records.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.query.record.Field;
import io.ghostworks.records.batch.ColumnSet;
import io.ghostworks.records.batch.LogSchema;
import io.ghostworks.records.batch.RandomRecords;
import io.ghostworks.records.column.ColumnBlock;
import io.ghostworks.records.part.RecordPart;
import io.ghostworks.records.part.RecordPartWriter;
import io.ghostworks.storage.file.SimulatedFileSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FirstRowsTest {
  private static final Path FILE = Path.of("/data/logs-000000000001.part");
  private static final long START = 1_800_000_000_000_000_000L;
  private static final int ROWS = 300;

  @Test
  void showTheSameStreamsAndKeysAsAllRows() throws IOException {
    long seed = Long.getLong("ghostworks.seed", 20_261_123L);
    Random random = new Random(seed);
    for (int round = 0; round < 5; round++) {
      LogBatch batch = new RandomRecords(random).logs(ROWS, START, 60);
      RecordPart<LogBatch> part = written(batch);
      for (int i = 0; i < 20; i++) {
        long one = batch.timeNanos(random.nextInt(ROWS));
        long other = batch.timeNanos(random.nextInt(ROWS));
        long start = i == 0 ? 0 : i == 1 ? part.maxTimeNanos(0) + 1 : Math.min(one, other);
        long end = i < 2 ? Long.MAX_VALUE : Math.max(one, other);
        for (Field.Scope scope :
            List.of(
                Field.Scope.ATTRIBUTE,
                Field.Scope.RESOURCE,
                Field.Scope.INSTRUMENTATION,
                Field.Scope.STREAM)) {
          LogBatch first = FirstRows.load(new Block(part), ColumnSet.KEYS, start, end);
          assertThat(first).isNotNull();
          assertThat(facts(first, scope, start, end))
              .as("seed %d, %s from %d to %d", seed, scope, start, end)
              .isEqualTo(facts(batch, scope, start, end));
        }
      }
      part.retire(true);
    }
  }

  private static Set<String> facts(LogBatch batch, Field.Scope scope, long start, long end) {
    Set<String> facts = new TreeSet<>();
    SourceFacts.keys(batch, scope, start, end, facts::add);
    SourceFacts.streams(batch, List.of(), start, end, labels -> facts.add(labels.toString()));
    return facts;
  }

  private static RecordPart<LogBatch> written(LogBatch batch) throws IOException {
    SimulatedFileSystem files = new SimulatedFileSystem(1);
    files.createDirectories(Path.of("/data"));
    try (RecordPartWriter<LogBatch> writer =
        RecordPartWriter.create(files, FILE, 7, new LogSchema())) {
      writer.add(TenantId.DEFAULT, batch);
      writer.finish();
    }
    return RecordPart.open(files, FILE, 7, new LogSchema());
  }

  private record Block(RecordPart<LogBatch> part) implements RowSource<LogBatch> {
    @Override
    public long minTimeNanos() {
      return part.minTimeNanos(0);
    }

    @Override
    public long maxTimeNanos() {
      return part.maxTimeNanos(0);
    }

    @Override
    public @Nullable ColumnBlock open() {
      return part.columns(0);
    }

    @Override
    public LogBatch load(ColumnBlock block, int[] rows, ColumnSet columns) {
      return part.read(block, 0, rows, columns);
    }

    @Override
    public LogBatch load(ColumnSet columns) {
      return part.read(0, columns);
    }

    @Override
    public long loadBytes(ColumnSet columns) {
      return 0;
    }
  }
}
