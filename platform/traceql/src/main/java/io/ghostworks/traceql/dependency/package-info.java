/**
 * Which service calls which, over a range of time: from stored spans, or from the series of the
 * service graph. Reads the query layer's sources; knows no interface that asks.
 */
package io.ghostworks.traceql.dependency;
