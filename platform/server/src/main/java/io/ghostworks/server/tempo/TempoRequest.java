package io.ghostworks.server.tempo;

import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.settings.TraceQueryLimits;

/**
 * A request while it is answered.
 *
 * @param records of the request's tenants
 * @param limits of the request's tenants
 */
record TempoRequest(
    Exchange exchange,
    QueryContext context,
    RecordSource records,
    TraceQueryLimits limits,
    Clock clock) {}
