package io.ghostworks.alertmanager.receiver;

import io.ghostworks.alertmanager.notify.HttpSender;
import io.ghostworks.alertmanager.notify.Integration;
import io.ghostworks.alertmanager.notify.ReceiverKind;
import io.ghostworks.alertmanager.notify.Sender;
import io.ghostworks.alertmanager.notify.SenderParts;
import io.ghostworks.alertmanager.notify.ServiceUrl;
import io.ghostworks.config.CredentialSource;
import io.ghostworks.wire.client.ClientSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Slack ({@code notify/slack}): incoming webhooks, or the API with a token, and services that speak
 * the same. Texts are templates.
 *
 * @param url of the webhook or of {@code chat.postMessage}
 * @param texts the templates of an attachment and of the message around it, by their keys
 * @param linkNames whether names are linked
 * @param markdownIn the fields in which Markdown is read
 * @param updateMessage whether the message of a group is changed instead of sending another
 */
record Slack(
    boolean sendResolved,
    CredentialSource url,
    Map<String, String> texts,
    List<Field> fields,
    List<Action> actions,
    boolean linkNames,
    List<String> markdownIn,
    boolean updateMessage,
    Duration timeout,
    ClientSettings http)
    implements Integration {

  static final ReceiverKind KIND = ReceiverKind.of("slack_configs", SlackReader::read);

  /** A field of the attachment. */
  record Field(String title, String value, boolean isShort) {}

  /** A button. */
  record Action(
      String type,
      String text,
      String url,
      String style,
      String name,
      String value,
      @Nullable Confirmation confirm) {}

  /** What a button asks before it acts. */
  record Confirmation(String title, String text, String okText, String dismissText) {}

  Slack {
    texts = Map.copyOf(texts);
    fields = List.copyOf(fields);
    actions = List.copyOf(actions);
    markdownIn = List.copyOf(markdownIn);
  }

  /** The template under a key, "" where there is none. */
  String template(String key) {
    return texts.getOrDefault(key, "");
  }

  @Override
  public String kind() {
    return "slack";
  }

  @Override
  public String target() {
    String channel = template("channel");
    String where =
        switch (url) {
          case CredentialSource.FromFile file -> "as " + file.file() + " says";
          case CredentialSource.Inline inline -> ServiceUrl.origin(inline.secret().reveal());
        };
    return channel.isEmpty() ? where : where + " " + channel;
  }

  @Override
  public boolean stateful() {
    return updateMessage;
  }

  @Override
  public Sender sender(SenderParts parts) {
    return new HttpSender(parts, http, new SlackScript(this));
  }
}
