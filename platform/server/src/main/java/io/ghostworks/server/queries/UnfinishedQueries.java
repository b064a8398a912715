package io.ghostworks.server.queries;

import io.ghostworks.model.TenantId;
import io.ghostworks.query.AskedQuery;
import io.ghostworks.query.QueryException;
import io.ghostworks.query.QueryWatch;
import io.ghostworks.query.RunningQuery;
import io.ghostworks.runtime.time.Clock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a query that ends the process from ending it again and again: an evaluation that ran when
 * the process stopped uncleanly is refused for a while after the next start, longer each time it
 * happens in succession, until it has run to its end once or an admin forgives it. A rule is only
 * refused from its second time on, since a loss of power must not silence alerts. Thread-safe.
 */
public final class UnfinishedQueries implements QueryWatch, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(UnfinishedQueries.class);
  private static final Duration FIRST_REFUSAL = Duration.ofMinutes(5);
  private static final Duration LONGEST_REFUSAL = Duration.ofHours(24);
  private static final Duration MEMORY = Duration.ofDays(7);
  private static final int REMEMBERED_MAX = 64;
  private static final int RULES_MAX = 32;

  private final Clock clock;
  private final ActiveQueryFile file;
  private final Map<QueryFingerprint, Remembered> remembered = new LinkedHashMap<>();
  private final Map<Long, Integer> slotOfQuery = new HashMap<>();
  private final Deque<Integer> free = new ArrayDeque<>();
  private boolean closed;

  private record Remembered(ActiveQuerySlot query, int slot) {}

  private UnfinishedQueries(Clock clock, ActiveQueryFile file) {
    this.clock = clock;
    this.file = file;
  }

  /**
   * Reads what the last process left, tells of it in the log, and begins anew.
   *
   * @param evaluationsMax how many evaluations run at once, rules aside
   * @throws IOException if the file in the folder cannot be read or written
   */
  public static UnfinishedQueries open(Path folder, int evaluationsMax, Clock clock)
      throws IOException {
    List<ActiveQuerySlot> left = ActiveQueryFile.read(folder);
    ActiveQueryFile file =
        ActiveQueryFile.create(folder, REMEMBERED_MAX + evaluationsMax + RULES_MAX);
    UnfinishedQueries queries = new UnfinishedQueries(clock, file);
    queries.remember(left);
    for (int slot = REMEMBERED_MAX; slot < file.slots(); slot++) {
      queries.free.add(slot);
    }
    return queries;
  }

  private void remember(List<ActiveQuerySlot> left) {
    long nowMs = clock.epochMs();
    Map<QueryFingerprint, ActiveQuerySlot> all = new HashMap<>();
    for (ActiveQuerySlot slot : left) {
      boolean old =
          slot.state() == ActiveQuerySlot.State.REMEMBERED
              && slot.refusedUntilMs() + MEMORY.toMillis() < nowMs;
      if (slot.state() == ActiveQuerySlot.State.REMEMBERED && !old) {
        all.put(slot.fingerprint(), slot);
      }
    }
    Map<QueryFingerprint, ActiveQuerySlot> ran = new HashMap<>();
    left.stream()
        .filter(slot -> slot.state() == ActiveQuerySlot.State.RUNNING)
        .forEach(slot -> ran.put(slot.fingerprint(), slot));
    for (ActiveQuerySlot slot : ran.values()) {
      ActiveQuerySlot before = all.get(slot.fingerprint());
      int strikes = before == null ? 1 : Math.min(before.strikes(), 1000) + 1;
      long untilMs = slot.rule() && strikes == 1 ? nowMs : nowMs + refusal(strikes).toMillis();
      all.put(slot.fingerprint(), slot.remembered(strikes, untilMs));
      log.warn(
          "this query of tenant {} ran when the platform stopped uncleanly, {} in succession; it is"
              + " refused until {}: {} {}",
          slot.tenant(),
          strikes == 1 ? "once" : strikes + " times",
          Instant.ofEpochMilli(untilMs),
          slot.language(),
          LoggedText.of(slot.text()));
    }
    all.values().stream()
        .sorted(Comparator.comparingLong(ActiveQuerySlot::refusedUntilMs).reversed())
        .limit(REMEMBERED_MAX)
        .forEach(slot -> {
          int at = remembered.size();
          file.put(at, slot);
          remembered.put(slot.fingerprint(), new Remembered(slot, at));
        });
  }

  private static Duration refusal(int strikes) {
    Duration refusal = FIRST_REFUSAL;
    for (int i = 1; i < strikes && refusal.compareTo(LONGEST_REFUSAL) < 0; i++) {
      refusal = refusal.multipliedBy(4);
    }
    return refusal.compareTo(LONGEST_REFUSAL) < 0 ? refusal : LONGEST_REFUSAL;
  }

  @Override
  public void begins(RunningQuery query) {
    if (!query.asked().kind().isEvaluation()) {
      return;
    }
    QueryFingerprint fingerprint = QueryFingerprint.of(query.asked());
    synchronized (this) {
      Remembered known = remembered.get(fingerprint);
      if (known != null && known.query().refusedUntilMs() > clock.epochMs()) {
        throw refused(known.query());
      }
      Integer slot = closed ? null : free.poll();
      if (slot != null) {
        slotOfQuery.put(query.id(), slot);
        file.put(slot, ActiveQuerySlot.running(query, fingerprint));
      }
    }
  }

  private static QueryException refused(ActiveQuerySlot query) {
    return new QueryException(
        QueryException.Kind.EXECUTION,
        ("the query ran when the platform stopped uncleanly (%s) and is refused until %s, or until"
                + " an admin allows it again: DELETE /api/platform/queries/unfinished")
            .formatted(
                query.strikes() == 1 ? "once" : query.strikes() + " times in succession",
                Instant.ofEpochMilli(query.refusedUntilMs())));
  }

  @Override
  public synchronized void ends(RunningQuery query) {
    Integer slot = slotOfQuery.remove(query.id());
    if (slot == null || closed) {
      return;
    }
    file.free(slot);
    free.push(slot);
    AskedQuery asked = query.asked();
    if (!remembered.isEmpty() && asked.kind().isEvaluation()) {
      forget(QueryFingerprint.of(asked));
    }
  }

  private void forget(QueryFingerprint fingerprint) {
    Remembered known = remembered.remove(fingerprint);
    if (known != null) {
      file.free(known.slot());
    }
  }

  /** Allows all queries again that are refused. */
  public synchronized void forgive() {
    List.copyOf(remembered.keySet()).forEach(this::forget);
  }

  /** The queries that ran at an unclean stop and did not run to their end since. */
  public synchronized List<ActiveQuery> list() {
    List<ActiveQuery> all = new ArrayList<>();
    for (Remembered known : remembered.values()) {
      ActiveQuerySlot query = known.query();
      all.add(
          new ActiveQuery(
              query.tenant(),
              query.language(),
              query.text(),
              query.startedEpochMs(),
              query.strikes(),
              query.refusedUntilMs()));
    }
    return all;
  }

  /**
   * A query that ran at an unclean stop.
   *
   * @param text its beginning
   * @param stops how many unclean stops in succession
   */
  public record ActiveQuery(
      TenantId tenant,
      String language,
      String text,
      long startedEpochMs,
      int stops,
      long refusedUntilEpochMs) {}

  /** What runs now does not count as unfinished: this is a clean stop. */
  @Override
  public synchronized void close() {
    closed = true;
    for (int slot = REMEMBERED_MAX; slot < file.slots(); slot++) {
      file.free(slot);
    }
  }
}
