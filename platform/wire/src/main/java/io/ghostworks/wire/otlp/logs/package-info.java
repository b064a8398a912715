/** OTLP log records as Loki files them: which attributes become the labels of a stream. */
package io.ghostworks.wire.otlp.logs;
