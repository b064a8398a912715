/**
 * What every log record gets on its way in, however it came: a level in Loki's words, and the trace
 * context that it names. Works on bytes and columns of a batch; knows no protocol.
 */
package io.ghostworks.wire.logs;
