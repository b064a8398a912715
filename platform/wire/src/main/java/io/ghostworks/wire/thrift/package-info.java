/** Bounded readers of Thrift's binary and compact protocols; they know no service's structs. */
package io.ghostworks.wire.thrift;
