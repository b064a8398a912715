/**
 * Jaeger's JSON forms of traces, both ways: what its query API answers and its UI downloads, and
 * the storage model as protobuf prints it; and that model's own messages, written. Knows the model
 * and JSON, no API.
 */
@NullMarked
package io.ghostworks.wire.jaeger.json;

import org.jspecify.annotations.NullMarked;
