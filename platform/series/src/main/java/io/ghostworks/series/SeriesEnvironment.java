package io.ghostworks.series;

import io.ghostworks.journal.JournalEnvironment;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.Timers;
import java.nio.file.Path;
import java.util.concurrent.Executor;

/**
 * What the series engine gets from its surroundings.
 *
 * @param journal file system, clock, randomness, disk and memory of the journal; the engine uses
 *     the same file system and clock
 * @param journalDirectory where the journal's segments stand
 * @param directory where manifest and parts stand
 * @param timers for flushes, merges and retention
 * @param headMemory bounds the samples and labels in memory
 * @param selectionMemory bounds what is remembered of selected series; it may be small
 * @param upkeep runs flushes and merges; in simulations at once
 * @param metrics where the engine counts
 */
public record SeriesEnvironment(
    JournalEnvironment journal,
    Path journalDirectory,
    Path directory,
    Timers timers,
    MemoryBudget headMemory,
    MemoryBudget selectionMemory,
    Executor upkeep,
    PlatformMetrics metrics) {}
