/**
 * Log records as JSON objects, one a line: plain, and as documents of Elasticsearch's bulk API. A
 * record's own fields (time, message, level, ids, what names its stream) are found by their names,
 * all others become attributes.
 */
package io.ghostworks.wire.ndjson;
