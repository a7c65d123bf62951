package dev.latchkey.sample;

import io.micronaut.runtime.Micronaut;

/** The sample of the kit for Micronaut. */
final class MicronautSample {

  private MicronautSample() {}

  public static void main(String[] arguments) {
    Micronaut.run(MicronautSample.class, arguments);
    System.out.println("listening on " + System.getenv("PORT"));
  }
}
