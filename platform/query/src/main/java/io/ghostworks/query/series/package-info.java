/** What PromQL asks of a store of series. */
package io.ghostworks.query.series;
