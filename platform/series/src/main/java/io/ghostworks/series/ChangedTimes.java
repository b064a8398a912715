package io.ghostworks.series;

import io.ghostworks.model.TenantId;
import io.ghostworks.query.series.SampleChanges.Times;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * When the samples of which times last changed, for tenants whose results somebody keeps. Only
 * times that are watched count: for rows that come in the ordinary course a frame is compared with
 * one number and nothing else happens. Thread-safe.
 *
 * <p>A change is noted after it is visible and before it is acknowledged. Who watches raises the
 * watched time before he reads: a row that he does not see is applied after that, so that whoever
 * applies it sees the raised time and notes the change with a later sequence.
 */
final class ChangedTimes {
  /** Tenants beyond which everything is forgotten, and thereby counts as changed. */
  private static final int TENANTS_MAX = 10_000;

  /** Pieces of time of one tenant beyond which old ones are joined. */
  private static final int PIECES_MAX = 256;

  /** Pieces of all tenants together, beyond which everything is forgotten as well. */
  static final int PIECES_OF_ALL_MAX = 100_000;

  private final Map<TenantId, Pieces> tenants = new HashMap<>();

  /** The newest time that is watched for any tenant. */
  private volatile long watchedThroughMs = Long.MIN_VALUE;

  private int piecesOfAll;
  private long sequence;
  private long forgottenSequence;

  /** Notes from now on changes of a tenant at a time or before it; answers the last sequence. */
  synchronized long watch(TenantId tenant, long throughMs) {
    Pieces pieces = tenants.get(tenant);
    if (pieces == null) {
      if (tenants.size() >= TENANTS_MAX || piecesOfAll >= PIECES_OF_ALL_MAX) {
        forgetAll();
      }
      pieces = new Pieces();
      tenants.put(tenant, pieces);
      piecesOfAll += pieces.size();
    }
    pieces.watchedThroughMs = Math.max(pieces.watchedThroughMs, throughMs);
    watchedThroughMs = Math.max(watchedThroughMs, throughMs);
    return sequence;
  }

  private void forgetAll() {
    tenants.clear();
    piecesOfAll = 0;
    forgottenSequence = ++sequence;
  }

  /** How many pieces of time are remembered, of all tenants. */
  synchronized int pieces() {
    return piecesOfAll;
  }

  /** The times that changed after a sequence; both ends inclusive. */
  synchronized List<Times> since(TenantId tenant, long after, long startMs, long endMs) {
    Pieces pieces = tenants.get(tenant);
    if (pieces == null || after < forgottenSequence) {
      return List.of(new Times(startMs, endMs));
    }
    return pieces.since(after, startMs, endMs);
  }

  /** Notes rows that have been made visible. */
  void appended(Rows rows) {
    if (rows.minTimestampMs() <= watchedThroughMs) {
      long lastMs = Long.MIN_VALUE;
      for (int row = 0; row < rows.size(); row++) {
        long timeMs = rows.timestampsMs.get(row);
        if (timeMs <= watchedThroughMs) {
          lastMs = Math.max(lastMs, timeMs);
        }
      }
      changed(rows.tenant, rows.minTimestampMs(), lastMs);
    }
  }

  /**
   * Notes that samples of a tenant have come or gone; both ends inclusive, maybe an empty range.
   */
  void changed(TenantId tenant, long startMs, long endMs) {
    if (startMs <= watchedThroughMs && startMs <= endMs) {
      synchronized (this) {
        Pieces pieces = tenants.get(tenant);
        if (pieces != null && startMs <= pieces.watchedThroughMs) {
          int before = pieces.size();
          pieces.assign(startMs, endMs, ++sequence);
          piecesOfAll += pieces.size() - before;
          if (piecesOfAll > PIECES_OF_ALL_MAX) {
            forgetAll();
          }
        }
      }
    }
  }

  /** Notes parts that have come or gone. */
  void changed(Collection<LivePart> parts) {
    for (LivePart part : parts) {
      for (TenantId tenant : part.part.tenants()) {
        changed(tenant, part.part.minTimestampMs(), part.part.maxTimestampMs());
      }
    }
  }

  /** Notes times before which samples of tenants are hidden, and which were others before. */
  void moved(Map<TenantId, Long> floorsBefore, Map<TenantId, Long> floors) {
    floorsBefore.forEach(
        (tenant, floorMs) -> moved(tenant, floorMs, floors.getOrDefault(tenant, Long.MIN_VALUE)));
    floors.forEach((tenant, floorMs) -> {
      if (!floorsBefore.containsKey(tenant)) {
        moved(tenant, Long.MIN_VALUE, floorMs);
      }
    });
  }

  private void moved(TenantId tenant, long beforeMs, long nowMs) {
    if (beforeMs != nowMs) {
      changed(tenant, Math.min(beforeMs, nowMs), Math.max(beforeMs, nowMs));
    }
  }

  /** The history of one tenant: each piece of time has the sequence of its last change. */
  private static final class Pieces {
    /** By the start of the piece, which ends where the next one starts. */
    private final TreeMap<Long, Long> sequences = new TreeMap<>(Map.of(Long.MIN_VALUE, 0L));

    private long watchedThroughMs = Long.MIN_VALUE;

    int size() {
      return sequences.size();
    }

    void assign(long startMs, long endMs, long sequence) {
      if (endMs < Long.MAX_VALUE) {
        sequences.putIfAbsent(endMs + 1, sequences.floorEntry(endMs + 1).getValue());
      }
      sequences.subMap(startMs, true, endMs, true).clear();
      sequences.put(startMs, sequence);
      if (sequences.size() > PIECES_MAX) {
        joinOld();
      }
    }

    /** Joins each two pieces of the older half but the first, which never changed as a rule. */
    private void joinOld() {
      List<Long> starts = new ArrayList<>(sequences.keySet());
      for (int i = 1; i + 1 < starts.size() / 2; i += 2) {
        long second = Objects.requireNonNull(sequences.remove(starts.get(i + 1)));
        sequences.merge(starts.get(i), second, Math::max);
      }
    }

    List<Times> since(long after, long startMs, long endMs) {
      List<Times> changed = new ArrayList<>();
      long fromMs = startMs;
      boolean open = false;
      for (Map.Entry<Long, Long> piece :
          sequences.subMap(sequences.floorKey(startMs), true, endMs, true).entrySet()) {
        boolean isNews = piece.getValue() > after;
        if (isNews && !open) {
          fromMs = Math.max(startMs, piece.getKey());
        } else if (!isNews && open) {
          changed.add(new Times(fromMs, piece.getKey() - 1));
        }
        open = isNews;
      }
      if (open) {
        changed.add(new Times(fromMs, endMs));
      }
      return changed;
    }
  }
}
