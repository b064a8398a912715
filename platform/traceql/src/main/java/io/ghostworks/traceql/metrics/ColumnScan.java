package io.ghostworks.traceql.metrics;

import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.BlockReader;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.RecordBlock;
import io.ghostworks.query.record.RecordScan;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.query.record.Signal;
import io.ghostworks.traceql.ast.Attribute;
import io.ghostworks.traceql.ast.Intrinsic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the spans of an aggregation straight from the columns of the store, where its filter and
 * all that it computes with are columns: no trace is put together.
 */
final class ColumnScan {

  private final AggregationPlan plan;
  private final Filter filter;
  private final List<SpanField> by;
  private final @Nullable SpanField value;
  private final boolean extrapolates;
  private final List<Named> details;

  private record Named(String name, SpanField field) {}

  private ColumnScan(
      AggregationPlan plan,
      Filter filter,
      List<SpanField> by,
      @Nullable SpanField value,
      boolean extrapolates,
      List<Named> details) {
    this.plan = plan;
    this.filter = filter;
    this.by = by;
    this.value = value;
    this.extrapolates = extrapolates;
    this.details = details;
  }

  /**
   * The scan of an aggregation, if it is one.
   *
   * @param shown attributes that exemplars show
   */
  static Optional<ColumnScan> of(
      AggregationPlan plan, Optional<Filter> filter, Set<Attribute> shown, boolean extrapolates) {
    List<SpanField> by = new ArrayList<>();
    for (Attribute attribute : plan.by()) {
      SpanField.of(attribute).ifPresent(by::add);
    }
    Attribute attribute = plan.value();
    SpanField value = attribute == null ? null : SpanField.of(attribute).orElse(null);
    boolean isComplete =
        filter.isPresent() && by.size() == plan.by().size() && (attribute == null || value != null);
    return isComplete
        ? Optional.of(new ColumnScan(plan, filter.get(), by, value, extrapolates, details(shown)))
        : Optional.empty();
  }

  private static List<Named> details(Set<Attribute> shown) {
    Set<Attribute> all = new LinkedHashSet<>();
    all.add(Attribute.of(Intrinsic.TRACE_ID));
    all.addAll(shown);
    List<Named> details = new ArrayList<>();
    for (Attribute attribute : all) {
      SpanField.of(attribute)
          .ifPresent(field -> details.add(new Named(attribute.toString(), field)));
    }
    return details;
  }

  /** Reads all spans of the range. */
  SpanWork read(RecordSource source, Steps steps, QueryContext context, Supplier<SpanWork> works) {
    List<Field> projection = new ArrayList<>();
    projection.add(Field.TIME);
    by.forEach(each -> projection.add(each.field()));
    if (value != null) {
      projection.add(value.field());
    }
    if (extrapolates) {
      projection.add(Field.TRACE_STATE);
    }
    SpanWork first = works.get();
    List<Reader> readers = new ArrayList<>();
    source.blocks(
        new RecordScan(
            Signal.SPANS,
            steps.startNanos() + 1,
            steps.endNanos() + 1,
            filter,
            projection,
            RecordScan.Order.OLDEST_FIRST,
            Integer.MAX_VALUE),
        first.exemplars().isEmpty()
            ? List.of()
            : details.stream().map(detail -> detail.field().field()).toList(),
        context,
        () -> {
          Reader reader = new Reader(readers.isEmpty() ? first : works.get());
          readers.add(reader);
          return reader;
        });
    for (int i = 1; i < readers.size(); i++) {
      first.addAll(readers.get(i).work);
    }
    return first;
  }

  /** Reads the blocks of one thread. */
  private final class Reader implements BlockReader {
    private final SpanWork work;
    private final ColumnValues values;
    private final ColumnValues detailValues;
    private final int[] key = new int[by.size()];
    private final int[][] numbers = new int[by.size()][];
    private int[] groups = {};
    private int[] groupOfNumber = {};
    private double[] doubles = {};
    private double[] weights = {};
    private double[] shown = {};

    Reader(SpanWork work) {
      this.work = work;
      this.values = new ColumnValues(work.groups().values());
      this.detailValues = values;
    }

    @Override
    public void read(RecordBlock block) {
      int rows = block.rows();
      if (groups.length < rows) {
        groups = new int[rows];
        doubles = new double[rows];
        weights = new double[rows];
        shown = new double[rows];
        for (int i = 0; i < numbers.length; i++) {
          numbers[i] = new int[rows];
        }
      }
      group(block, rows);
      double[] computed = null;
      double[] exemplarValues = null;
      if (value != null) {
        RecordBlock.Column column = block.column(1 + by.size());
        double divisor = plan.divisor();
        number(column, plan.isHistogram(), divisor, rows, doubles);
        computed = doubles;
        exemplarValues = doubles;
        if (plan.exemplarDivisor() != divisor && !work.exemplars().isEmpty()) {
          number(column, plan.isHistogram(), plan.exemplarDivisor(), rows, shown);
          exemplarValues = shown;
        }
      }
      long[] times = ((RecordBlock.Numbers) block.column(0)).values();
      work.add(
          rows,
          times,
          groups,
          computed,
          extrapolates ? weights(block, rows) : null,
          exemplarValues,
          picked -> labels(block.details(picked)));
    }

    private void number(
        RecordBlock.Column column, boolean wholeOnly, double divisor, int rows, double[] out) {
      boolean isNumber =
          value != null
              && (value.form() == SpanField.Form.VALUE || value.form() == SpanField.Form.DURATION);
      if (isNumber) {
        // As in Tempo a span without events has the time 0 of one.
        double absent = value != null && value.form() == SpanField.Form.DURATION ? 0 : Double.NaN;
        ColumnValues.doubles(column, wholeOnly, absent, divisor, rows, out);
      } else {
        Arrays.fill(out, 0, rows, Double.NaN);
      }
    }

    private double[] weights(RecordBlock block, int rows) {
      int index = 1 + by.size() + (value == null ? 0 : 1);
      SpanMultiplier.read((RecordBlock.Values) block.column(index), rows, weights);
      return weights;
    }

    private void group(RecordBlock block, int rows) {
      for (int i = 0; i < numbers.length; i++) {
        values.numbers(block.column(1 + i), by.get(i).form(), rows, numbers[i]);
      }
      GroupTable table = work.groups();
      if (numbers.length == 0) {
        Arrays.fill(groups, 0, rows, table.group(key));
      } else if (numbers.length == 1) {
        single(table, numbers[0], rows);
      } else {
        several(table, rows);
      }
    }

    private void single(GroupTable table, int[] numberOf, int rows) {
      int size = table.values().size();
      if (groupOfNumber.length < size) {
        int from = groupOfNumber.length;
        groupOfNumber = Arrays.copyOf(groupOfNumber, Math.max(size, 2 * from));
        Arrays.fill(groupOfNumber, from, groupOfNumber.length, -2);
      }
      for (int row = 0; row < rows; row++) {
        int number = numberOf[row];
        int group = groupOfNumber[number];
        if (group == -2) {
          key[0] = number;
          group = table.group(key);
          groupOfNumber[number] = group;
        }
        groups[row] = group;
      }
    }

    private void several(GroupTable table, int rows) {
      for (int row = 0; row < rows; row++) {
        boolean asBefore = row > 0;
        for (int i = 0; asBefore && i < numbers.length; i++) {
          asBefore = numbers[i][row] == numbers[i][row - 1];
        }
        if (asBefore) {
          groups[row] = groups[row - 1];
        } else {
          for (int i = 0; i < numbers.length; i++) {
            key[i] = numbers[i][row];
          }
          groups[row] = table.group(key);
        }
      }
    }

    private List<List<MetricLabel>> labels(RecordBlock block) {
      int rows = block.rows();
      int[] number = new int[rows];
      List<List<MetricLabel>> labels = new ArrayList<>();
      for (int row = 0; row < rows; row++) {
        labels.add(new ArrayList<>(details.size()));
      }
      for (int i = 0; i < details.size(); i++) {
        detailValues.numbers(block.column(i), details.get(i).field().form(), rows, number);
        for (int row = 0; row < rows; row++) {
          if (number[row] != ValueTable.NONE) {
            labels
                .get(row)
                .add(
                    new MetricLabel(
                        details.get(i).name(), work.groups().values().value(number[row])));
          }
        }
      }
      return labels;
    }
  }
}
