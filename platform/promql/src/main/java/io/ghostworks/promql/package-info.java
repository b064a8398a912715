/** PromQL. */
package io.ghostworks.promql;
