package io.ghostworks.server.wiring;

import io.ghostworks.server.http.Listener;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the command line of {@code serve} says.
 *
 * @param data the data directory, made if it is missing
 * @param portOffset added to every port
 * @param listenHost the address to bind beside loopback's rule: 127.0.0.1 unless {@code --listen}
 *     says otherwise
 * @param externalUrl under which people and notifications reach the web listener; its path is a
 *     prefix of every route there
 * @param ephemeralPorts take a free port everywhere: for trainings and tests
 */
public record ServeOptions(
    Optional<Path> config,
    Path data,
    int portOffset,
    String listenHost,
    Optional<Listener.Tls> tls,
    Optional<URI> externalUrl,
    boolean ephemeralPorts) {

  /** Whether only loopback is bound. */
  public boolean loopbackOnly() {
    return listenHost.equals("127.0.0.1")
        || listenHost.equals("::1")
        || listenHost.equals("localhost");
  }

  /** Whether something beyond this machine may reach the listeners, directly or through a proxy. */
  public boolean reachableFromOutside() {
    return !loopbackOnly() || externalUrl.isPresent();
  }

  /** Whether tokens cross a network unencrypted. */
  boolean plaintextBeyondLoopback() {
    return !loopbackOnly() && tls.isEmpty();
  }

  /** The path of the external URL without a slash at its end, or "". */
  public String pathPrefix() {
    String path = externalUrl.map(URI::getPath).orElse("");
    return path == null || path.equals("/") ? "" : path.replaceAll("/+$", "");
  }
}
