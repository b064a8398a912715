/**
 * Reading and writing the protobuf wire format over byte arrays, bounded and without generated
 * classes.
 */
package io.ghostworks.wire.proto;
