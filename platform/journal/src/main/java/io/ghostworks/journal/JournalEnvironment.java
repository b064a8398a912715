package io.ghostworks.journal;

import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.storage.directory.DiskSpaceGuard;
import io.ghostworks.storage.file.FileSystem;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What a journal gets from its surroundings.
 *
 * @param files the file system
 * @param clock for the pace of commits
 * @param random for the seeds of checksums; must not be predictable outside of simulations
 * @param disk refuses when the disk runs low
 * @param memory gives the bytes of the native buffers
 * @param background prepares the next segment; may run tasks later or, in simulations, at once
 * @param readThrough the position behind which readers over restarts have not read, the largest
 *     where there are none: as an open {@link JournalTail} they keep what they have not read, as
 *     long as the byte budget permits; quick to tell, from any thread
 */
public record JournalEnvironment(
    FileSystem files,
    Clock clock,
    RandomGenerator random,
    DiskSpaceGuard disk,
    MemoryBudget memory,
    Executor background,
    LongSupplier readThrough) {

  /** Surroundings without readers over restarts. */
  public JournalEnvironment(
      FileSystem files,
      Clock clock,
      RandomGenerator random,
      DiskSpaceGuard disk,
      MemoryBudget memory,
      Executor background) {
    this(files, clock, random, disk, memory, background, () -> Long.MAX_VALUE);
  }

  /** The same with readers over restarts. */
  public JournalEnvironment withReadThrough(LongSupplier newReadThrough) {
    return new JournalEnvironment(files, clock, random, disk, memory, background, newReadThrough);
  }
}
