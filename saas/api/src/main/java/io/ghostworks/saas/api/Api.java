package io.ghostworks.saas.api;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the API; {@code application.properties} says how. */
@SpringBootApplication
public class Api {
  public static void main(String[] arguments) {
    SpringApplication.run(Api.class, arguments);
  }
}
