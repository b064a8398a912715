/** The durable log. */
package io.ghostworks.journal;
