/** The records engine: log records and spans. */
package io.ghostworks.records;
