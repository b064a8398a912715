/** Small durable state in SQLite. */
package io.ghostworks.state;
