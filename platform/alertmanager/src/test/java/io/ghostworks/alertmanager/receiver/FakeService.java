package io.ghostworks.alertmanager.receiver;

import io.ghostworks.alertmanager.notify.HttpTransport;
import io.ghostworks.alertmanager.notify.Integration;
import io.ghostworks.alertmanager.notify.Notification;
import io.ghostworks.alertmanager.notify.NotificationTemplates;
import io.ghostworks.alertmanager.notify.ReceiverData;
import io.ghostworks.alertmanager.notify.ReceiverKind;
import io.ghostworks.alertmanager.notify.Sender;
import io.ghostworks.alertmanager.notify.SenderParts;
import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.Findings;
import io.ghostworks.config.YamlReader;
import io.ghostworks.model.label.Labels;
import io.ghostworks.runtime.time.SimulatedTime;
import io.ghostworks.state.ReceivedAlerts;
import io.ghostworks.wire.client.ClientSettings;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A service that receivers tell: keeps the requests and gives the answers that it was told to, else
 * 200 with an empty body.
 */
final class FakeService implements HttpTransport {

  static final long START_NANOS = 1_700_000_000_000_000_000L;

  /** Answers with no bytes until the time is up. */
  static final Answer TIMEOUT = new Answer(-1, "");

  /** Breaks the connection. */
  static final Answer BROKEN = new Answer(-2, "");

  final SimulatedTime time = new SimulatedTime(START_NANOS / 1_000_000);
  final List<Request> requests = new ArrayList<>();
  final List<ClientSettings> settings = new ArrayList<>();
  private final Deque<Answer> answers = new ArrayDeque<>();

  FakeService answering(Answer... next) {
    answers.addAll(List.of(next));
    return this;
  }

  FakeService answering(int... statuses) {
    for (int status : statuses) {
      answers.add(new Answer(status, ""));
    }
    return this;
  }

  @Override
  public Answer send(Request request, ClientSettings with) throws IOException {
    requests.add(request);
    settings.add(with);
    Answer answer = answers.isEmpty() ? new Answer(200, "") : answers.removeFirst();
    return switch (answer.status()) {
      case -1 -> throw new HttpTimeoutException("no answer");
      case -2 -> throw new IOException("connection reset");
      default -> answer;
    };
  }

  /** {@code POST http://host/path body} of a request. */
  String said(int index) {
    Request request = requests.get(index);
    return "%s %s %s".formatted(request.method(), request.uri(), body(index));
  }

  String body(int index) {
    return new String(requests.get(index).body(), StandardCharsets.UTF_8);
  }

  /** Tells by an entry of the kind's section, in YAML. */
  Sender.Outcome tell(ReceiverKind kind, String entry, Notification notification) {
    return tell(kind, entry, "{}", notification, ReceiverData.NONE);
  }

  Sender.Outcome tell(
      ReceiverKind kind,
      String entry,
      String global,
      Notification notification,
      ReceiverData remembered) {
    return sender(read(kind, entry, global)).send(notification, remembered, Duration.ofSeconds(10));
  }

  Sender sender(Integration integration) {
    return integration.sender(
        new SenderParts(
            new NotificationTemplates(NotificationTemplates.defaults(), time, "http://am"),
            this,
            time));
  }

  /** An entry that must be good. */
  static Integration read(ReceiverKind kind, String entry, String global) {
    Findings findings = new Findings();
    Integration read = kind.read(map(entry, findings), map(global, findings));
    findings.throwIfNotServable();
    return read;
  }

  /** The mistakes of an entry. */
  static List<String> mistakes(ReceiverKind kind, String entry, String global) {
    Findings findings = new Findings();
    kind.read(map(entry, findings), map(global, findings));
    return findings.errors().stream().map(Object::toString).toList();
  }

  private static ConfigMap map(String yaml, Findings findings) {
    return ConfigMap.of(YamlReader.read("/am/am.yml", yaml), findings);
  }

  /** A notification of one group, {@code {alertname="Down"}} of receiver {@code team}. */
  static Notification notification(ReceivedAlerts.Row... alerts) {
    return new Notification(
        "{}:{alertname=\"Down\"}",
        "team",
        Labels.of("alertname", "Down"),
        "first notification",
        new long[] {1},
        new long[0],
        List.of(alerts));
  }

  /** A firing alert {@code Down} of one instance. */
  static ReceivedAlerts.Row firing(String instance) {
    return alert(instance, 0);
  }

  /** One that resolved a minute after it began. */
  static ReceivedAlerts.Row resolved(String instance) {
    return alert(instance, START_NANOS + 60_000_000_000L);
  }

  private static ReceivedAlerts.Row alert(String instance, long endsAtNanos) {
    return new ReceivedAlerts.Row(
        Labels.of("alertname", "Down", "instance", instance, "severity", "critical"),
        Labels.of("summary", instance + " is <down> & out"),
        START_NANOS,
        endsAtNanos,
        START_NANOS,
        false,
        "http://prom/graph?g0.expr=up&x=1");
  }
}
