package io.ghostworks.records;

import io.ghostworks.journal.JournalEnvironment;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.runtime.metrics.PlatformMetrics;
import io.ghostworks.runtime.time.Clock;
import java.nio.file.Path;
import java.util.concurrent.Executor;

/**
 * What the engine gets from its surroundings.
 *
 * @param parts directory of the parts and their manifest
 * @param journalDirectory of the engine's own journal
 * @param memory for rows that are not yet in parts
 * @param background runs flushes; one at a time is enough
 */
public record RecordsEnvironment(
    JournalEnvironment journal,
    Path parts,
    Path journalDirectory,
    Clock clock,
    MemoryBudget memory,
    Executor background,
    PlatformMetrics metrics) {}
