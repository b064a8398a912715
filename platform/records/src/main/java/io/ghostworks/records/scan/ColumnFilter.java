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
import io.ghostworks.records.column.Zone;
import io.ghostworks.records.text.Needle;
import io.ghostworks.records.text.NeedleTerms;
import io.ghostworks.records.text.RowSet;
import io.ghostworks.records.text.TextColumn;
import io.ghostworks.storage.bytes.BytesInput;
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
      case Filter.JsonLabel label ->
          bodies(among, (column, asked) -> jsonLabel(column, label, asked), others -> others);
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
      return isRuledOut(filter, block.zone(kind, 0, ValueColumn.NONE))
          ? RowSet.none(block.rows())
          : vector(block.longs(kind), ValueColumn.INT, test, among);
    }
    if (TEXTS.containsKey(field)) {
      ColumnKind kind = TEXTS.get(field);
      return isRuledOut(filter, block.zone(kind, 0, ValueColumn.NONE))
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
      return bodies(filter, test, among);
    }
    byte @Nullable [] id = idOf(filter);
    if (id != null && field.equals(Field.TRACE_ID) && id.length == 32) {
      return traces(Set.of(new TraceKey(half(id, 0), half(id, 16))), among);
    }
    if (id != null && field.equals(Field.SPAN_ID) && id.length == 16) {
      long wanted = half(id, 0);
      return wanted == 0
          ? RowSet.none(block.rows())
          : vector(
              block.longs(ColumnKind.SPAN_ID),
              ValueColumn.INT,
              (type, payload, arena) -> payload == wanted,
              among);
    }
    return field.hasSeveralValues()
        ? lists().intrinsic(filter, field, test, among)
        : byRow(filter, among);
  }

  private ListFilter<B> lists() {
    return new ListFilter<>(this, block);
  }

  /** The text of an id that a filter wants, in lower-case hexadecimal digits; else null. */
  static byte @Nullable [] idOf(Filter filter) {
    if (filter
            instanceof
            Filter.Compare(Field field, Filter.Operator operator, Filter.Literal.Text(String text))
        && operator == Filter.Operator.EQUAL
        && text.matches("[0-9a-f]{16}|[0-9a-f]{32}")) {
      return text.getBytes(StandardCharsets.US_ASCII);
    }
    return null;
  }

  static long half(byte[] hex, int from) {
    return Long.parseUnsignedLong(new String(hex, from, 16, StandardCharsets.US_ASCII), 16);
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
      if (mayHold(filter, own.type(column), own.zone(column))) {
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
      if (mayHold(filter, type, block.zone(kinds.attribute(), key, type))) {
        return key;
      }
    }
    return -1;
  }

  /** Whether a value of a type, within bounds, can fulfil a filter. */
  private static boolean mayHold(Filter filter, byte type, @Nullable Zone zone) {
    if (type == ValueColumn.NONE) {
      return false;
    }
    if (type == ValueColumn.ARRAY || !(filter instanceof Filter.Compare compare)) {
      return true;
    }
    boolean comparable =
        switch (compare.literal()) {
          case Filter.Literal.Text text -> type == ValueColumn.STRING;
          case Filter.Literal.Whole whole -> type == ValueColumn.INT || type == ValueColumn.DOUBLE;
          case Filter.Literal.Real real -> type == ValueColumn.INT || type == ValueColumn.DOUBLE;
          case Filter.Literal.Bool bool -> type == ValueColumn.BOOL;
        };
    return comparable && !isRuledOut(filter, zone);
  }

  private static void addMatches(
      AttributeBlock own, int column, Filter filter, ValueTest test, RowSet among, RowSet found)
      throws DamagedDataException {
    int[] rows = own.rowsOf(column);
    if (filter instanceof Filter.Exists) {
      for (int row : rows) {
        if (among.contains(row)) {
          found.add(row);
        }
      }
      return;
    }
    byte type = own.type(column);
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

  /** Whether no value within these bounds can fulfil a filter. */
  static boolean isRuledOut(Filter filter, @Nullable Zone zone) {
    if (!(filter instanceof Filter.Compare compare) || zone == null) {
      return false;
    }
    return switch (zone) {
      case Zone.Texts texts ->
          compare.operator() == Filter.Operator.EQUAL
              && compare.literal() instanceof Filter.Literal.Text(String text)
              && !texts.mayHave(text.getBytes(StandardCharsets.UTF_8));
      case Zone.Longs longs ->
          switch (compare.literal()) {
            case Filter.Literal.Whole(long value) -> isRuledOut(compare.operator(), value, longs);
            case Filter.Literal.Real(double value) ->
                isRuledOut(compare.operator(), value, (double) longs.min(), (double) longs.max());
            case Filter.Literal.Text text -> false;
            case Filter.Literal.Bool bool -> false;
          };
    };
  }

  private static boolean isRuledOut(Filter.Operator operator, long value, Zone.Longs longs) {
    return switch (operator) {
      case EQUAL -> value < longs.min() || value > longs.max();
      case LESS -> longs.min() >= value;
      case LESS_OR_EQUAL -> longs.min() > value;
      case GREATER -> longs.max() <= value;
      case GREATER_OR_EQUAL -> longs.max() < value;
      case NOT_EQUAL -> false;
    };
  }

  /** Of integers that are compared as doubles, which keeps their order. */
  private static boolean isRuledOut(
      Filter.Operator operator, double value, double min, double max) {
    return switch (operator) {
      case EQUAL -> value < min || value > max;
      case LESS -> min >= value;
      case LESS_OR_EQUAL -> min > value;
      case GREATER -> max <= value;
      case GREATER_OR_EQUAL -> max < value;
      case NOT_EQUAL -> false;
    };
  }

  private RowSet bodies(Filter filter, ValueTest test, RowSet among) throws DamagedDataException {
    boolean noSuchToken = false;
    if (filter instanceof Filter.Contains contains) {
      Needle needle = ValueTest.needle(contains);
      NeedleTerms terms = NeedleTerms.of(needle);
      if (!mayBeIn(terms)) {
        return RowSet.none(block.rows());
      }
      noSuchToken =
          NeedleTerms.isId(needle) && !mayBeIn(NeedleTerms.ofWholeText(needle.toByteArray()));
    }
    boolean noToken = noSuchToken;
    return bodies(
        among,
        (column, asked) -> text(column, filter, test, noToken, asked),
        others -> byRow(filter, others));
  }

  /** Finds rows of a set. */
  @FunctionalInterface
  private interface Finder {
    RowSet in(RowSet among) throws DamagedDataException;
  }

  /** Finds texts of a column. */
  @FunctionalInterface
  private interface TextFinder {
    RowSet in(TextColumn column, RowSet among) throws DamagedDataException;
  }

  /** Finds rows by their bodies: those that are texts in their column, the others one by one. */
  private RowSet bodies(RowSet among, TextFinder texts, Finder rest) throws DamagedDataException {
    Vector types = block.longs(ColumnKind.BODY_TYPE);
    TextColumn column = block.bodies();
    RowSet found;
    if (types.isConstant() && types.get(0) == ValueColumn.STRING && column != null) {
      return among.isEmpty() ? among.copy() : texts.in(column, among);
    }
    int[] rowOf = new int[block.rows()];
    int count = 0;
    RowSet others = RowSet.none(block.rows());
    for (int row = 0; row < block.rows(); row++) {
      if (types.get(row) == ValueColumn.STRING) {
        rowOf[count++] = row;
      } else if (among.contains(row)) {
        others.add(row);
      }
    }
    found = others.isEmpty() ? others : rest.in(others);
    if (count > 0 && column != null) {
      RowSet asked = RowSet.none(count);
      for (int i = 0; i < count; i++) {
        if (among.contains(rowOf[i])) {
          asked.add(i);
        }
      }
      RowSet hits = asked.isEmpty() ? asked : texts.in(column, asked);
      for (int i = hits.next(0); i >= 0; i = hits.next(i + 1)) {
        found.add(rowOf[i]);
      }
    }
    return found;
  }

  /** False if the filter of the block's tokens says that no body has the terms. */
  private boolean mayBeIn(NeedleTerms terms) {
    BytesInput tokens = terms.hasIds() ? block.bytes(ColumnKind.TOKENS) : null;
    return tokens == null
        || terms.mayBeIn(tokens.array(), tokens.arrayOffset(), tokens.remaining());
  }

  private static RowSet text(
      TextColumn column, Filter filter, ValueTest test, boolean noSuchToken, RowSet among)
      throws DamagedDataException {
    if (filter instanceof Filter.Exists) {
      return among.copy();
    }
    if (filter instanceof Filter.Contains contains) {
      return column.matches(ValueTest.needle(contains), noSuchToken, among);
    }
    OneText text = new OneText(test);
    return column.matches(text::test, among);
  }

  private static RowSet jsonLabel(TextColumn column, Filter.JsonLabel label, RowSet among)
      throws DamagedDataException {
    if (label.literal() instanceof Filter.Literal.Text(String value)) {
      byte[] wanted = value.getBytes(StandardCharsets.UTF_8);
      return column.mayEqualJsonField(label.label(), wanted, among);
    }
    ValueTest compares =
        ValueTest.of(new Filter.Compare(Field.BODY, label.operator(), label.literal()));
    ByteArena none = new ByteArena(0);
    return column.mayPassJsonField(
        label.label(),
        (bytes, offset, length) -> {
          double number = PlainNumber.of(bytes, offset, length);
          return Double.isNaN(number)
              || compares.test(ValueColumn.DOUBLE, Double.doubleToRawLongBits(number), none);
        },
        true,
        among);
  }

  /** Shows a test one text after the other as slices of an arena. */
  private static final class OneText {
    private final ValueTest test;
    private final ByteArena arena = new ByteArena(1024);

    OneText(ValueTest test) {
      this.test = test;
    }

    boolean test(byte[] bytes, int offset, int length) {
      arena.truncate(0);
      return test.test(ValueColumn.STRING, arena.append(bytes, offset, length), arena);
    }
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
