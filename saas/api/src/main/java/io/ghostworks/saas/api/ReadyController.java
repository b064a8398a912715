package io.ghostworks.saas.api;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers when the API can serve: the server is up and the database answers. */
@RestController
final class ReadyController {
  private final JdbcClient database;

  ReadyController(JdbcClient database) {
    this.database = database;
  }

  @GetMapping("/ready")
  String ready() {
    database.sql("select count(*) from tenant").query(Integer.class).single();
    return "ready\n";
  }
}
