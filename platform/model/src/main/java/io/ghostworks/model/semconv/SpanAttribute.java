package io.ghostworks.model.semconv;

import java.util.List;

/**
 * What an attribute of a span, of its resource or of its events says, with the keys under which
 * instrumentations send it: the stable convention's first, then older ones, newest first. Of
 * several that are there the first counts.
 *
 * <p>Source: OpenTelemetry semantic conventions 1.4 to 1.40 (HTTP, database, RPC, messaging,
 * network, exceptions) and their migration guides.
 */
public enum SpanAttribute {
  /** Of the resource. */
  SERVICE_NAME("service.name"),
  SERVICE_NAMESPACE("service.namespace"),
  SERVICE_INSTANCE("service.instance.id"),

  HTTP_METHOD("http.request.method", "http.method"),
  HTTP_STATUS_CODE("http.response.status_code", "http.status_code"),
  HTTP_ROUTE("http.route"),
  URL_FULL("url.full", "http.url"),
  /** The old key's value has the query behind the path. */
  URL_PATH("url.path", "http.target"),
  URL_SCHEME("url.scheme", "http.scheme"),
  USER_AGENT("user_agent.original", "http.user_agent"),

  DB_SYSTEM("db.system.name", "db.system"),
  DB_NAMESPACE("db.namespace", "db.name"),
  DB_QUERY("db.query.text", "db.statement"),
  DB_OPERATION("db.operation.name", "db.operation"),
  DB_COLLECTION("db.collection.name", "db.sql.table", "db.mongodb.collection"),

  /** The name that the caller has for what it calls. */
  PEER_SERVICE("service.peer.name", "peer.service"),
  /** What a client, or producer, speaks to. */
  SERVER_ADDRESS("server.address", "net.peer.name"),
  SERVER_PORT("server.port", "net.peer.port"),
  /** Under which address a server was called. */
  OWN_ADDRESS("server.address", "net.host.name"),
  OWN_PORT("server.port", "net.host.port"),
  /** Who calls a server. */
  CLIENT_ADDRESS("client.address", "http.client_ip"),
  NETWORK_PEER_ADDRESS("network.peer.address", "net.sock.peer.addr", "net.peer.ip"),
  NETWORK_PEER_PORT("network.peer.port", "net.sock.peer.port"),

  MESSAGING_SYSTEM("messaging.system"),
  MESSAGING_DESTINATION("messaging.destination.name", "messaging.destination"),
  MESSAGING_OPERATION(
      "messaging.operation.type", "messaging.operation", "messaging.operation.name"),

  RPC_SYSTEM("rpc.system.name", "rpc.system"),
  RPC_SERVICE("rpc.service"),
  RPC_METHOD("rpc.method"),
  RPC_STATUS_CODE("rpc.response.status_code", "rpc.grpc.status_code"),

  ERROR_TYPE("error.type"),
  /** Of an event. */
  EXCEPTION_TYPE("exception.type"),
  EXCEPTION_MESSAGE("exception.message"),
  EXCEPTION_STACKTRACE("exception.stacktrace");

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> keys;

  SpanAttribute(String... keys) {
    this.keys = List.of(keys);
  }

  /** The keys, in the order in which they count. */
  public List<String> keys() {
    return keys;
  }

  /** The key of the stable convention. */
  public String key() {
    return keys.getFirst();
  }
}
