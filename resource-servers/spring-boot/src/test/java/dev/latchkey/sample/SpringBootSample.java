package dev.latchkey.sample;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The sample of the starter for Spring Boot. */
@SpringBootApplication
class SpringBootSample {

  public static void main(String[] arguments) {
    SpringApplication.run(SpringBootSample.class, arguments);
    System.out.println("listening on " + System.getenv("PORT"));
  }
}
