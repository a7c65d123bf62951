package dev.latchkey.examples.tasks;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.security.annotation.Secured;
import java.util.List;

/** Something that is for managers alone. */
@Controller("/customers")
@Secured("manager")
final class CustomersController {

  private static final List<Customer> CUSTOMERS =
      List.of(
          new Customer(1, "Brightwater Bakery", "Leeds"),
          new Customer(2, "Heron and Sons", "Bristol"),
          new Customer(3, "Lantern Optics", "Aberdeen"),
          new Customer(4, "Quiet Harbour Books", "Swansea"));

  record Customer(int id, String name, String city) {}

  record Customers(List<Customer> customers) {}

  @Get
  Customers customers() {
    return new Customers(CUSTOMERS);
  }
}
