package io.ghostworks.alertmanager;

import io.ghostworks.config.Secret;
import io.ghostworks.template.TemplateSet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parts of an {@code alertmanager.yml} that this version does.
 *
 * @param resolveTimeout after which an alert without an end is resolved unless it is told again
 * @param receivers in file order
 * @param templates the default ones and those of the file
 * @param original the file as written
 */
public record AlertmanagerConfig(
    Duration resolveTimeout,
    Route route,
    List<Receiver> receivers,
    TemplateSet templates,
    String original) {

  public AlertmanagerConfig {
    receivers = List.copyOf(receivers);
  }

  /** The receiver of the route. */
  Receiver receiver() {
    return receivers.stream()
        .filter(receiver -> receiver.name().equals(route.receiver()))
        .findFirst()
        .orElseThrow();
  }

  /**
   * Where alerts go and how they are grouped.
   *
   * @param groupBy labels whose values make a group
   * @param groupByAll whether all labels do ({@code ...})
   */
  public record Route(
      String receiver,
      List<String> groupBy,
      boolean groupByAll,
      Duration groupWait,
      Duration groupInterval,
      Duration repeatInterval) {
    public Route {
      groupBy = List.copyOf(groupBy);
    }
  }

  /** A name and the ways in which it is told. */
  public record Receiver(String name, Map<String, String> labels, List<Integration> integrations) {
    public Receiver {
      labels = Map.copyOf(labels);
      integrations = List.copyOf(integrations);
    }
  }

  /** One way of telling a receiver. */
  public sealed interface Integration {
    boolean sendResolved();

    /** {@code webhook} or {@code email}. */
    String kind();
  }

  /**
   * A generic webhook.
   *
   * @param url a template; null where there is a file
   * @param urlFile holds the template
   * @param maxAlerts of one message, 0 for any number
   * @param timeout of one request, zero for the group interval
   */
  public record Webhook(
      boolean sendResolved,
      @Nullable Secret url,
      String urlFile,
      long maxAlerts,
      Duration timeout,
      HttpSettings http)
      implements Integration {
    @Override
    public String kind() {
      return "webhook";
    }
  }

  /**
   * Mail.
   *
   * @param headers templates by canonical name
   * @param threading {@code none} or {@code daily}, or "" where mails are not threaded
   * @param implicitTls null where port 465 decides
   */
  public record Email(
      boolean sendResolved,
      String to,
      String from,
      String hello,
      String host,
      int port,
      String authUsername,
      @Nullable Secret authPassword,
      String authPasswordFile,
      String authIdentity,
      Map<String, String> headers,
      String html,
      String text,
      boolean requireTls,
      @Nullable Boolean implicitTls,
      boolean insecureSkipVerify,
      String threading)
      implements Integration {
    public Email {
      headers = Map.copyOf(headers);
    }

    @Override
    public String kind() {
      return "email";
    }
  }

  /**
   * How requests are made.
   *
   * @param authorizationType such as {@code Bearer} or {@code Basic}; "" for none
   * @param credentials null where there are none, or a file has them
   * @param headers further headers
   */
  public record HttpSettings(
      String authorizationType,
      @Nullable Secret credentials,
      String credentialsFile,
      boolean followRedirects,
      List<Map.Entry<String, String>> headers) {

    static final HttpSettings DEFAULT = new HttpSettings("", null, "", true, List.of());

    public HttpSettings {
      headers = List.copyOf(headers);
    }
  }
}
