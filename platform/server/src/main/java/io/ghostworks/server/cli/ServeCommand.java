package io.ghostworks.server.cli;

import io.ghostworks.server.http.Listener;
import io.ghostworks.server.wiring.Platform;
import io.ghostworks.server.wiring.ServeOptions;
import io.ghostworks.server.wiring.TrainingRun;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code serve}: runs the platform until it is told to end. */
@Command(name = "serve", mixinStandardHelpOptions = true, description = "Runs the platform.")
final class ServeCommand implements Callable<Integer> {

  private static final int PORT_OFFSET_MAX = 50_000;

  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "ghostworks.yml; without it good defaults hold.")
  private @Nullable Path config;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "Data directory (default ./data).")
  private Path data = Path.of("data");

  @Option(
      names = "--port-offset",
      paramLabel = "N",
      defaultValue = "0",
      description = "Added to every port.")
  private int portOffset;

  @Option(
      names = "--listen",
      paramLabel = "HOST",
      description =
          "Address to bind instead of loopback; tokens are then required, and a certificate and key"
              + " or --insecure-plaintext.")
  private @Nullable String listen;

  @Option(names = "--tls-certificate", paramLabel = "FILE", description = "Certificate chain, PEM.")
  private @Nullable Path certificate;

  @Option(names = "--tls-key", paramLabel = "FILE", description = "Private key, PEM.")
  private @Nullable Path key;

  @Option(
      names = "--insecure-plaintext",
      description = "Accept that tokens and telemetry cross the network unencrypted.")
  private boolean insecurePlaintext;

  @Option(
      names = "--external-url",
      paramLabel = "URL",
      description =
          "Where people reach the web listener; its path is a prefix of every link and route.")
  private @Nullable URI externalUrl;

  @Option(
      names = "--training-run",
      hidden = true,
      description = "Start on free ports, work a little, end.")
  private boolean trainingRun;

  @Override
  public Integer call() throws Exception {
    ServeOptions options = options();
    Logging.start();
    Platform platform = Platform.start(options);
    if (trainingRun) {
      TrainingRun.of(platform);
      platform.close();
      return 0;
    }
    Hangups.onEach(platform::reload);
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("shutdown").unstarted(platform::close));
    platform.awaitQuit();
    return 0; // the end of the virtual machine closes the platform
  }

  private ServeOptions options() {
    if (portOffset < 0 || portOffset > PORT_OFFSET_MAX) {
      throw usage(
          "--port-offset must be from 0 to %d, got %d".formatted(PORT_OFFSET_MAX, portOffset));
    }
    if ((certificate == null) != (key == null)) {
      throw usage("--tls-certificate and --tls-key belong together: give both or none");
    }
    Optional<Listener.Tls> tls =
        certificate == null || key == null
            ? Optional.empty()
            : Optional.of(new Listener.Tls(certificate, key));
    ServeOptions options =
        new ServeOptions(
            Optional.ofNullable(config),
            data,
            portOffset,
            listen == null ? "127.0.0.1" : listen,
            tls,
            Optional.ofNullable(externalUrl),
            trainingRun);
    if (!options.loopbackOnly() && tls.isEmpty() && !insecurePlaintext) {
      throw usage(
          "--listen %s reaches beyond this machine: give --tls-certificate and --tls-key, or accept plain text with --insecure-plaintext"
              .formatted(listen));
    }
    if (externalUrl != null
        && (externalUrl.getHost() == null
            || !("http".equals(externalUrl.getScheme())
                || "https".equals(externalUrl.getScheme())))) {
      throw usage(
          "--external-url must be an http or https URL with a host, got '%s'"
              .formatted(externalUrl));
    }
    return options;
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
