package io.ghostworks.bench.peer;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A server that a benchmark knows how to start, with every limit on ingest out of the way. */
public interface PeerKind {
  /** So far from the ports that people use, and below those that systems give to clients. */
  int PORT_OFFSET = 9_000;

  /** Its name on the command line. */
  String option();

  /** Whether it is the platform of this tree, which needs no binary. */
  boolean isOwn();

  /** Where it answers 200 once it is ready. */
  URI ready();

  /** What makes it write what is in memory; empty where ending it does. */
  List<HttpRequest> settle();

  /** How long it may keep rows in memory only; it is not ended before. */
  int writesAfterSeconds();

  /** Whether a file of its data directory holds rows, once these are out of its log. */
  boolean isStore(Path relative);

  /** Whether its files have their size only after it has ended, as mapped files are cut then. */
  boolean isSizedEnded();

  /**
   * What follows the beginning of its command line.
   *
   * @param folder for configuration
   * @param data its data directory
   */
  List<String> arguments(Path folder, Path data) throws IOException;

  /**
   * The whole command line.
   *
   * @param command its beginning, or nothing for the platform of the tree
   */
  default List<String> command(List<String> command, Path root, Path folder, Path data)
      throws IOException {
    List<String> all =
        new ArrayList<>(
            command.isEmpty() ? List.of(root.resolve("ghostworks").toString()) : command);
    all.addAll(arguments(folder, data));
    return all;
  }

  static HttpRequest get(URI uri) {
    return HttpRequest.newBuilder(uri).build();
  }

  static HttpRequest post(URI uri) {
    return HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.noBody()).build();
  }
}
