package io.ghostworks.server.tempo;

import io.ghostworks.server.http.Answer;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.wire.otlp.TempoMessage;
import io.ghostworks.wire.proto.ProtoWriter;
import java.util.Map;

/** Gives messages in the form that a request accepts, JSON if it accepts none of them. */
final class Replies {

  static final String PROTOBUF = "application/protobuf";
  static final String LLM = "application/vnd.grafana.llm";

  private Replies() {}

  /** The forms of answers. */
  enum Form {
    PROTOBUF,
    JSON,
    /** For language models: JSON with less around the data. */
    LLM
  }

  static Form form(Exchange exchange) {
    String accepted = exchange.header("accept").orElse("");
    if (accepted.contains(PROTOBUF)) {
      return Form.PROTOBUF;
    }
    return accepted.contains(Answer.JSON) || !accepted.contains(LLM) ? Form.JSON : Form.LLM;
  }

  /** A message; a request for a form that it does not have gets JSON. */
  static Answer of(Exchange exchange, TempoMessage kind, ProtoWriter message) {
    return form(exchange) == Form.PROTOBUF
        ? new Answer(200, PROTOBUF, message.toByteArray(), Map.of())
        : Answer.json(200, kind.json(message));
  }

  /** A document for language models. */
  static Answer llm(byte[] json) {
    return new Answer(200, LLM + "+json", json, Map.of());
  }
}
