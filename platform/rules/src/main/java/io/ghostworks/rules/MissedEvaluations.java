package io.ghostworks.rules;

/**
 * Evaluations of a group whose slots passed while the program did not run. Times are nanoseconds
 * since the epoch.
 *
 * @param key of the group, also where it is no longer configured
 * @param file where the group stands; "" where it is no longer configured
 * @param group its name; "" where it is no longer configured
 * @param firstSlotNanos the first slot missed
 * @param lastSlotNanos the last one
 * @param iterations how many
 * @param noticedAtNanos when the program ran again
 */
public record MissedEvaluations(
    String key,
    String file,
    String group,
    long firstSlotNanos,
    long lastSlotNanos,
    long iterations,
    long noticedAtNanos) {}
