package io.ghostworks.journal;

import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.storage.directory.DiskSpaceGuard;
import io.ghostworks.storage.file.FileSystem;
import java.util.concurrent.Executor;
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
 */
public record JournalEnvironment(
    FileSystem files,
    Clock clock,
    RandomGenerator random,
    DiskSpaceGuard disk,
    MemoryBudget memory,
    Executor background) {}
