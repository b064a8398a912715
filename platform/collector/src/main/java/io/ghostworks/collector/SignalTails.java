package io.ghostworks.collector;

import io.ghostworks.model.TelemetryTail;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.model.record.SpanBatch;
import java.util.function.Function;

/**
 * Gives again what was stored, by the origin under which it was: the receiver's id.
 *
 * @param spans the tail of an origin's spans
 * @param logs the tail of an origin's log records
 */
public record SignalTails(
    Function<String, TelemetryTail<SpanBatch>> spans,
    Function<String, TelemetryTail<LogBatch>> logs) {}
