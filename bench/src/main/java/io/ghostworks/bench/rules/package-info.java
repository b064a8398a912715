/**
 * What evaluating many rules costs a whole server: Ghostworks, or Prometheus with the same files
 * and the same samples.
 */
package io.ghostworks.bench.rules;
