package io.ghostworks.logql.search;

import io.ghostworks.logql.FoundLine;
import io.ghostworks.logql.LogScan;
import io.ghostworks.model.label.Labels;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.QueryException;
import io.ghostworks.query.record.RecordSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers one search over a source of records, on the calling thread. Lines, distinct values and
 * counts are held in memory that is reserved in the query; a search that needs more is refused.
 */
public final class LogSearchEngine {
  private static final int JOINED_AT_ONCE = 1_000;
  private static final int TOP_DISTINCT_MAX = Integer.MAX_VALUE;

  private final LogSearch search;
  private final QueryContext context;
  private final RecordSource source;
  private final FieldCondition.@Nullable Test where;
  private final Set<List<@Nullable String>> seen = new HashSet<>();
  private final FirstLines first;
  private final Optional<ValueCounts> top;
  private final Facets facets;
  private final List<FoundLine> waiting = new ArrayList<>();
  private long waitingBytes;
  private long found;

  private LogSearchEngine(LogSearch search, QueryContext context, RecordSource source) {
    this.search = search;
    this.context = context;
    this.source = source;
    this.where = search.where().map(FieldCondition::compiled).orElse(null);
    this.first = new FirstLines(search.sort(), search.limit(), context);
    this.top = search.top().map(field -> new ValueCounts(field, TOP_DISTINCT_MAX, context));
    this.facets = new Facets(context);
  }

  /**
   * Answers a search.
   *
   * @throws QueryException of kind BAD_QUERY where the query does not parse or cannot run, LIMIT
   *     where it needs more memory than a query may have
   */
  public static LogSearchAnswer answer(
      LogSearch search, QueryContext context, RecordSource source) {
    return new LogSearchEngine(search, context, source).run();
  }

  private LogSearchAnswer run() {
    boolean ends = search.endsAtLimit();
    new LogScan(
            search.query(),
            search.startNanos(),
            search.endNanos(),
            search.direction(),
            search.texts(),
            ends ? search.limit() : Integer.MAX_VALUE)
        .read(context, source, this::take);
    join();
    return new LogSearchAnswer(
        first.lines(),
        ends && found == search.limit() ? -1 : found,
        top.map(counts -> counts.values(search.valuesMax())),
        facets.values(search.valuesMax()),
        facets.leavesOut());
  }

  private void take(FoundLine line) {
    if (!search.joinsSpans()) {
      take(new SearchedLine(line, Labels.EMPTY));
      return;
    }
    context.reserve(line.bytes());
    waitingBytes += line.bytes();
    waiting.add(line);
    if (waiting.size() == JOINED_AT_ONCE) {
      join();
    }
  }

  private void join() {
    if (!waiting.isEmpty()) {
      new SpanJoin(source, context).join(waiting).forEach(this::take);
      waiting.clear();
      context.release(waitingBytes);
      waitingBytes = 0;
    }
  }

  private void take(SearchedLine line) {
    if ((where != null && !where.test(line)) || !isNew(line)) {
      return;
    }
    found++;
    if (search.limit() > 0) {
      first.add(line);
    }
    if (top.isPresent() && search.top().isPresent()) {
      String value = line.field(search.top().get());
      if (value != null) {
        top.get().add(value);
      }
    }
    if (search.facets()) {
      facets.add(line);
    }
  }

  /** Whether no line before has its distinct fields; one that lacks them all is left out. */
  private boolean isNew(SearchedLine line) {
    if (search.distinct().isEmpty()) {
      return true;
    }
    @Nullable String[] values = new String[search.distinct().size()];
    long bytes = 120;
    boolean hasOne = false;
    for (int i = 0; i < values.length; i++) {
      String value = line.field(search.distinct().get(i));
      values[i] = value;
      hasOne |= value != null;
      bytes += 60 + (value == null ? 0 : 2L * value.length());
    }
    List<@Nullable String> key = Arrays.asList(values);
    if (!hasOne || seen.contains(key)) {
      return false;
    }
    context.reserve(bytes);
    seen.add(key);
    return true;
  }
}
