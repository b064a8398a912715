/** Traces as files: which form one has, read and written in each of them. */
package io.ghostworks.wire.tracefile;
