package io.ghostworks.bench.peer;

import java.util.List;

/**
 * A server to measure.
 *
 * @param command begins its command line; empty for the platform of this tree
 */
public record PeerSpec<K extends PeerKind>(K kind, List<String> command) {
  public PeerSpec {
    command = List.copyOf(command);
  }
}
