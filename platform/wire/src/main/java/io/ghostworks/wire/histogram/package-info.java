/**
 * Native histograms from outside: the buckets as protobuf messages have them, and what must be
 * fulfilled whatever format brought them; knows no message.
 */
package io.ghostworks.wire.histogram;
