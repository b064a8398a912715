/**
 * Traces as answers, written span by span while they are sent, so that a trace of any size opens
 * within the memory of one query. Knows the query layer and streamed answers, no API.
 */
@NullMarked
package io.ghostworks.server.wholetraces;

import org.jspecify.annotations.NullMarked;
