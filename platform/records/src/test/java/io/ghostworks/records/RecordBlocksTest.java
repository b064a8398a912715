package io.ghostworks.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.model.record.ValueText;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.QueryWorkers;
import io.ghostworks.query.record.BlockReader;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.RecordBlock;
import io.ghostworks.query.record.RecordScan;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.query.record.ScannedBlocks;
import io.ghostworks.query.record.Signal;
import io.ghostworks.records.batch.RandomRecords;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecordBlocksTest {

  private static final List<Field> FIELDS =
      List.of(
          Field.TIME,
          Field.DURATION,
          Field.NAME,
          Field.SERVICE_NAME,
          Field.STATUS_CODE,
          Field.SPAN_ID,
          Field.TRACE_STATE,
          Field.INSTRUMENTATION_NAME,
          new Field(Field.Scope.ATTRIBUTE, "http.route"),
          new Field(Field.Scope.ATTRIBUTE_OR_RESOURCE, "user.id"),
          new Field(Field.Scope.ATTRIBUTE_OR_RESOURCE, "retry"),
          new Field(Field.Scope.RESOURCE, "user.id"));
  private static final List<Field> DETAILS =
      List.of(Field.TRACE_ID, Field.NAME, new Field(Field.Scope.ATTRIBUTE, "retry"));

  @Test
  void blocksHaveTheRowsOfAScanWhicheverPartsTheyLieIn() throws IOException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    RandomRecords records = new RandomRecords(random);
    EngineFixture fixture = new EngineFixture(seed).open();
    List<SpanBatch> sent = new ArrayList<>();
    for (int round = 0; round < 6; round++) {
      long from = EngineFixture.START - random.nextInt(100) * 1_000_000_000L;
      SpanBatch batch =
          !sent.isEmpty() && random.nextInt(4) == 0
              ? sent.get(random.nextInt(sent.size()))
              : records.spans(1 + random.nextInt(200), from, 20);
      sent.add(batch);
      fixture.offer(EngineFixture.TENANT, batch);
      if (random.nextInt(3) == 0) {
        fixture.engine.flush();
      }
      if (random.nextInt(5) == 0) {
        fixture.engine.maintain();
      }
      for (Filter filter : filters()) {
        check(fixture, filter, seed);
      }
    }
    fixture.engine.close();
  }

  private static List<Filter> filters() {
    return List.of(
        Filter.ALL,
        new Filter.Compare(
            Field.DURATION, Filter.Operator.GREATER, new Filter.Literal.Whole(1_000)),
        new Filter.Not(
            new Filter.Compare(
                Field.STATUS_CODE, Filter.Operator.EQUAL, new Filter.Literal.Whole(0))));
  }

  private static void check(EngineFixture fixture, Filter filter, long seed) {
    RecordScan scan =
        new RecordScan(
            Signal.SPANS,
            EngineFixture.START - 90_000_000_000L,
            EngineFixture.START + 1_000_000_000L,
            filter,
            FIELDS,
            RecordScan.Order.OLDEST_FIRST,
            Integer.MAX_VALUE);
    RecordSource source = fixture.engine.source();
    List<String> wanted = new ArrayList<>();
    List<String> got = Collections.synchronizedList(new ArrayList<>());
    try (QueryContext context = fixture.context(EngineFixture.TENANT);
        QueryWorkers workers = new QueryWorkers(2)) {
      context.withWorkers(workers);
      ScannedBlocks.read(asked -> source.scan(asked, context), scan, DETAILS, reader(wanted));
      source.blocks(scan, DETAILS, context, () -> reader(got));
      assertThat(context.reservedBytes()).isZero();
    }
    Collections.sort(wanted);
    Collections.sort(got);
    assertThat(got).as("seed %d", seed).isEqualTo(wanted);
  }

  private static BlockReader reader(List<String> target) {
    return block -> {
      RecordBlock all = block.details(IntStream.range(0, block.rows()).toArray());
      int[] some = IntStream.range(0, block.rows()).filter(row -> row % 3 == 1).toArray();
      for (int row = 0; row < block.rows(); row++) {
        target.add(shown(block, FIELDS.size(), row) + shown(all, DETAILS.size(), row));
      }
      RecordBlock picked = block.details(some);
      for (int i = 0; i < some.length; i++) {
        assertThat(shown(picked, DETAILS.size(), i)).isEqualTo(shown(all, DETAILS.size(), some[i]));
      }
    };
  }

  private static String shown(RecordBlock block, int columns, int row) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < columns; i++) {
      text.append(shown(block.column(i), row)).append('|');
    }
    return text.toString();
  }

  private static String shown(RecordBlock.Column column, int row) {
    return switch (column) {
      case RecordBlock.Numbers numbers -> Long.toString(numbers.values()[row]);
      case RecordBlock.Values values -> {
        int[] codes = values.codes();
        int at = codes == null ? row : codes[row];
        ValueColumn of = values.values();
        yield at < 0 || of.type(at) == ValueColumn.NONE
            ? "none"
            : of.type(at) + ":" + ValueText.of(of, at);
      }
    };
  }
}
