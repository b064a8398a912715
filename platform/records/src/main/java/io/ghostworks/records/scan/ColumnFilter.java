package io.ghostworks.records.scan;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.records.batch.ColumnSet;
import io.ghostworks.records.column.AttributeBlock;
import io.ghostworks.records.column.AttributeKinds;
import io.ghostworks.records.column.ColumnBlock;
import io.ghostworks.records.column.ColumnKind;
import io.ghostworks.records.column.Vector;
import io.ghostworks.records.text.Needle;
import io.ghostworks.records.text.RowSet;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rows of a block that fulfil a filter, on its columns: a test runs once for each
 * distinct value of a column, streams and resources once each, and a column that bounds rule out is
 * not read. What has no quicker way is asked of the rows that are left. Used by one thread.
 *
 * @param <B> the batch
 */
final class ColumnFilter<B> {

  private static final Map<Field, ColumnKind> NUMBERS =
      Map.of(
          Field.TIME, ColumnKind.TIME,
          Field.SEVERITY_NUMBER, ColumnKind.SEVERITY,
          Field.KIND, ColumnKind.SPAN_KIND,
          Field.DURATION, ColumnKind.DURATION,
          Field.STATUS_CODE, ColumnKind.STATUS_CODE);
  private static final Map<Field, ColumnKind> TEXTS =
      Map.of(
          Field.SEVERITY_TEXT, ColumnKind.SEVERITY_TEXT,
          Field.EVENT_NAME, ColumnKind.EVENT_NAME,
          Field.NAME, ColumnKind.NAME,
          Field.STATUS_MESSAGE, ColumnKind.STATUS_MESSAGE,
          Field.TRACE_STATE, ColumnKind.TRACE_STATE);

  private static final TraceKey UNTRACED = new TraceKey(0, 0);

  private final ReadableSchema<B> readable;
  private final ColumnBlock block;
  private final BiFunction<int[], ColumnSet, B> rowsOf;
  private @Nullable AttributeBlock attributes;

  /**
   * @param rowsOf builds rows of the block, ascending
   */
  ColumnFilter(
      ReadableSchema<B> readable, ColumnBlock block, BiFunction<int[], ColumnSet, B> rowsOf) {
    this.readable = readable;
    this.block = block;
    this.rowsOf = rowsOf;
  }

  /** Those of some rows that fulfil a filter; a set of its own. */
  RowSet matches(Filter filter, RowSet among) throws DamagedDataException {
    if (among.isEmpty()) {
      return among.copy();
    }
    return switch (filter) {
      case Filter.And and -> all(and.parts(), among);
      case Filter.Or or -> any(or.parts(), among);
      case Filter.Not not -> {
        RowSet rest = among.copy();
        rest.removeAll(matches(not.part(), among));
        yield rest;
      }
      case Filter.Stream stream -> byTable(filter, ColumnKind.STREAM, among);
      case Filter.Traces traces -> traces(traces.ids(), among);
      case Filter.Exists exists -> leaf(filter, exists.field(), ValueTest.of(exists), among);
      case Filter.Compare compare -> leaf(filter, compare.field(), ValueTest.of(compare), among);
      case Filter.Contains contains ->
          leaf(filter, contains.field(), ValueTest.of(contains), among);
      case Filter.Finds finds -> finds(finds, among);
      case Filter.JsonLabel label -> bodies().mayMatch(label, among);
    };
  }

  private RowSet all(List<Filter> parts, RowSet among) throws DamagedDataException {
    List<Filter> cheapFirst = new ArrayList<>(parts);
    cheapFirst.sort(Comparator.comparingInt(ColumnFilter::cost));
    RowSet left = among.copy();
    for (Filter part : cheapFirst) {
      left = matches(part, left);
      if (left.isEmpty()) {
        break;
      }
    }
    return left;
  }

  private RowSet any(List<Filter> parts, RowSet among) throws DamagedDataException {
    RowSet found = RowSet.none(block.rows());
    RowSet left = among.copy();
    for (Filter part : parts) {
      RowSet more = matches(part, left);
      found.addAll(more);
      left.removeAll(more);
    }
    return found;
  }

  /** How dear a filter is, in no unit. */
  static int cost(Filter filter) {
    return switch (filter) {
      case Filter.And and -> and.parts().stream().mapToInt(ColumnFilter::cost).sum();
      case Filter.Or or -> or.parts().stream().mapToInt(ColumnFilter::cost).sum();
      case Filter.Not not -> cost(not.part());
      case Filter.Stream stream -> 1;
      case Filter.Traces traces -> 2;
      case Filter.Exists exists -> 3;
      case Filter.Compare compare -> compare.field().equals(Field.BODY) ? 100 : 4;
      case Filter.Contains contains -> contains.field().equals(Field.BODY) ? 50 : 6;
      case Filter.Finds finds -> finds.field().equals(Field.BODY) ? 1000 : 20;
      case Filter.JsonLabel label -> 40;
    };
  }

  private RowSet finds(Filter.Finds finds, RowSet among) throws DamagedDataException {
    List<Filter> literals = new ArrayList<>();
    for (Needle needle : BodyNeedles.literals(finds)) {
      literals.add(new Filter.Contains(finds.field(), needle.toByteArray(), needle.ignoresCase()));
    }
    RowSet left = literals.isEmpty() ? among : any(literals, among);
    return left.isEmpty() ? left : leaf(finds, finds.field(), ValueTest.of(finds), left);
  }

  private RowSet leaf(Filter filter, Field field, ValueTest test, RowSet among)
      throws DamagedDataException {
    return switch (field.scope()) {
      case STREAM -> byTable(filter, ColumnKind.STREAM, among);
      case RESOURCE -> byTable(filter, ColumnKind.RESOURCE, among);
      case INSTRUMENTATION -> byTable(filter, ColumnKind.SCOPE, among);
      case EVENT, LINK -> lists().attribute(filter, field, test, among);
      case ATTRIBUTE -> attribute(filter, field, test, among);
      case ATTRIBUTE_OR_RESOURCE -> {
        RowSet own = RowSet.none(block.rows());
        addRowsOf(field.name(), own);
        own.retain(among);
        RowSet others = among.copy();
        others.removeAll(own);
        RowSet found = attribute(filter, field, test, own);
        if (!others.isEmpty()) {
          found.addAll(byTable(filter, ColumnKind.RESOURCE, others));
        }
        yield found;
      }
      case INTRINSIC -> intrinsic(filter, field, test, among);
    };
  }

  /** The column of numbers that an intrinsic field is stored in; null for others. */
  static @Nullable ColumnKind numberKind(Field field) {
    return NUMBERS.get(field);
  }

  /** The column of texts that an intrinsic field is stored in; null for others. */
  static @Nullable ColumnKind textKind(Field field) {
    return TEXTS.get(field);
  }

  private RowSet intrinsic(Filter filter, Field field, ValueTest test, RowSet among)
      throws DamagedDataException {
    if (NUMBERS.containsKey(field)) {
      ColumnKind kind = NUMBERS.get(field);
      return ZoneTest.isRuledOut(filter, block.zone(kind, 0, ValueColumn.NONE))
          ? RowSet.none(block.rows())
          : vector(block.longs(kind), ValueColumn.INT, test, among);
    }
    if (TEXTS.containsKey(field)) {
      ColumnKind kind = TEXTS.get(field);
      return ZoneTest.isRuledOut(filter, block.zone(kind, 0, ValueColumn.NONE))
          ? RowSet.none(block.rows())
          : vector(block.texts(kind), ValueColumn.STRING, test, among);
    }
    if (field.equals(Field.SERVICE_NAME)) {
      return byTable(filter, ColumnKind.RESOURCE, among);
    }
    if (field.equals(Field.INSTRUMENTATION_NAME) || field.equals(Field.INSTRUMENTATION_VERSION)) {
      return byTable(filter, ColumnKind.SCOPE, among);
    }
    if (field.equals(Field.BODY)) {
      return bodies().matches(filter, test, among);
    }
    Optional<TraceKey> trace =
        field.equals(Field.TRACE_ID) ? WholeId.trace(filter) : Optional.empty();
    if (trace.isPresent()) {
      return traces(Set.of(trace.get()), among);
    }
    OptionalLong span = field.equals(Field.SPAN_ID) ? WholeId.span(filter) : OptionalLong.empty();
    if (span.isPresent()) {
      return spans(span.getAsLong(), among);
    }
    return field.hasSeveralValues()
        ? lists().intrinsic(filter, field, test, among)
        : byRow(filter, among);
  }

  private RowSet spans(long id, RowSet among) {
    return id == 0
        ? RowSet.none(block.rows())
        : vector(
            block.longs(ColumnKind.SPAN_ID),
            ValueColumn.INT,
            (type, payload, arena) -> payload == id,
            among);
  }

  private BodyFilter<B> bodies() {
    return new BodyFilter<>(this, block);
  }

  private ListFilter<B> lists() {
    return new ListFilter<>(this, block);
  }

  private RowSet traces(Set<TraceKey> ids, RowSet among) {
    BitSet ordinals = block.traceOrdinals(ids);
    boolean untraced = ids.contains(UNTRACED);
    if (ordinals.isEmpty() && !untraced) {
      return RowSet.none(block.rows());
    }
    return vector(
        block.longs(ColumnKind.TRACE),
        ValueColumn.INT,
        (type, ordinal, arena) -> ordinal == 0 ? untraced : ordinals.get((int) ordinal),
        among);
  }

  static RowSet vector(Vector values, byte type, ValueTest test, RowSet among) {
    if (values.isConstant()) {
      return test.test(type, values.value(0), values.arena())
          ? among.copy()
          : RowSet.none(among.rows());
    }
    RowSet found = RowSet.none(among.rows());
    boolean[] holds = values.isCoded() ? tested(values, type, test) : null;
    for (int row = among.next(0); row >= 0; row = among.next(row + 1)) {
      if (holds == null
          ? test.test(type, values.get(row), values.arena())
          : holds[values.code(row)]) {
        found.add(row);
      }
    }
    return found;
  }

  private static boolean[] tested(Vector values, byte type, ValueTest test) {
    boolean[] holds = new boolean[values.valueCount()];
    for (int value = 0; value < holds.length; value++) {
      holds[value] = test.test(type, values.value(value), values.arena());
    }
    return holds;
  }

  private AttributeBlock attributes() throws DamagedDataException {
    AttributeBlock known = attributes;
    if (known == null) {
      known = AttributeBlock.of(block);
      attributes = known;
    }
    return known;
  }

  /** Adds the rows that have a value of a key. */
  private void addRowsOf(String key, RowSet target) throws DamagedDataException {
    int number = block.keys().find(key);
    for (int column : number < 0 ? new int[0] : attributes().columnsOf(number)) {
      if (attributes().type(column) != ValueColumn.NONE) {
        for (int row : attributes().rowsOf(column)) {
          target.add(row);
        }
      }
    }
  }

  private RowSet attribute(Filter filter, Field field, ValueTest test, RowSet among)
      throws DamagedDataException {
    int key = keyOf(block, AttributeKinds.OF_ROWS, filter, field.name());
    if (key < 0 || among.isEmpty()) {
      return RowSet.none(block.rows());
    }
    AttributeBlock own = attributes();
    if (own.repeats(key)) {
      return byRow(filter, among);
    }
    return matches(own, key, filter, test, among);
  }

  /** Those of some rows, events or links that have a value of a key which fulfils a filter. */
  static RowSet matches(AttributeBlock own, int key, Filter filter, ValueTest test, RowSet among)
      throws DamagedDataException {
    RowSet found = RowSet.none(among.rows());
    for (int column : own.columnsOf(key)) {
      if (ZoneTest.mayHold(filter, own.type(column), own.zone(column))) {
        addMatches(own, column, filter, test, among, found);
      }
    }
    return found;
  }

  /**
   * The number of a key in a block; negative where no value of it can fulfil a filter, as far as
   * the header of the block tells.
   */
  static int keyOf(ColumnBlock block, AttributeKinds kinds, Filter filter, String name) {
    int key = block.keys().find(name);
    if (key < 0 || !block.has(kinds.shapes())) {
      return -1;
    }
    if (block.has(kinds.packed())) {
      return key;
    }
    for (byte type : block.types(kinds.attribute(), key)) {
      if (ZoneTest.mayHold(filter, type, block.zone(kinds.attribute(), key, type))) {
        return key;
      }
    }
    return -1;
  }

  private static void addMatches(
      AttributeBlock own, int column, Filter filter, ValueTest test, RowSet among, RowSet found)
      throws DamagedDataException {
    byte type = own.type(column);
    if (filter instanceof Filter.Exists) {
      addAll(own.rowsOf(column), among, found);
      return;
    }
    String text = type == ValueColumn.STRING ? equalText(filter) : null;
    if (text != null) {
      int[] entries = own.equalTexts(column, text.getBytes(StandardCharsets.UTF_8));
      if (entries.length > 0) {
        int[] rows = own.rowsOf(column);
        addAll(Arrays.stream(entries).map(entry -> rows[entry]).toArray(), among, found);
      }
      return;
    }
    int[] rows = own.rowsOf(column);
    Vector values = own.values(column);
    boolean coded = values.isCoded() || values.isConstant();
    boolean[] holds = coded ? tested(values, type, test) : new boolean[0];
    ByteArena arena = values.arena();
    for (int entry = 0; entry < rows.length; entry++) {
      if (coded ? holds[values.code(entry)] : test.test(type, values.get(entry), arena)) {
        if (among.contains(rows[entry])) {
          found.add(rows[entry]);
        }
      }
    }
  }

  private static void addAll(int[] rows, RowSet among, RowSet found) {
    for (int row : rows) {
      if (among.contains(row)) {
        found.add(row);
      }
    }
  }

  /** The text that a value has to be; null for other filters. */
  private static @Nullable String equalText(Filter filter) {
    return filter
                instanceof
                Filter.Compare(Field field, Filter.Operator operator, Filter.Literal literal)
            && operator == Filter.Operator.EQUAL
            && literal instanceof Filter.Literal.Text(String text)
        ? text
        : null;
  }

  /** A filter that is the same for all rows of one stream, resource or scope. */
  private RowSet byTable(Filter filter, ColumnKind kind, RowSet among) throws DamagedDataException {
    Vector numbers = block.longs(kind);
    Map<Long, Integer> places = new HashMap<>();
    int[] firstRows = new int[among.rows()];
    int[] placeOf = new int[among.rows()];
    long last = -1;
    int place = -1;
    for (int row = among.next(0); row >= 0; row = among.next(row + 1)) {
      long number = numbers.get(row);
      if (number != last) {
        last = number;
        place = places.computeIfAbsent(number, each -> places.size());
        if (place == places.size() - 1 && firstRows[place] == 0) {
          firstRows[place] = row;
        }
      }
      placeOf[row] = place;
    }
    boolean[] holds = test(filter, Arrays.copyOf(firstRows, places.size()), EnumSet.of(kind));
    RowSet found = RowSet.none(block.rows());
    for (int row = among.next(0); row >= 0; row = among.next(row + 1)) {
      if (holds[placeOf[row]]) {
        found.add(row);
      }
    }
    return found;
  }

  /** Builds the rows, as far as the filter looks at them. */
  RowSet byRow(Filter filter, RowSet among) throws DamagedDataException {
    int[] rows = among.toArray();
    boolean[] holds = test(filter, rows, null);
    RowSet found = RowSet.none(block.rows());
    for (int i = 0; i < rows.length; i++) {
      if (holds[i]) {
        found.add(rows[i]);
      }
    }
    return found;
  }

  private boolean[] test(Filter filter, int[] rows, @Nullable Set<ColumnKind> kinds)
      throws DamagedDataException {
    ColumnSet wanted =
        kinds == null ? NeededColumns.ofFilter(filter) : new ColumnSet(kinds, Set.of(), false);
    B batch = rowsOf.apply(rows, wanted);
    BatchFilter bound = readable.bind(filter, batch);
    boolean[] holds = new boolean[rows.length];
    for (int i = 0; i < rows.length; i++) {
      holds[i] = bound.test(i);
    }
    return holds;
  }
}
