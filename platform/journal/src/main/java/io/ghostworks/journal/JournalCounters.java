package io.ghostworks.journal;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** What a journal counts; see {@link JournalStatistics}. Safe for use by many threads. */
final class JournalCounters {
  final LongAdder framesAcknowledged = new LongAdder();
  final LongAdder bytesAcknowledged = new LongAdder();
  final LongAdder commits = new LongAdder();
  final LongAdder forces = new LongAdder();
  final LongAdder forceNanosTotal = new LongAdder();
  final LongAccumulator forceNanosMax = new LongAccumulator(Math::max, 0);
  final LongAdder framesRefused = new LongAdder();
  final LongAdder framesFailed = new LongAdder();
  final LongAdder segmentsFailed = new LongAdder();
  final LongAdder framesSetAside = new LongAdder();
  final AtomicLong framesDamaged = new AtomicLong();

  JournalStatistics snapshot(int queuedFrames, SegmentChain chain, long bytesMax) {
    return new JournalStatistics(
        framesAcknowledged.sum(),
        bytesAcknowledged.sum(),
        commits.sum(),
        forces.sum(),
        forceNanosTotal.sum(),
        forceNanosMax.get(),
        framesRefused.sum(),
        framesFailed.sum(),
        segmentsFailed.sum(),
        framesSetAside.sum(),
        framesDamaged.get(),
        queuedFrames,
        chain.count(),
        chain.bytes(),
        bytesMax);
  }
}
