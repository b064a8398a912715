package io.ghostworks.bench.traces;

import io.ghostworks.wire.proto.ProtoWriter;
import java.util.SplittableRandom;

/**
 * The name and the twelve attributes of a span, as instrumentations write them. Values that repeat
 * (routes, hosts, statements) stand beside values of high cardinality (users, paths, job ids).
 */
final class SpanAttributes {
  static final int ROUTES_PER_SERVICE = 4;
  static final int TABLES = 32;

  private static final int ATTRIBUTES = 9;
  private static final String[] METHODS = {"GET", "GET", "GET", "POST", "PUT", "DELETE"};
  private static final String[] NOUNS = {"orders", "users", "items", "reports"};
  private static final String[] DATABASES = {"postgresql", "postgresql", "redis", "mysql"};
  private static final String[] STATEMENTS = {"SELECT", "SELECT", "INSERT", "UPDATE"};
  private static final int TENANTS = 200;

  private final int users;

  /**
   * @param users among whom the requests are shared out
   */
  SpanAttributes(int users) {
    this.users = users;
  }

  static String service(int service) {
    return "service-%02d".formatted(service);
  }

  static String route(int service, int route) {
    return "/api/v1/%s-%d/{id}".formatted(NOUNS[route % NOUNS.length], service);
  }

  static String table(int table) {
    return "table_" + table;
  }

  static String user(long user) {
    return "user-%07d".formatted(user);
  }

  /** Writes a span's attributes and answers its name. */
  String write(ProtoWriter out, SpanTree tree, int span) {
    SplittableRandom random = tree.random();
    String name =
        switch (tree.form(span)) {
          case SERVER -> server(out, tree, span, random);
          case CLIENT -> client(out, tree, span, random);
          case DATABASE -> database(out, tree, span, random);
          case INTERNAL -> internal(out, tree, span, random);
        };
    whole(out, "thread.id", 20 + random.nextInt(64));
    text(out, "thread.name", "http-nio-8080-exec-" + random.nextInt(64));
    text(out, "tenant.id", "tenant-" + random.nextInt(TENANTS));
    return name;
  }

  private String server(ProtoWriter out, SpanTree tree, int span, SplittableRandom random) {
    String method = METHODS[random.nextInt(METHODS.length)];
    String route = route(tree.service(span), random.nextInt(ROUTES_PER_SERVICE));
    text(out, "http.request.method", method);
    text(out, "http.route", route);
    whole(out, "http.response.status_code", status(tree.failed(span), random));
    text(out, "url.path", route.replace("{id}", Integer.toString(random.nextInt(1_000_000))));
    text(out, "user.id", user(random.nextInt(users)));
    text(out, "client.address", address(random));
    text(out, "server.address", service(tree.service(span)) + ".internal");
    text(out, "network.protocol.version", "1.1");
    whole(out, "http.response.body.size", 100 + random.nextInt(30_000));
    return method + " " + route;
  }

  private String client(ProtoWriter out, SpanTree tree, int span, SplittableRandom random) {
    String method = METHODS[random.nextInt(METHODS.length)];
    int service = random.nextInt(SpanTree.SERVICES);
    String host = service(service) + ".internal";
    String path =
        route(service, random.nextInt(ROUTES_PER_SERVICE))
            .replace("{id}", Integer.toString(random.nextInt(1_000_000)));
    text(out, "http.request.method", method);
    text(out, "url.full", "http://" + host + ":8080" + path);
    whole(out, "http.response.status_code", status(tree.failed(span), random));
    text(out, "server.address", host);
    whole(out, "server.port", 8080);
    text(out, "network.peer.address", address(random));
    text(out, "network.protocol.version", "1.1");
    text(out, "peer.service", service(service));
    whole(out, "http.request.body.size", random.nextInt(4_000));
    return method;
  }

  private String database(ProtoWriter out, SpanTree tree, int span, SplittableRandom random) {
    String statement = STATEMENTS[random.nextInt(STATEMENTS.length)];
    String table = table(random.nextInt(TABLES));
    text(out, "db.system.name", DATABASES[tree.service(span) % DATABASES.length]);
    text(out, "db.namespace", "ns_" + tree.service(span));
    text(out, "db.operation.name", statement);
    text(out, "db.collection.name", table);
    text(
        out,
        "db.query.text",
        "%s * FROM %s WHERE id = ? AND tenant_id = ? LIMIT %d"
            .formatted(statement, table, 10 * (1 + random.nextInt(5))));
    text(out, "server.address", "db-" + tree.service(span) % 6 + ".internal");
    whole(out, "server.port", 5432);
    whole(out, "db.response.returned_rows", random.nextInt(500));
    text(out, "db.client.connection.pool.name", "pool-" + tree.service(span));
    return statement + " " + table;
  }

  private String internal(ProtoWriter out, SpanTree tree, int span, SplittableRandom random) {
    int function = random.nextInt(12);
    text(
        out,
        "code.function.name",
        "com.example.Service%d.step%d".formatted(tree.service(span), function));
    text(out, "code.file.path", "Service%d.java".formatted(tree.service(span)));
    whole(out, "code.line.number", 40 + function * 17);
    text(out, "job.id", "%016x-%016x".formatted(random.nextLong(), random.nextLong()));
    text(out, "user.id", user(random.nextInt(users)));
    text(out, "feature.flag", "flag-" + random.nextInt(30));
    truth(out, "cache.hit", random.nextInt(4) > 0);
    whole(out, "queue.depth", random.nextInt(100));
    real(out, "batch.ratio", random.nextInt(1_000) / 1_000.0);
    return "step" + function;
  }

  private static int status(boolean failed, SplittableRandom random) {
    return failed ? 500 : random.nextInt(20) == 0 ? 404 : 200;
  }

  private static String address(SplittableRandom random) {
    return "10.%d.%d.%d".formatted(random.nextInt(8), random.nextInt(64), random.nextInt(256));
  }

  static void text(ProtoWriter out, String key, String value) {
    text(out, ATTRIBUTES, key, value);
  }

  /**
   * @param field of the attributes in their message
   */
  static void text(ProtoWriter out, int field, String key, String value) {
    int attribute = out.begin(field);
    out.text(1, key);
    int any = out.begin(2);
    out.text(1, value);
    out.end(any);
    out.end(attribute);
  }

  private static void whole(ProtoWriter out, String key, long value) {
    int attribute = out.begin(ATTRIBUTES);
    out.text(1, key);
    int any = out.begin(2);
    out.uintAlways(3, value);
    out.end(any);
    out.end(attribute);
  }

  private static void truth(ProtoWriter out, String key, boolean value) {
    int attribute = out.begin(ATTRIBUTES);
    out.text(1, key);
    int any = out.begin(2);
    out.uintAlways(2, value ? 1 : 0);
    out.end(any);
    out.end(attribute);
  }

  private static void real(ProtoWriter out, String key, double value) {
    int attribute = out.begin(ATTRIBUTES);
    out.text(1, key);
    int any = out.begin(2);
    out.float64Always(4, value);
    out.end(any);
    out.end(attribute);
  }
}
