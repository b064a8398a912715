package io.ghostworks.journal;

import io.ghostworks.journal.segment.DamagedFrames;
import java.util.List;

/**
 * What a replay found.
 *
 * @param lastSequence the highest sequence that is used; the next append gets the one after it
 * @param frames given to the handler to apply
 * @param payloadBytes their size
 * @param framesSetAside not given, or failed on twice
 * @param tornTail whether the last segment ended in frames that were never acknowledged and cannot
 *     be read
 * @param damaged acknowledged frames that cannot be read, at most the first hundred places
 * @param framesDamaged how many they are in all
 */
public record ReplaySummary(
    long lastSequence,
    long frames,
    long payloadBytes,
    long framesSetAside,
    boolean tornTail,
    List<DamagedFrames> damaged,
    long framesDamaged) {
  public ReplaySummary {
    damaged = List.copyOf(damaged);
  }
}
