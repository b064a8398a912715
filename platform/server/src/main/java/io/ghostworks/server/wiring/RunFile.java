package io.ghostworks.server.wiring;

import io.ghostworks.server.http.Json;
import io.ghostworks.server.settings.ListenerName;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * {@code run.json} of the data directory: which process runs, and where it listens.
 *
 * <pre>
 * {"pid": 4711, "addresses": {"web": "127.0.0.1:3000", "otlp_grpc": "127.0.0.1:4317", …}}
 * </pre>
 *
 * Replaced by rename at start, deleted at a clean end.
 */
final class RunFile {

  private static final String NAME = "run.json";

  private RunFile() {}

  static void write(Path data, Map<ListenerName, InetSocketAddress> addresses) throws IOException {
    byte[] content =
        Json.bytes(json -> {
          json.writeStartObject();
          json.writeNumberField("pid", ProcessHandle.current().pid());
          json.writeObjectFieldStart("addresses");
          for (Map.Entry<ListenerName, InetSocketAddress> entry : addresses.entrySet()) {
            json.writeStringField(entry.getKey().word(), text(entry.getValue()));
          }
          json.writeEndObject();
          json.writeEndObject();
        });
    Path draft = data.resolve(NAME + ".new");
    Files.write(draft, content);
    Files.move(
        draft,
        data.resolve(NAME),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  static void delete(Path data) throws IOException {
    Files.deleteIfExists(data.resolve(NAME));
  }

  /** An address as {@code host:port}. */
  static String text(InetSocketAddress address) {
    String host =
        address.getAddress() == null
            ? address.getHostString()
            : address.getAddress().getHostAddress();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }
}
