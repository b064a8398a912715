package io.ghostworks.alertmanager.silence;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.state.State;
import io.ghostworks.state.StoredSilences;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The silences of one tenant ({@code silence/silence.go}). What a call has changed is on disk when
 * it returns. An edit that would change what was silenced before ends the silence and makes a new
 * one. Ended ones stay for 120 hours. Thread-safe; {@link #silencing} takes no lock that is held
 * while anybody waits for the state, so that the state's own thread may ask.
 */
public final class Silences {

  /** How long an ended silence is kept: Alertmanager's {@code --data.retention} of 120 h. */
  static final Duration RETENTION = Duration.ofDays(5);

  /** Alerts whose silences are remembered; beyond it all are forgotten. */
  private static final int REMEMBERED_MAX = 200_000;

  private final TenantId tenant;
  private final State state;
  private final Clock clock;
  private final RandomGenerator random;
  private final SilenceLimits limits;

  /** Changes come one after another; held while the state writes. */
  private final Object changing = new Object();

  /** Guards the two that follow; never held while anybody waits. */
  private final ReadWriteLock lock = new ReentrantReadWriteLock();

  private final Map<String, HeldSilence> byId = new LinkedHashMap<>();
  private SilenceIndex index = new SilenceIndex();

  /** Of the newest silence; 0 before the first. */
  private volatile long version;

  private final Map<Labels, Remembered> remembered = new ConcurrentHashMap<>();
  private long memoryBytes;

  /** The silences up to a version that match an alert and had not expired. */
  private record Remembered(long version, List<HeldSilence> silences) {}

  public Silences(
      TenantId tenant, State state, Clock clock, RandomGenerator random, SilenceLimits limits) {
    this.tenant = tenant;
    this.state = state;
    this.clock = clock;
    this.random = random;
    this.limits = limits;
  }

  /**
   * Reads what is stored.
   *
   * @throws io.ghostworks.state.StateException if it cannot be read
   */
  public void start() {
    synchronized (changing) {
      List<StoredSilences.Row> rows = state.transaction(tables -> tables.silences().all(tenant));
      rows.stream()
          .map(StoredForm::silence)
          .sorted(Comparator.comparingLong(Silence::startsAtNanos).thenComparing(Silence::id))
          .forEach(this::hold);
    }
  }

  /**
   * Makes a silence, or changes the one whose id it has.
   *
   * @param posted without an id a new one; a start of 0 is now
   * @return its id, which is another than the given where the former had to end
   * @throws SilenceException if it cannot be taken
   * @throws io.ghostworks.state.StateException if it cannot be stored; then nothing has changed
   */
  public String set(Silence posted) throws SilenceException {
    synchronized (changing) {
      long now = clock.epochNanos();
      Silence silence =
          posted.from(posted.id(), posted.startsAtNanos() == 0 ? now : posted.startsAtNanos(), now);
      SilenceChecks.check(silence, now);
      HeldSilence held = silence.id().isEmpty() ? null : find(silence.id());
      if (held == null && !silence.id().isEmpty()) {
        throw SilenceException.unknownId();
      }
      if (held != null && SilenceChecks.isChangeOf(held.silence(), silence, now)) {
        checkSize(silence);
        store(List.of(silence));
        memoryBytes += SilenceLimits.memoryBytes(silence);
        memoryBytes -= SilenceLimits.memoryBytes(held.silence());
        held.replace(silence);
        return silence.id();
      }
      return replace(held == null ? null : held.silence(), silence, now);
    }
  }

  private String replace(@Nullable Silence former, Silence silence, long nowNanos)
      throws SilenceException {
    checkRoom();
    Silence made = silence.from(newId(), Math.max(silence.startsAtNanos(), nowNanos), nowNanos);
    checkSize(made);
    if (former == null || former.state(nowNanos) == SilenceState.EXPIRED) {
      store(List.of(made));
    } else {
      Silence ended = former.until(nowNanos, nowNanos);
      store(List.of(ended, made));
      held(former.id()).replace(ended);
    }
    hold(made);
    return made.id();
  }

  private String newId() {
    long most = (random.nextLong() & ~0xf000L) | 0x4000L;
    long least = (random.nextLong() & ~(0xc0L << 56)) | (0x80L << 56);
    return new UUID(most, least).toString();
  }

  private void checkRoom() throws SilenceException {
    if (byId.size() + 1 > limits.silencesMax()) {
      throw SilenceException.refused(
          "exceeded maximum number of silences: %d (limit: %d)"
              .formatted(byId.size(), limits.silencesMax()));
    }
  }

  private void checkSize(Silence silence) throws SilenceException {
    int bytes = SilenceLimits.textBytes(silence);
    if (bytes > limits.silenceBytesMax()) {
      throw SilenceException.refused(
          "silence exceeded maximum size: %d bytes (limit: %d bytes)"
              .formatted(bytes, limits.silenceBytesMax()));
    }
    long all = memoryBytes + SilenceLimits.memoryBytes(silence);
    if (all > limits.allBytesMax()) {
      throw SilenceException.refused(
          "exceeded maximum size of all silences: %d bytes in memory (limit: %d bytes); use fewer or shorter regular expressions"
              .formatted(all, limits.allBytesMax()));
    }
  }

  /**
   * Ends a silence now; one that has ended stays as it is.
   *
   * @throws SilenceException if there is none with the id
   * @throws io.ghostworks.state.StateException if it cannot be stored; then nothing has changed
   */
  public void expire(String id) throws SilenceException {
    synchronized (changing) {
      HeldSilence held = find(id);
      if (held == null) {
        throw SilenceException.unknownId();
      }
      long now = clock.epochNanos();
      if (now < held.silence().endsAtNanos()) {
        Silence ended = held.silence().until(now, now);
        store(List.of(ended));
        held.replace(ended);
      }
    }
  }

  private void store(List<Silence> silences) {
    state.write(tables ->
        silences.forEach(each -> tables.silences().put(tenant, StoredForm.row(each, RETENTION))));
  }

  private void hold(Silence silence) {
    memoryBytes += SilenceLimits.memoryBytes(silence);
    lock.writeLock().lock();
    try {
      HeldSilence held = new HeldSilence(version + 1, silence);
      byId.put(silence.id(), held);
      index.add(held);
      version = held.version;
    } finally {
      lock.writeLock().unlock();
    }
  }

  private @Nullable HeldSilence find(String id) {
    lock.readLock().lock();
    try {
      return byId.get(id);
    } finally {
      lock.readLock().unlock();
    }
  }

  private HeldSilence held(String id) {
    HeldSilence held = find(id);
    if (held == null) {
      throw new IllegalStateException("the silence %s is gone".formatted(id));
    }
    return held;
  }

  /** Forgets what ended long ago; to be called now and then. */
  public void maintain() {
    synchronized (changing) {
      long now = clock.epochNanos();
      state.write(tables -> tables.silences().removeExpired(tenant, now));
      long endedBefore = now - RETENTION.toNanos();
      lock.writeLock().lock();
      try {
        byId.values().removeIf(held -> held.silence().endsAtNanos() <= endedBefore);
        memoryBytes = 0;
        index = new SilenceIndex();
        for (HeldSilence held : byId.values()) {
          memoryBytes += SilenceLimits.memoryBytes(held.silence());
          index.add(held);
        }
      } finally {
        lock.writeLock().unlock();
      }
      remembered.clear(); // also of alerts that are gone
    }
  }

  /** The silence with an id. */
  public Optional<Silence> silence(String id) {
    return Optional.ofNullable(find(id)).map(HeldSilence::silence);
  }

  /** All silences, in the order of their making. */
  public List<Silence> all() {
    lock.readLock().lock();
    try {
      return byId.values().stream().map(HeldSilence::silence).toList();
    } finally {
      lock.readLock().unlock();
    }
  }

  /** How many silences there are in each state. */
  public Map<SilenceState, Integer> counts() {
    long now = clock.epochNanos();
    Map<SilenceState, Integer> counts = new EnumMap<>(SilenceState.class);
    all().forEach(silence -> counts.merge(silence.state(now), 1, Integer::sum));
    return counts;
  }

  /**
   * The ids of the silences because of which nobody is told about an alert, in the order of their
   * making.
   *
   * @param nowNanos not before that of an earlier call by more than a moment: see {@link
   *     #silencingAt} for the past
   */
  public List<String> silencing(Labels alert, long nowNanos) {
    if (version == 0) {
      return List.of();
    }
    List<String> ids = null;
    for (HeldSilence held : matching(alert, nowNanos)) {
      if (held.isActive(nowNanos)) {
        ids = ids == null ? new ArrayList<>(2) : ids;
        ids.add(held.silence().id());
      }
    }
    return ids == null ? List.of() : ids;
  }

  /** Looks only at silences that are newer than when the alert was last asked about. */
  private List<HeldSilence> matching(Labels alert, long nowNanos) {
    Remembered known = remembered.get(alert);
    if (known != null && known.version == version) {
      return known.silences;
    }
    List<HeldSilence> all = new ArrayList<>(2);
    long newest;
    lock.readLock().lock();
    try {
      newest = version;
      if (known != null) {
        known.silences.stream()
            .filter(held -> nowNanos < held.silence().endsAtNanos())
            .forEach(all::add);
      }
      index.matching(alert, known == null ? 0 : known.version).stream()
          .filter(held -> nowNanos < held.silence().endsAtNanos())
          .forEach(all::add);
    } finally {
      lock.readLock().unlock();
    }
    if (remembered.size() >= REMEMBERED_MAX) {
      remembered.clear();
    }
    remembered.put(alert, new Remembered(newest, all));
    return all;
  }

  /** The silences that held for an alert at any time of the past or the future, as far as kept. */
  public List<Silence> silencingAt(Labels alert, long atNanos) {
    lock.readLock().lock();
    try {
      return index.matching(alert, 0).stream()
          .map(HeldSilence::silence)
          .filter(silence -> silence.state(atNanos) == SilenceState.ACTIVE)
          .toList();
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Since when ended silences are kept. */
  public long keptSinceNanos() {
    return clock.epochNanos() - RETENTION.toNanos();
  }
}
