/**
 * What can be asked of the lines of a log query beyond LogQL: an order by fields, distinct values,
 * the commonest values, the spans of their traces. Never changes what the query itself means. Knows
 * the root package and the query interfaces.
 */
package io.ghostworks.logql.search;
