package io.ghostworks.journal;

/**
 * Counts of one journal since it was opened, and how it stands now.
 *
 * @param framesAcknowledged frames made as durable as promised
 * @param bytesAcknowledged their payload
 * @param commits group commits
 * @param forces fsyncs of segments
 * @param forceNanosTotal time in them
 * @param forceNanosMax the longest
 * @param framesRefused refused for a bound: byte budget, queue, low disk
 * @param framesFailed not made durable after a failed write or fsync
 * @param segmentsFailed segments closed for good after a failed write or fsync
 * @param framesSetAside frames on which the engine failed twice, in this run and those kept from
 *     earlier ones
 * @param framesDamaged frames that the replay could not read, though they had been acknowledged
 * @param queuedFrames waiting for their commit now
 * @param segments files now
 * @param bytes of all files now
 * @param bytesMax the byte budget
 */
public record JournalStatistics(
    long framesAcknowledged,
    long bytesAcknowledged,
    long commits,
    long forces,
    long forceNanosTotal,
    long forceNanosMax,
    long framesRefused,
    long framesFailed,
    long segmentsFailed,
    long framesSetAside,
    long framesDamaged,
    int queuedFrames,
    int segments,
    long bytes,
    long bytesMax) {}
