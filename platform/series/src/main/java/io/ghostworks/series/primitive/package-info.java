/** Collections of primitive values for head and parts. Depends on nothing. */
@NullMarked
package io.ghostworks.series.primitive;

import org.jspecify.annotations.NullMarked;
