/**
 * gRPC as routes: the framing of messages, its errors, and responses of many messages. Knows
 * nothing of any service.
 */
package io.ghostworks.server.grpc;
