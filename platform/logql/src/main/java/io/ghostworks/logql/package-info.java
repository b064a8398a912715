/** LogQL. */
package io.ghostworks.logql;
